import type {
  IsoDate,
  ReportTape,
  ReportTapeClass,
  ReportTapeLag,
  ReportTapeRetail,
  ReportTapeSides,
  ReportTapeSigning,
  ReportTapeWeek,
  SourceRef,
} from '../core/index.js';
import { tradingDays } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { COUNTED_CLASSES, DEFAULT_SIGNING, type PrintClass } from '../tape/index.js';
import { TAPE_SIGNING_SQL, tapeRowsSql } from './tape-sql.js';
import {
  dollarsOfTrillionths,
  type ExactSides,
  exactSides,
  lastWholeDay,
  readTapeDays,
} from './tape-weeks.js';

/** Above this share of crossed quotes the kind of quotes is probably not what was declared. */
const MOST_CROSSED = 0.05;

/** What is known of the rules' errors: 85,000 retail trades of the authors' own [Barber et al. 2024]. */
const PUBLISHED_RETAIL_ERRORS = {
  foundBySubPenny: 0.35,
  wrongBySubPenny: 0.28,
  wrongByMidpoint: 0.05,
} as const;

type SpanRow = ExactSides & {
  readonly class: string;
  readonly prints: number;
  readonly unsignedPrints: number;
  readonly days: readonly IsoDate[];
  readonly names: number;
  readonly sources: readonly SourceRef[];
};

const COUNTS = [
  'signable',
  'byNone',
  'byTick',
  'byQuote',
  'byAggressor',
  'byRetail',
  'metNoQuote',
  'metLocked',
  'metCrossed',
  'retailAsked',
  'bjzzBuys',
  'bjzzSells',
  'bhjosBuys',
  'bhjosSells',
] as const;

type SigningRow = ExactSides &
  Readonly<Record<(typeof COUNTS)[number], number>> & {
    readonly lagNanos: number;
    readonly rules: readonly string[];
    readonly quoteKinds: readonly string[];
    readonly formats: readonly string[];
    readonly conditionTables: readonly string[];
    readonly hasSubPennyPrices: boolean;
  };

function sidesOf(row: ExactSides, isSigned: boolean): ReportTapeSides {
  const { buy, sell, unsigned } = exactSides(row);
  const turnover = buy + sell + unsigned;
  return {
    buy: isSigned ? dollarsOfTrillionths(buy) : null,
    sell: isSigned ? dollarsOfTrillionths(sell) : null,
    net: isSigned ? dollarsOfTrillionths(buy - sell) : null,
    unsigned: dollarsOfTrillionths(unsigned),
    turnover: dollarsOfTrillionths(turnover),
    shareUnsigned: turnover === 0n ? null : Number(unsigned) / Number(turnover),
  };
}

const LAG_UNITS = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'us'],
] as const;

/** A lag as people write it: '5 s', '1 ns', '0'. */
export function lagLabel(nanos: number): string {
  if (nanos === 0) return '0';
  const [size, unit] = LAG_UNITS.find(([size]) => nanos % size === 0) ?? [1, 'ns'];
  return `${nanos / size} ${unit}`;
}

const lagOf = (row: SigningRow): ReportTapeLag => ({
  ...sidesOf(row, true),
  lagNanos: row.lagNanos,
  label: lagLabel(row.lagNanos),
  isDefault: row.lagNanos === DEFAULT_SIGNING.lagNanos,
});

function signingOf(row: SigningRow): ReportTapeSigning {
  const share = (count: number): number | null => (row.signable === 0 ? null : count / row.signable);
  const crossed = share(row.metCrossed);
  return {
    rule: row.rules.join(', '),
    quoteKinds: row.quoteKinds,
    formats: row.formats,
    conditionTables: row.conditionTables,
    prints: row.signable,
    byQuote: share(row.byQuote),
    byTick: share(row.byTick),
    bySource: share(row.byAggressor),
    byRetailRule: share(row.byRetail),
    byNothing: share(row.byNone),
    noQuote: share(row.metNoQuote),
    lockedQuote: share(row.metLocked),
    crossedQuote: crossed,
    isDoubtful: (crossed ?? 0) > MOST_CROSSED,
  };
}

function retailOf(row: SigningRow): ReportTapeRetail {
  const told = (count: number): number | null => (row.hasSubPennyPrices ? count : null);
  return {
    asked: told(row.retailAsked),
    midpointBuys: told(row.bhjosBuys),
    midpointSells: told(row.bhjosSells),
    subPennyBuys: told(row.bjzzBuys),
    subPennySells: told(row.bjzzSells),
    published: PUBLISHED_RETAIL_ERRORS,
    reason: row.hasSubPennyPrices ? null : 'no source of these days has sub-penny prices',
  };
}

function classOf(row: SpanRow): ReportTapeClass {
  const { class: name, prints, sources, unsignedPrints } = row;
  return { class: name, prints, ...sidesOf(row, prints > unsignedPrints), sources };
}

const place = (row: ReportTapeClass): number => COUNTED_CLASSES.indexOf(row.class as PrintClass);

/**
 * What the tape says of the days from one to another, both included.
 * @returns null where the view has no tape at all
 */
export async function readTapeSpan(
  view: AsOfView,
  periodStart: IsoDate,
  periodEnd: IsoDate,
): Promise<ReportTape | null> {
  const all = await readTapeDays(view);
  const [first, last] = [all[0]?.date, all.at(-1)?.date];
  if (first === undefined || last === undefined) return null;
  const covered = new Set(all.map(({ date }) => date));
  const sessions = tradingDays(periodStart, periodEnd);
  const days = sessions.filter((date) => covered.has(date));
  if (days.length === 0)
    return {
      week: null,
      reason: `the tape in the store has ${all.length} days from ${first} to ${last}, and none of ${periodStart} to ${periodEnd}`,
    };
  const range = { last: lastWholeDay(view), from: periodStart, to: periodEnd };
  const filters = { classes: null, symbols: null, sector: null };
  const classes = await view.query<SpanRow>(tapeRowsSql('span', ['class']), { ...range, ...filters });
  const [total] = await view.query<SpanRow>(tapeRowsSql('span', []), { ...range, ...filters });
  const signing = await view.query<SigningRow>(TAPE_SIGNING_SQL, range);
  const usual = signing.find(({ lagNanos }) => lagNanos === DEFAULT_SIGNING.lagNanos)!;
  const week: ReportTapeWeek = {
    periodStart,
    periodEnd,
    days,
    missingDays: sessions.filter((date) => !covered.has(date)),
    names: total!.names,
    classes: classes.map(classOf).sort((a, b) => place(b) - place(a)),
    all: { ...sidesOf(total!, total!.prints > total!.unsignedPrints), prints: total!.prints },
    lags: signing.map(lagOf),
    signing: signingOf(usual),
    retail: retailOf(usual),
  };
  return { week, reason: null };
}
