import { LEAD_WORLDS, SYSTEM_WORLDS, tryBands, tryGranger, tryLeads, tryLoop } from './autoregression.js';
import { EVENT_WORLDS, tryEvents, tryQuantiles } from './events.js';
import { SHARES_WORLDS, tryPrices, tryShares, trySlopes } from './regression.js';
import { CLUSTERED, INDEPENDENT, MILD, PERSISTENT, PERSISTENT_CLUSTERED, VERY_PERSISTENT } from './series.js';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function markdown(trials: number, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  const lines = [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const error = percent(Math.sqrt((0.05 * 0.95) / trials));
  return [...lines, '', `${trials} samples a row; the standard error of 5 % is ${error}.`].join('\n');
}

/**
 * Tables of docs/methods by name, each made when asked for.
 * @param effort 1 for the published tables, less for fewer simulated samples
 */
export function statisticsTables(effort: number): Record<string, () => string> {
  const trials = (most: number): number => Math.ceil(most * effort);
  return {
    'newey-west': () => slopesTable(trials(2000)),
    'fama-macbeth': () => pricesTable(trials(1000)),
    'r2-shares': () => sharesTable(trials(400)),
    granger: () => grangerTable(trials(1000)),
    loop: () => loopTable(trials(400)),
    'impulse-bands': () => bandsTable(trials(150)),
    'cross-correlation': () => leadsTable(trials(400)),
    'event-effect': () => eventsTable(trials(300)),
    'quantile-effect': () => quantilesTable(trials(600)),
  };
}

function slopesTable(trials: number): string {
  const rows = [INDEPENDENT, MILD, PERSISTENT, VERY_PERSISTENT, CLUSTERED, PERSISTENT_CLUSTERED].flatMap(
    (kind) =>
      [104, 520].map((weeks) => {
        const run = (slope: number) => trySlopes({ rows: weeks, kind, slope, others: 3, trials });
        const [size, power] = [run(0), run(0.2)];
        return [
          kind.name,
          `${weeks}`,
          percent(size.neweyWest),
          percent(size.plain),
          percent(power.neweyWest),
        ];
      }),
  );
  return markdown(
    trials,
    ['regressors and errors', 'rows', 'rejects at slope 0', 'the same without lags', 'at slope 0.2'],
    rows,
  );
}

function pricesTable(trials: number): string {
  const rows = [INDEPENDENT, MILD, PERSISTENT].flatMap((kind) =>
    [40, 120].map((periods) => {
      const run = (price: number) => tryPrices({ periods, names: 50, kind, price, trials });
      return [kind.name, `${periods}`, percent(run(0)), percent(run(0.3))];
    }),
  );
  return markdown(trials, ['price over periods', 'periods', 'rejects at mean 0', 'at mean 0.3'], rows);
}

function sharesTable(trials: number): string {
  const rows = SHARES_WORLDS.flatMap((world) =>
    tryShares(world, { rows: 520, trials, resamples: 399 }).map(({ truth, holds, aboveZero }, g) => [
      g === 0 ? world.name : '',
      `${g + 1}`,
      truth.toFixed(3),
      percent(holds),
      percent(aboveZero),
    ]),
  );
  return markdown(trials, ['world', 'group', 'true share', 'band holds it', 'band above 0'], rows);
}

function grangerTable(trials: number): string {
  const rows = SYSTEM_WORLDS.map((world) => {
    const { single, anyFalse, found } = tryGranger(world, { periods: 520, trials, resamples: 0 });
    return [world.name, percent(single), percent(anyFalse), found === null ? '' : percent(found)];
  });
  return markdown(
    trials,
    ['world', 'a false pair, p', 'any false pair, adjusted p', 'a true pair, adjusted p'],
    rows,
  );
}

function loopTable(trials: number): string {
  const rows = SYSTEM_WORLDS.map((world) => {
    const { rejects, gain } = tryLoop(world, { periods: 520, trials, resamples: 399 });
    return [world.name, gain.toFixed(3), percent(rejects)];
  });
  return markdown(trials, ['world', 'mean gain', 'loop found at 5 %'], rows);
}

function bandsTable(trials: number): string {
  const rows = SYSTEM_WORLDS.map((world) => [
    world.name,
    percent(tryBands(world, { periods: 520, trials, resamples: 399 })),
  ]);
  return markdown(trials, ['world', 'band holds the cumulated response'], rows);
}

function leadsTable(trials: number): string {
  const rows = LEAD_WORLDS.map((world) => {
    const { rejects, isTwo, naive } = tryLeads(world, { periods: 520, trials, resamples: 399 });
    return [world.name, percent(rejects), percent(isTwo), percent(naive)];
  });
  return markdown(
    trials,
    ['world', 'any lag beyond the band', 'lead found as 2', 'lag 2 beyond 1.96 / root n'],
    rows,
  );
}

function eventsTable(trials: number): string {
  const designs = [
    { events: 6, horizon: 4, effect: 0 },
    { events: 20, horizon: 4, effect: 0 },
    { events: 10, horizon: 13, effect: 0 },
    { events: 8, horizon: 26, effect: 0 },
    { events: 5, horizon: 4, effect: 1.68 },
    { events: 10, horizon: 4, effect: 1 },
    { events: 20, horizon: 4, effect: 0.66 },
  ];
  const rows = EVENT_WORLDS.flatMap((world) =>
    designs.map((design) => {
      const found = tryEvents(world, { ...design, weeks: 780, trials, resamples: 399 });
      return [
        world.name,
        found.events.toFixed(1),
        `${design.horizon}`,
        `${design.effect}`,
        percent(found.scaled),
        percent(found.holds),
        percent(found.bootstrap),
        percent(found.signFlip),
      ];
    }),
  );
  const head = [
    'world',
    'events',
    'weeks after',
    'effect',
    'rejects',
    'band holds it',
    'without scale',
    'sign flips',
  ];
  return markdown(trials, head, rows);
}

function quantilesTable(trials: number): string {
  const rows = [20, 40, 80].map((n) => {
    const run = (shift: number) => tryQuantiles({ n, shift, trials, resamples: 399 });
    return [`${n}`, percent(run(0)), percent(run(1))];
  });
  return markdown(trials, ['values', 'rejects where equal', 'rejects where 1 sd lower'], rows);
}
