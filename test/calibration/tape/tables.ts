import { type SignCount, type TapeAccuracy, tapeAccuracy } from '../../../src/app/tape-accuracy.js';
import type { Mechanism } from '../../../src/simulate/index.js';
import { allDays, calibrationTape, NAMES } from './worlds.js';

const SEEDS = 10;
const ORDERS_PER_DAY = 1000;

const WORDS: Readonly<Partial<Record<Mechanism, string>>> = {
  exchange: 'exchanges, at the quote',
  'exchange-midpoint': 'exchanges, at the midpoint',
  'dark-midpoint': 'dark pools, at the midpoint',
  'dark-sub-penny': 'dark pools, inside the quote',
  'retail-on-exchange': 'retail on exchanges',
  'retail-whole-cent': 'retail off exchanges, at the quote',
  'retail-sub-penny': 'retail off exchanges, sub-penny',
  'retail-midpoint': 'retail off exchanges, at the midpoint',
  'block-on-exchange': 'blocks on exchanges',
  'block-off-exchange': 'blocks off exchanges',
};

const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
const inCents = (cents: number): string => (cents === 1 ? '1 cent' : `${cents} cents`);
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (header: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(header), row(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');

/** Tables of docs/methods/trade-signing-accuracy.md by name. @param scale of the number of seeds */
export function accuracyTables(scale = 1): Readonly<Record<string, () => string>> {
  const seeds = Math.max(1, Math.round(SEEDS * scale));
  const days = Array.from({ length: seeds }, (_, i) =>
    allDays(calibrationTape(i + 1, ORDERS_PER_DAY)),
  ).flat();
  const whole = tapeAccuracy(days);
  const bySpread = NAMES.map(
    ({ symbol, spreadCents }) =>
      [spreadCents, tapeAccuracy(days.filter(({ name }) => name.symbol === symbol))] as const,
  );
  return {
    'tape-rules': () => rulesTable(whole),
    'tape-mechanisms': () => mechanismsTable(whole),
    'tape-spreads': () => spreadsTable(bySpread),
    'tape-retail': () => retailTable(whole, bySpread),
  };
}

const rulesTable = ({ rules }: TapeAccuracy): string =>
  table(
    ['rule', 'prints', 'unsigned', 'right of signed'],
    rules.map(({ label, prints, signed, right }) => [
      label,
      prints,
      percent(prints - signed, prints),
      percent(right, signed),
    ]),
  );

function mechanismsTable({ rules }: TapeAccuracy): string {
  const chosen = ['tick', 'quote', 'Lee-Ready, lag 1 ns', 'EMO', 'CLNV'];
  const counts = chosen.map((label) => rules.find((one) => one.label === label)!.byMechanism);
  const cell = (count: SignCount | undefined): string =>
    count === undefined ? '' : percent(count.right, count.signed);
  return table(
    ['filled', 'prints', ...chosen],
    Object.entries(WORDS).map(([mechanism, words]) => [
      words,
      counts[0]!.get(mechanism as Mechanism)?.prints ?? 0,
      ...counts.map((byMechanism) => cell(byMechanism.get(mechanism as Mechanism))),
    ]),
  );
}

function spreadsTable(bySpread: readonly (readonly [number, TapeAccuracy])[]): string {
  const labels = bySpread[0]![1].rules.map(({ label }) => label);
  return table(
    ['right of signed', ...bySpread.map(([cents]) => inCents(cents))],
    labels.map((label, i) => [
      label,
      ...bySpread.map(([, { rules }]) => percent(rules[i]!.right, rules[i]!.signed)),
    ]),
  );
}

function retailTable(whole: TapeAccuracy, bySpread: readonly (readonly [number, TapeAccuracy])[]): string {
  const rowsOf = (spread: string, { retail }: TapeAccuracy) =>
    retail.map(({ label, truePrints, found, foundTrue, right }) => [
      spread,
      label.split(',')[0]!,
      percent(foundTrue, truePrints),
      percent(found - foundTrue, found),
      percent(foundTrue - right, foundTrue),
    ]);
  return table(
    [
      'usual spread',
      'rule',
      'retail prints found',
      'of what was found not retail',
      'of the rest signed wrongly',
    ],
    [...rowsOf('all', whole), ...bySpread.flatMap(([cents, accuracy]) => rowsOf(inCents(cents), accuracy))],
  );
}
