// Rewrites the size and power tables of docs/methods/records.md: node scripts/tables/records-calibration.mjs [share]
// `share` of the simulations, 1 by default: about ten minutes of one core.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = `${root}docs/methods/records.md`;
const START = '<!-- tables of scripts/tables/records-calibration.mjs: start -->';
const END = '<!-- tables of scripts/tables/records-calibration.mjs: end -->';

const share = Number(process.argv[2] ?? 1);
const count = (full) => Math.max(10, Math.round(full * share));
const load = async (name) => (await runnerImport(`${root}test/calibration/records/${name}.ts`)).module;
const { recordRate, anyRecordRate, shareUpTo, testSingly, testFamilies } = await load('experiments');
const { WORLDS, WEEKLY_GROWTH } = await load('worlds');
const worldNamed = (name) => WORLDS.find((world) => world.name === name);

const percent = (value) => (100 * value).toFixed(1);
const sizes = (pValues) => `${percent(shareUpTo(0.05, pValues))} / ${percent(shareUpTo(0.01, pValues))}`;
const table = (head, rows) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

function nullRates() {
  const series = count(60_000);
  const named = ['iid Gaussian', 'Gaussian, scale grows 10 % a year', 'Student t5, scale grows 10 % a year'];
  const rows = named.map((name) => [name, (100 * recordRate(worldNamed(name), series, 101)).toFixed(2)]);
  const any = anyRecordRate({
    groups: count(10_000),
    members: 11,
    correlation: 0.3,
    weeklyGrowth: WEEKLY_GROWTH,
    seed: 102,
  });
  rows.push(['any of 11 growing Gaussian series, correlation 0.3', (100 * any).toFixed(2)]);
  return `Weeks that are a record of 522, in %, where nothing happened (${series} series, ${count(10_000)} groups of 11):\n\n${table(['world', 'records, %'], rows)}`;
}

async function sizeTable() {
  const options = { series: count(4000), resamples: 999, seed: 103 };
  const rows = [];
  for (const world of WORLDS) {
    const one = await testSingly(world, { ...options, tailResamples: 100 });
    const thirteen = await testSingly(world, { ...options, tailResamples: 0, horizon: 13 });
    rows.push([
      world.name,
      sizes(one.exchangeable),
      sizes(one.dependent),
      sizes(thirteen.dependent),
      sizes(one.tail),
    ]);
  }
  const head = ['world', 'exchangeable', 'dependent', 'dependent, 13-week sums', 'tail'];
  return `Size: p at or under 5 % / 1 %, in % of ${options.series} series where nothing happened (ten years, ${options.resamples} paths; standard error ${percent(Math.sqrt(0.0475 / options.series))} / ${percent(Math.sqrt(0.0099 / options.series))}):\n\n${table(head, rows)}`;
}

async function powerTable() {
  const series = count(400);
  const rows = [];
  for (const world of WORLDS) {
    const row = [world.name];
    for (const test of ['dependent', 'tail']) {
      for (const planted of [1.1, 1.5, 2, 3]) {
        const options = { series, resamples: 999, seed: 104, planted };
        const found = await testSingly(world, { ...options, tailResamples: test === 'tail' ? 100 : 0 });
        row.push(percent(shareUpTo(0.01, found[test])));
      }
    }
    rows.push(row);
  }
  const head = [
    'world',
    ...['dependent', 'tail'].flatMap((test) => ['1.1', '1.5', '2', '3'].map((x) => `${test}, ${x}x`)),
  ];
  return `Power: p at or under 1 %, in % of ${series} series whose last value is planted at a multiple of the largest of ten years. The exchangeable p of any record is 1 / 523 and knows no size:\n\n${table(head, rows)}`;
}

async function familyTable() {
  const families = count(400);
  const rows = [];
  for (const world of WORLDS) {
    const options = { members: 11, resamples: 999, seed: 105 };
    const smallest = await testFamilies(world, { ...options, families });
    const row = [world.name, sizes(smallest)];
    for (const planted of [1.5, 2, 3]) {
      row.push(
        percent(shareUpTo(0.05, await testFamilies(world, { ...options, families: count(100), planted }))),
      );
    }
    rows.push(row);
  }
  const large = { families: count(100), members: 60, resamples: 999, seed: 106 };
  const growing = worldNamed('Gaussian, scale grows 10 % a year');
  const row = [`60 series, 720 looks: ${growing.name}`, sizes(await testFamilies(growing, large))];
  for (const planted of [1.5, 2, 3]) {
    row.push(
      percent(shareUpTo(0.05, await testFamilies(growing, { ...large, families: count(50), planted }))),
    );
  }
  rows.push(row);
  const head = ['world', 'any false, 5 % / 1 %', 'power, 1.5x', 'power, 2x', 'power, 3x'];
  return `Adjusted p, 11 independent series x 3 look-backs x 4 horizons = 132 looks, 999 paths: families with any adjusted p at or under 5 % / 1 % where nothing happened, in % of ${families} (standard error ${percent(Math.sqrt(0.0475 / families))} / ${percent(Math.sqrt(0.0099 / families))}); and the share of ${count(100)} in which the planted week itself has adjusted p at or under 5 %:\n\n${table(head, rows)}`;
}

const parts = [];
for (const [name, part] of Object.entries({ nullRates, sizeTable, powerTable, familyTable })) {
  process.stderr.write(`${name}\n`);
  parts.push(await part());
}
const text = readFileSync(page, 'utf8');
const [before, rest] = text.split(START);
const after = rest?.split(END)[1];
if (after === undefined) throw new Error(`${page} lacks the lines ${START} and ${END}`);
writeFileSync(page, `${before}${START}\n\n${parts.join('\n\n')}\n\n${END}${after}`);
