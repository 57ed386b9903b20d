import { DRIVERS } from '../../../src/core/index.js';
import type { NeededHistory } from '../../../src/studies/drivers/index.js';
import { type DriverWorld, NO_DRIVER, planted, tryDrivers, type WorldOutcome } from './worlds.js';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i < 2 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Weeks of the fit: the fewest taken, as many as the sector contracts leave, and those of the whole history. */
const SIZE_WEEKS = [156, 230, 400, 750];
const POWER_WEEKS = [230, 750];
/** Quarters of the fit: fewer than are taken, and as many. */
const SIZE_QUARTERS = [40, 60, 80];

/**
 * The tables of docs/methods/drivers.md by name.
 * @param effort 1 for the published tables, less for fewer worlds
 */
export function driverTables(effort: number): Record<string, () => string> {
  const worlds = Math.ceil(1000 * effort);
  const quarters = (fewest: number): NeededHistory => ({ periods: 'quarters', fewest, training: fewest });
  const sizeOfQuarters = (): string =>
    markdown(
      ['world', 'quarters', ...DRIVERS],
      SIZE_QUARTERS.map((span) => {
        const outcome = tryDrivers(NO_DRIVER, { weeks: span, worlds, seed: 5, history: quarters(span) });
        return [NO_DRIVER.name, String(span), ...DRIVERS.map((driver) => percent(outcome[driver].shown))];
      }),
    );
  const table =
    (kinds: readonly DriverWorld[], spans: readonly number[], cells: (outcome: WorldOutcome) => string[]) =>
    (): string => {
      const rows = kinds.flatMap((world) =>
        spans.map((weeks) => [
          world.name,
          String(weeks),
          ...cells(tryDrivers(world, { weeks, worlds, seed: 5 })),
        ]),
      );
      return markdown(['world', 'weeks', ...DRIVERS, 'out of sample above 0'], rows);
    };
  const shown = (outcome: WorldOutcome): string[] => [
    ...DRIVERS.map((driver) => percent(outcome[driver].shown)),
    percent(outcome.outOfSampleAboveZero),
  ];
  const verdicts = (outcome: WorldOutcome): string[] => [
    ...DRIVERS.map((driver) => `${percent(outcome[driver].for)} / ${percent(outcome[driver].against)}`),
    percent(outcome.outOfSampleAboveZero),
  ];
  return {
    'drivers-quarters': sizeOfQuarters,
    'drivers-size': table([NO_DRIVER], SIZE_WEEKS, verdicts),
    'drivers-power': table(
      [planted('ai', 0.2), planted('macro', 0.2), planted('rotation', 0.2), planted('earnings', 0.3)],
      POWER_WEEKS,
      shown,
    ),
  };
}
