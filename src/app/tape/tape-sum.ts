import { type Answer, InvalidRequest, type IsoDate, NotCovered } from '../../core/index.js';
import { lagLabel, readTapeSectors } from '../../flows/index.js';
import {
  addSides,
  CONDITION_TABLE_VERSION,
  type Figures,
  imbalanceOf,
  NO_SIDES,
  type PrintClass,
  SIGNED_CLASSES,
  type SideFigures,
  type SigningCounts,
  type SigningSettings,
  type SumTapeResult,
  signingSettings,
  sumTape,
  type TapeBucket,
  type TapePart,
  type TapeSumRow,
  totalOf,
} from '../../tape/index.js';
import { type AppContext, makeAnswer, NO_STORE, withView } from '../context.js';
import {
  type TapeFileRow,
  type TapeFilesQuestion,
  type TapeIntake,
  type TapeSetAside,
  withTape,
} from './tape-inputs.js';

export const TAPE_SUM_KEYS = ['symbol', 'class', 'period', 'sector'] as const;
export type TapeSumKey = (typeof TAPE_SUM_KEYS)[number];

export interface TapeSumQuestion extends TapeFilesQuestion {
  readonly signing: Partial<SigningSettings>;
  readonly bucket: TapeBucket;
  /** What rows are told apart by; the rest is added up. */
  readonly by: readonly TapeSumKey[];
  readonly symbols?: readonly string[];
  readonly dates?: readonly IsoDate[];
  readonly threads?: number;
  /** Lags at which everything is summed too, in nanoseconds. */
  readonly lags?: readonly number[];
}

/** Dollars and shares of one symbol, class and period. `total` = buy + sell + unsigned, exactly in `exact`. */
export interface TapeSumAnswerRow {
  readonly kind: 'sum';
  readonly symbol: string | null;
  readonly class: PrintClass | null;
  /** Start of the period in New York. */
  readonly period: string | null;
  /** By the lists of the store; 'unknown' where none has the symbol. */
  readonly sector: string | null;
  readonly prints: number;
  readonly shares: number;
  /** US dollars. */
  readonly buy: number;
  readonly sell: number;
  readonly unsigned: number;
  readonly total: number;
  /** (buy - sell) / (buy + sell); null where nothing was signed. */
  readonly imbalance: number | null;
  readonly buyPrints: number;
  readonly sellPrints: number;
  readonly unsignedPrints: number;
  /** Odd lots among the total. */
  readonly oddLotDollars: number;
  readonly oddLotPrints: number;
  /** The same dollars as decimal texts, without rounding. */
  readonly exact: Readonly<Record<'buy' | 'sell' | 'unsigned' | 'total', string>>;
}

/** How the prints of one pair of formats were signed. */
interface TapeSigningRow {
  readonly kind: 'signing';
  readonly tradeFormat: string;
  readonly quoteFormat: string | null;
  readonly quoteKind: SigningSettings['quoteKind'] | null;
  readonly hasSubPennyPrices: boolean;
  readonly symbolDays: number;
  readonly trades: number;
  readonly quotes: number;
  readonly counts: SigningCounts;
  /** Shares of the prints that the rule was asked for; null without any. */
  readonly shareNoQuote: number | null;
  readonly shareLocked: number | null;
  readonly shareCrossed: number | null;
}

/** Dollars of all prints of the signed classes, had the quote that counts been older by a lag. */
interface TapeLagRow {
  readonly kind: 'lag';
  readonly lagNanos: number;
  readonly lag: string;
  readonly buy: number;
  readonly sell: number;
  readonly unsigned: number;
  readonly total: number;
  readonly imbalance: number | null;
}

export type TapeSumAnswer = TapeSumAnswerRow | TapeLagRow | TapeSigningRow | TapeFileRow | TapeSetAside;

const NOTIONAL_PLACES = 12;

