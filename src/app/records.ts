import {
  type Answer,
  COT_CLASSES,
  type CotClass,
  InvalidRequest,
  LOOKBACKS,
  type Lookback,
  type LooksLedger,
  MEASURES,
  type Measure,
  type RecordRow,
  type ScreenRow,
  SECTORS,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import {
  type CotWorld,
  type RecordsQuestion,
  readCotWorld,
  type StudyCompany,
  screenRow,
  studyFlowRecords,
  studyRecords,
} from '../studies/records/index.js';
import { type FlowBasis, readBasisSeries, type SeriesBasis } from './bases.js';
import { type AppContext, cacheOf, makeAnswer, resampling, storeOf, withView } from './context.js';
import { companyOf } from './other-bases.js';

export const DEFAULT_RESAMPLES = 10_000;

type ScreenPart = Omit<ScreenRow, keyof RecordRow>;

/** A record row with the trader's first screen beside it, which basis cot alone has. */
export type RecordAnswerRow = RecordRow & { readonly [Field in keyof ScreenPart]: ScreenPart[Field] | null };

export interface RecordsAnswerQuestion extends Omit<RecordsQuestion, 'classes'> {
  /** Bases asked about at once; cot if left out. */
  readonly bases?: readonly FlowBasis[];
  readonly classes?: readonly string[];
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseLookback(text: string): Lookback {
  const found = LOOKBACKS.find((lookback) => lookback === text);
  if (found === undefined)
    throw new InvalidRequest(`look-back '${text}' is unknown; one of ${LOOKBACKS.join(', ')}`);
  return found;
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseMeasure(text: string): Measure {
  const found = MEASURES.find((measure) => measure === text);
  if (found === undefined)
    throw new InvalidRequest(`measure '${text}' is unknown; one of ${MEASURES.join(', ')}`);
  return found;
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseCotClass(text: string): CotClass {
  const found = COT_CLASSES.find((name) => name === text);
  if (found === undefined)
    throw new InvalidRequest(`class '${text}' is unknown to basis cot; one of ${COT_CLASSES.join(', ')}`);
  return found;
}

/** @throws {InvalidRequest} naming the value and the choices */
export function requireSector(sector: string | undefined): void {
  if (sector !== undefined && !SECTORS.some((known) => known === sector))
    throw new InvalidRequest(`sector '${sector}' is unknown; one of ${SECTORS.join(', ')}`);
}

function queryOf(question: RecordsAnswerQuestion, bases: readonly FlowBasis[]): Record<string, unknown> {
  return {
    basis: bases.join(','),
    week: question.week ?? null,
    measure: question.measure,
    lookback: question.lookback,
    report: bases.includes('cot') ? question.report : null,
    contracts: question.contracts ?? null,
    classes: question.classes ?? null,
    sector: question.sector ?? null,
    resamples: question.resamples,
    seed: question.seed,
  };
}

function calendarsWords({ calendars }: LooksLedger): string {
  return calendars.length === 1
    ? ''
    : ` It counts ${calendars.length} calendars of looks that this view supports, asked about or not (${calendars.join(', ')}), by Holm.`;
}

function looksNote(looks: LooksLedger, basis: FlowBasis): string {
  const [things, periods] =
    basis === 'cot'
      ? ['contracts', 'weeks']
      : [basis === 'etf' ? 'funds' : 'sectors', basis === '13f' ? 'quarters' : 'weeks'];
  return (
    `Adjusted p is over a declared family of ${looks.m} looks in the ${periods.slice(0, -1)} to ${looks.periodEnd}: ` +
    `${looks.contracts.length} ${things} x ${looks.classes.length} classes x ${looks.measures.length} measures x ` +
    `the scales that are known x ${looks.lookbacks.length} look-backs x horizons of ${looks.horizonsWeeks.join(', ')} ${periods}; ` +
    `${looks.resamples} resamples could have shown no adjusted p under ${looks.adjustedFloor.toPrecision(2)}.${calendarsWords(looks)}`
  );
}

function coverageNotes(rows: readonly RecordRow[]): string[] {
  const notes = rows.flatMap((row) =>
    row.reasons.coverage === undefined
      ? []
      : [
          `${row.contract ?? row.symbol ?? row.sector ?? 'all sectors'} ${row.class}: ranked ${row.reasons.coverage} of its look-back.`,
        ],
  );
  return [...new Set(notes)];
}

interface Part {
  readonly data: readonly RecordAnswerRow[];
  readonly notes: readonly string[];
}

function cotWorldOf(view: AsOfView, { report, contracts }: RecordsAnswerQuestion): Promise<CotWorld> {
  return readCotWorld(view, { report, ...(contracts === undefined ? {} : { more: contracts }) });
}

async function cotPart(
  context: AppContext,
  view: AsOfView,
  question: RecordsAnswerQuestion,
  company: StudyCompany,
  world: CotWorld,
): Promise<Part> {
  const { bases: _, classes, ...asked } = question;
  const cotQuestion = {
    ...asked,
    ...resampling(context),
    ...(classes === undefined ? {} : { classes: classes.map(parseCotClass) }),
  };
  const study = await studyRecords(view, cotQuestion, context.effects.progress, world, company);
  const byCode = new Map(study.world.contracts.map((series) => [series.code, series]));
  const data = study.rows.map((row) => ({
    ...screenRow(byCode.get(row.contract!)!, study.period, row, view),
    ...row,
  }));
  const notes = [
    'Amounts of basis cot are lower bounds of what was traded, since only week ends are seen.',
    looksNote(study.looks, 'cot'),
    ...(study.rows.some((row) => row.sectorIsProxy)
      ? ['NASDAQ-100 futures are a proxy for technology, not the sector itself.']
      : []),
    ...coverageNotes(study.rows),
  ];
  return { data, notes };
}

/** What the first screen says of futures, and of nothing else. */
const NO_SCREEN = {
  netPositionContracts: null,
  percentile1y: null,
  percentile3y: null,
  percentile5y: null,
  net: null,
  contracts: null,
  streakWeeks: null,
  indexReturn: null,
  nextRelease: null,
} as const;

const BASIS_NOTES: Readonly<Record<SeriesBasis, string>> = {
  ledger: 'Basis ledger is what was brought: a part of the market.',
  '13f':
    'Basis 13f is quarterly and long-only, and known up to 45 days after the quarter: grossBuy is longBuy.',
  etf: 'Basis etf tells net creations alone: grossBuy and longBuy have no figure.',
  tape: 'Basis tape tells who initiated a trade, which is inferred: classes are those of prints, and longBuy has no figure.',
};

async function seriesPart(
  context: AppContext,
  view: AsOfView,
  question: RecordsAnswerQuestion,
  company: StudyCompany,
  basis: SeriesBasis,
): Promise<Part> {
  const { bases: _, contracts, report: __, ...asked } = question;
  if (contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  const flows = await readBasisSeries(view, basis, { cache: cacheOf(context) });
  const { progress } = context.effects;
  const study = await studyFlowRecords(
    flows,
    { ...asked, ...resampling(context) },
    { view, progress },
    company,
  );
  const net = (row: RecordRow): number | null => (row.measure === 'net' ? row.value : null);
  const data = study.rows.map((row) => ({
    ...NO_SCREEN,
    net: net(row),
    streakWeeks: basis === '13f' ? null : row.streak.weeks,
    ...row,
  }));
  const looks =
    study.looks === null
      ? `No series of basis ${basis} has history enough to be tested, so significance is unknown and no verdict can be 'signal'.`
      : looksNote(study.looks, basis);
  return { data, notes: [BASIS_NOTES[basis], looks, ...coverageNotes(study.rows)] };
}

/** Records, ranks, significance and checks of a week or quarter; without filters the trader's first screen. */
export async function showRecords(
  context: AppContext,
  question: RecordsAnswerQuestion,
): Promise<Answer<RecordAnswerRow>> {
  requireSector(question.sector);
  const bases = question.bases ?? ['cot'];
  return withView(context, async (view) => {
    const world = bases.includes('cot') ? await cotWorldOf(view, question) : undefined;
    const company = companyOf(context, view, question.report, world);
    const data: RecordAnswerRow[] = [];
    const notes: string[] = [];
    for (const basis of bases) {
      const part =
        basis === 'cot'
          ? await cotPart(context, view, question, company, world!)
          : await seriesPart(context, view, question, company, basis);
      data.push(...part.data);
      notes.push(...part.notes);
    }
    return makeAnswer('records', context, storeOf(view), {
      query: queryOf(question, bases),
      data,
      notes: [...new Set(notes)],
    });
  });
}
