import {
  addDays,
  type FlowRow,
  formatInstant,
  type Instant,
  type IsoDate,
  newYorkDate,
  previousTradingDay,
  type SourceRef,
  tradingDays,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { FlowSeries } from './flow-series.js';
import { NO_SCALES, scalesOf } from './series-scales.js';
import { readTapeFlows } from './tape-series.js';
import { type TapeKey, type TapePeriod, tapeRowsSql } from './tape-sql.js';
import {
  dollarsOfTrillionths,
  type ExactSides,
  exactSides,
  lastWholeDay,
  readTapeDays,
  type TapeDayCover,
} from './tape-weeks.js';

/** A flow row of basis tape. Purchases and sales are those that a buyer or a seller initiated. */
export interface TapeFlowRow extends FlowRow {
  readonly basis: 'tape';
  readonly sides: 'buy-sell';
  /** Start of the minute in New York, 'HH:MM', for rows by minute; null otherwise. */
  readonly minute: string | null;
  /** Dollars of prints that no rule signed; never spread over the sides. */
  readonly unsigned: number;
  /** grossBuy + grossSell + unsigned: what changed hands. */
  readonly turnover: number;
  /** (buy - sell) / (buy + sell); null where nothing was signed. */
  readonly imbalance: number | null;
  readonly prints: number;
  readonly shares: number;
  readonly names: number;
  /** True where each trading day of the period is over and on the tape. */
  readonly isComplete: boolean;
  /** What makes the row less than clean; empty where nothing does. */
  readonly flags: readonly string[];
}

export interface TapeFlowQuestion {
  readonly every: TapePeriod;
  readonly by: readonly TapeKey[];
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly classes?: readonly string[];
  readonly symbols?: readonly string[];
  readonly sector?: string;
}

interface SumRow extends ExactSides {
  readonly start: IsoDate;
  readonly minute: number | null;
  readonly symbol?: string;
  readonly class?: string;
  readonly sector?: string;
  readonly prints: number;
  readonly unsignedPrints: number;
  readonly shares: number;
  readonly knownAt: Instant;
  readonly isRestated: boolean;
  readonly days: readonly IsoDate[];
  readonly names: number;
  readonly sources: readonly SourceRef[];
}

const NO_LEGS = 'the tape does not tell whether a purchase opens a long or covers a short';
const NOTHING_SIGNED = 'no print of this kind is signed';
const NO_SCALE = 'scales are those of whole weeks by class, with or without sector';

const LEG_REASONS = {
  longBuy: NO_LEGS,
  longSell: NO_LEGS,
  shortSell: NO_LEGS,
  shortCover: NO_LEGS,
} as const;

const NO_LEG_FIGURES = {
  longBuy: null,
  longSell: null,
  shortSell: null,
  shortCover: null,
  grossing: null,
  buyRatio: null,
} as const;

const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

const MONTHS = { month: 1, quarter: 3 } as const;

/** The last trading day of a period, or its last day where it has none. */
function endOf(start: IsoDate, every: TapePeriod): IsoDate {
  if (every === 'minute' || every === 'day') return start;
  let after = addDays(start, 5);
  if (every !== 'week') {
    const month = Number(start.slice(5, 7)) - 1 + MONTHS[every];
    const year = Number(start.slice(0, 4)) + Math.floor(month / 12);
    after = `${year}-${String((month % 12) + 1).padStart(2, '0')}-01` as IsoDate;
  }
  const last = previousTradingDay(after);
  return last >= start ? last : addDays(after, -1);
}

/** Fills in the scales of a row whose series is known. */
type ScaleLookup = (row: SumRow) => ReturnType<ReturnType<typeof scalesOf>>;

const noScales: ScaleLookup = () => ({ figures: NO_SCALES, reasons: { volScaled: NO_SCALE } });

function lookup(flows: readonly FlowSeries[]): ScaleLookup {
  const series = new Map(flows.map((flow) => [`${flow.class}|${flow.sector ?? ''}`, flow]));
  const scales = new Map<FlowSeries, ReturnType<typeof scalesOf>>();
  return (row) => {
    const flow = series.get(`${row.class}|${row.sector ?? ''}`);
    const period = flow?.calendar.periodStarts.indexOf(row.start) ?? -1;
    if (flow === undefined || period < 0) return noScales(row);
    const of = scales.get(flow) ?? scalesOf(flow);
    scales.set(flow, of);
    return of(period);
  };
}

interface RowContext {
  readonly question: TapeFlowQuestion;
  readonly covered: ReadonlyMap<IsoDate, TapeDayCover>;
  readonly scales: ScaleLookup;
  /** The last day that may be summed. */
  readonly lastWhole: IsoDate;
}

/** Days that the row should have and has not: of the tape, and of a symbol's own. */
function missingDays(
  row: SumRow,
  end: IsoDate,
  { question, covered }: RowContext,
): { readonly tape: IsoDate[]; readonly own: IsoDate[] } {
  const sessions = question.every === 'minute' ? [] : tradingDays(row.start, end);
  const tape = sessions.filter((date) => !covered.has(date));
  const held = new Set(row.days);
  const own = question.by.includes('symbol')
    ? sessions.filter((date) => covered.has(date) && !held.has(date))
    : [];
  return { tape, own };
}

function flowRow(row: SumRow, context: RowContext): TapeFlowRow {
  const { question, scales, lastWhole } = context;
  const end = endOf(row.start, question.every);
  const missing = missingDays(row, end, context);
  const { buy, sell, unsigned } = exactSides(row);
  const isSigned = row.prints > row.unsignedPrints;
  const signed = (amount: bigint): number | null => (isSigned ? dollarsOfTrillionths(amount) : null);
  const { figures, reasons, ...coverage } = scales(row);
  return {
    basis: 'tape',
    periodStart: row.start,
    periodEnd: end,
    minute: row.minute === null ? null : clock(row.minute),
    knownAt: formatInstant(row.knownAt),
    sector: row.sector ?? null,
    contract: null,
    symbol: row.symbol ?? null,
    manager: null,
    class: row.class ?? 'all prints',
    sides: 'buy-sell',
    ...NO_LEG_FIGURES,
    grossBuy: signed(buy),
    grossSell: signed(sell),
    net: signed(buy - sell),
    gross: signed(buy + sell),
    unsigned: dollarsOfTrillionths(unsigned),
    turnover: dollarsOfTrillionths(buy + sell + unsigned),
    imbalance: isSigned ? Number(buy - sell) / Number(buy + sell) : null,
    prints: row.prints,
    shares: row.shares,
    names: row.names,
    ...figures,
    ...coverage,
    isComplete: missing.tape.length === 0 && end <= lastWhole,
    flags: [
      ...(missing.tape.length === 0 ? [] : [`no tape of ${missing.tape.join(', ')}`]),
      ...(missing.own.length === 0 ? [] : [`no print of it on ${missing.own.join(', ')}`]),
      ...(end <= lastWhole ? [] : ['the period is not over']),
      ...(row.isRestated ? ['restated by a later import'] : []),
    ],
    sources: row.sources,
    reasons: {
      ...LEG_REASONS,
      ...reasons,
      ...(isSigned
        ? {}
        : {
            grossBuy: NOTHING_SIGNED,
            grossSell: NOTHING_SIGNED,
            net: NOTHING_SIGNED,
            gross: NOTHING_SIGNED,
          }),
    },
  };
}

/** No period of the kind is longer, in days. */
const LONGEST: Readonly<Record<TapePeriod, number>> = { minute: 0, day: 0, week: 6, month: 31, quarter: 92 };

/**
 * The ledger of basis tape: dollars that buyers and sellers initiated, by minute, day, market week, month or quarter and by the
 * keys asked for, oldest first; periods that end within `from` and `to`. A day counts once it is over, a minute once it is.
 */
export async function tapeFlowRows(view: AsOfView, question: TapeFlowQuestion): Promise<TapeFlowRow[]> {
  const { every, by, from, to, classes, symbols, sector } = question;
  const lastWhole = lastWholeDay(view);
  const rows = await view.query<SumRow>(tapeRowsSql(every, by), {
    last: every === 'minute' ? newYorkDate(view.asOf) : lastWhole,
    from: from === undefined ? null : addDays(from, -LONGEST[every]),
    to: to ?? null,
    classes: classes === undefined ? null : [...classes],
    symbols: symbols === undefined ? null : [...symbols],
    sector: sector ?? null,
  });
  const isSeries = every === 'week' && by.includes('class') && !by.includes('symbol');
  const covered = new Map((await readTapeDays(view)).map((day) => [day.date, day]));
  const context: RowContext = {
    question,
    covered,
    scales: isSeries && symbols === undefined ? lookup(await readTapeFlows(view)) : noScales,
    lastWhole: every === 'minute' ? newYorkDate(view.asOf) : lastWhole,
  };
  return rows
    .map((row) => flowRow(row, context))
    .filter(
      ({ periodEnd }) => (from === undefined || periodEnd >= from) && (to === undefined || periodEnd <= to),
    );
}