/** Whole units of 10 to the minus `places` as a decimal text. */
function decimalText(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  const whole = digits.slice(0, -places);
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

const dollarsText = ({ notional }: Figures): string => decimalText(notional, NOTIONAL_PLACES);
const dollars = (figures: Figures): number => Number(dollarsText(figures));

/** The sector of a symbol on a day. */
type SectorOf = (symbol: string, date: IsoDate) => string;

interface SumGroup {
  readonly row: TapeSumRow;
  readonly sector: string | null;
  sides: SideFigures;
  oddLots: SideFigures;
}

function groupRows(
  rows: readonly TapeSumRow[],
  by: readonly TapeSumKey[],
  sectorOf: SectorOf | null,
): SumGroup[] {
  const groups = new Map<string, SumGroup>();
  for (const row of rows) {
    const sector = sectorOf?.(row.symbol, row.period.slice(0, 10) as IsoDate) ?? null;
    const parts = { symbol: row.symbol, class: row.printClass, period: row.period, sector };
    const key = by.map((name) => parts[name]).join('\u0000');
    const group = groups.get(key) ?? { row, sector, sides: NO_SIDES, oddLots: NO_SIDES };
    group.sides = addSides(group.sides, row);
    group.oddLots = addSides(group.oddLots, row.oddLots);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function sumRow({ row, sector, sides, oddLots }: SumGroup, by: readonly TapeSumKey[]): TapeSumAnswerRow {
  const total = totalOf(sides);
  const odd = totalOf(oddLots);
  return {
    kind: 'sum',
    symbol: by.includes('symbol') ? row.symbol : null,
    class: by.includes('class') ? row.printClass : null,
    period: by.includes('period') ? row.period : null,
    sector,
    prints: total.prints,
    shares: Number(decimalText(total.sizeMicros, 6)),
    buy: dollars(sides.buy),
    sell: dollars(sides.sell),
    unsigned: dollars(sides.unsigned),
    total: dollars(total),
    imbalance: imbalanceOf(sides),
    buyPrints: sides.buy.prints,
    sellPrints: sides.sell.prints,
    unsignedPrints: sides.unsigned.prints,
    oddLotDollars: dollars(odd),
    oddLotPrints: odd.prints,
    exact: {
      buy: dollarsText(sides.buy),
      sell: dollarsText(sides.sell),
      unsigned: dollarsText(sides.unsigned),
      total: dollarsText(total),
    },
  };
}

function signingRow(part: TapePart, signing: Partial<SigningSettings>): TapeSigningRow {
  const { counts, tradeFormat, quoteFormat } = part;
  const share = (count: number): number | null => (counts.signable === 0 ? null : count / counts.signable);
  return {
    kind: 'signing',
    tradeFormat: tradeFormat.name,
    quoteFormat: quoteFormat?.name ?? null,
    quoteKind: signing.quoteKind ?? quoteFormat?.quoteKind ?? null,
    hasSubPennyPrices: signing.hasSubPennyPrices ?? tradeFormat.hasSubPennyPrices,
    symbolDays: part.symbolDays,
    trades: part.trades,
    quotes: part.quotes,
    counts,
    shareNoQuote: share(counts.metNoQuote),
    shareLocked: share(counts.metLocked),
    shareCrossed: share(counts.metCrossed),
  };
}

/** Above this share of crossed quotes the kind of quotes is probably not what was declared. */
const MOST_CROSSED = 0.05;

const percent = (share: number | null): string => `${(100 * (share ?? 0)).toFixed(1)} %`;

function signingNotes(row: TapeSigningRow): string[] {
  const { counts } = row;
  const from = `${row.tradeFormat}${row.quoteFormat === null ? '' : ` with ${row.quoteFormat}`}`;
  const notes = [
    `${from}: of ${counts.signable} prints that can be signed ${counts.byQuote} were decided by quote, ${counts.byTick} by tick, ` +
      `${counts.byAggressor} by the source, ${counts.byRetail} by the retail rule, ${counts.byNone} by nothing; ` +
      `${percent(row.shareNoQuote)} met no quote, ${percent(row.shareLocked)} a locked and ${percent(row.shareCrossed)} a crossed one.`,
  ];
  if ((row.shareCrossed ?? 0) > MOST_CROSSED)
    notes.push(
      `${from}: more than 5 % of prints met a crossed quote; quotes are taken as '${row.quoteKind}', --quote-kind sets the other.`,
    );
  if (!row.hasSubPennyPrices)
    notes.push(`${from}: no sub-penny prices in this source, so that no print can be identified as retail.`);
  if (counts.unknownConditions > 0)
    notes.push(
      `${from}: ${counts.unknownConditions} prints have a condition that no table knows; they are unsigned.`,
    );
  return notes;
}

/** Words on what came in, for the notes of an answer. */
export function intakeNotes(intake: TapeIntake | null): string[] {
  if (intake === null) return [];
  const { files, report } = intake;
  const unknown = files.filter(({ format }) => format === null).map(({ file }) => file);
  const setAside = files.reduce((sum, file) => sum + file.rowsSetAside, 0);
  const repeated = report.trades.repeated + report.quotes.repeated;
  const unordered = report.trades.unordered + report.quotes.unordered;
  return [
    ...files
      .filter(({ format }) => format !== null)
      .map(
        ({ file, format, quoteKind, quoteSizeUnit, clock }) =>
          `${file}: ${format}, clock ${clock}${quoteKind === null ? '' : `, quotes are ${quoteKind} with sizes in ${quoteSizeUnit}`}.`,
      ),
    ...(unknown.length === 0
      ? []
      : [`${unknown.length} files are no tape and were left alone: ${unknown.join(', ')}.`]),
    ...(setAside === 0 ? [] : [`${setAside} rows could not be read and were set aside.`]),
    ...(unordered === 0 ? [] : [`${unordered} rows stood out of order and were put in order.`]),
    ...(repeated === 0 ? [] : [`${repeated} rows repeat another in every field.`]),
    ...(report.cancelled === 0 ? [] : [`${report.cancelled} prints were taken back by later messages.`]),
    ...(report.unmatchedCancels === 0
      ? []
      : [`${report.unmatchedCancels} messages take back a print that is not in their file.`]),
  ];
}

function inOrder(by: readonly TapeSumKey[]) {
  return (a: TapeSumAnswerRow, b: TapeSumAnswerRow): number => {
    for (const name of by) if (a[name] !== b[name]) return (a[name] ?? '') < (b[name] ?? '') ? -1 : 1;
    return 0;
  };
}

/** The sums of a folder as rows of an answer. */
function sumRows(
  { sums }: SumTapeResult,
  by: readonly TapeSumKey[],
  sectorOf: SectorOf | null,
): TapeSumAnswerRow[] {
  return groupRows(sums.rows(), by, sectorOf)
    .map((group) => sumRow(group, by))
    .sort(inOrder(by));
}

function lagRow(lagNanos: number, { sums }: SumTapeResult): TapeLagRow {
  const sides = sums
    .rows()
    .filter(({ printClass }) => SIGNED_CLASSES.includes(printClass))
    .reduce<SideFigures>(addSides, NO_SIDES);
  return {
    kind: 'lag',
    lagNanos,
    lag: lagLabel(lagNanos),
    buy: dollars(sides.buy),
    sell: dollars(sides.sell),
    unsigned: dollars(sides.unsigned),
    total: dollars(totalOf(sides)),
    imbalance: imbalanceOf(sides),
  };
}

/** Sectors by the lists of the store, which tape files do not tell. */
const sectorsOf = (context: AppContext): Promise<SectorOf> => withView(context, readTapeSectors);

/**
 * Signs tape files and sums them by symbol, class and period.
 * @throws {NotCovered} where no print is left
 */
export async function sumTapeFiles(
  context: AppContext,
  question: TapeSumQuestion,
): Promise<Answer<TapeSumAnswer>> {
  const { paths, signing, bucket, by, symbols, dates, threads, lags } = question;
  const settings = signingSettings(signing);
  if (by.length === 0) throw new InvalidRequest(`give what to sum by: ${TAPE_SUM_KEYS.join(', ')}`);
  const setAside: TapeSetAside[] = [];
  return withTape(
    context,
    question,
    (rows) => setAside.push(...rows),
    async ({ directory, intake }) => {
      const task = context.effects.progress.start('signing prints', null);
      const asked = {
        directory,
        bucket: 'day',
        ...(symbols === undefined ? {} : { symbols }),
        ...(dates === undefined ? {} : { dates }),
        ...(threads === undefined ? {} : { threads }),
      } as const;
      const result = await sumTape({
        ...asked,
        signing,
        bucket,
        onProgress: (done) => {
          context.signal?.throwIfAborted();
          task.advance(done);
        },
      });
      task.finish();
      const rows = sumRows(result, by, by.includes('sector') ? await sectorsOf(context) : null);
      if (rows.length === 0)
        throw new NotCovered(
          `no print of '${paths.join("', '")}' is left to sum; look at --symbol and --date`,
        );
      const parts = result.parts.map((part) => signingRow(part, signing));
      const lagRows: TapeLagRow[] = [];
      for (const lagNanos of lags ?? [])
        lagRows.push(lagRow(lagNanos, await sumTape({ ...asked, signing: { ...signing, lagNanos } })));
      const { hasSubPennyPrices: _, quoteKind: __, ...told } = settings;
      return makeAnswer<TapeSumAnswer>('tape sum', context, NO_STORE, {
        query: {
          files: paths,
          bucket,
          by,
          symbols: symbols ?? null,
          dates: dates ?? null,
          lags: lags ?? null,
          ...told,
          quoteKind: signing.quoteKind ?? null,
          conditionTable: CONDITION_TABLE_VERSION,
        },
        data: [...rows, ...lagRows, ...parts, ...(intake?.files ?? []), ...setAside],
        notes: [...intakeNotes(intake), ...parts.flatMap(signingNotes)],
      });
    },
  );
}
