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
import { type RecordsQuestion, screenRow, studyRecords } from '../studies/records/index.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';

export const DEFAULT_RESAMPLES = 10_000;

/** A record row with the trader's first screen beside it. */
export type RecordAnswerRow = RecordRow & Omit<ScreenRow, keyof RecordRow>;

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

function queryOf(question: RecordsQuestion): Record<string, unknown> {
  return {
    basis: 'cot',
    week: question.week ?? null,
    measure: question.measure,
    lookback: question.lookback,
    report: question.report,
    contracts: question.contracts ?? null,
    classes: question.classes ?? null,
    sector: question.sector ?? null,
    resamples: question.resamples,
    seed: question.seed,
  };
}

function looksNote(looks: LooksLedger): string {
  return (
    `Adjusted p is over a declared family of ${looks.m} looks in the week to ${looks.periodEnd}: ` +
    `${looks.contracts.length} contracts x ${looks.classes.length} classes x ${looks.measures.length} measures x ` +
    `the scales that are known x ${looks.lookbacks.length} look-backs x horizons of ${looks.horizonsWeeks.join(', ')} weeks; ` +
    `${looks.resamples} resamples could have shown no adjusted p under ${looks.adjustedFloor.toPrecision(2)}.`
  );
}

function notesOf(rows: readonly RecordRow[], looks: LooksLedger): string[] {
  const notes = [
    'Amounts of basis cot are lower bounds of what was traded, since only week ends are seen.',
    looksNote(looks),
  ];
  if (rows.some((row) => row.sectorIsProxy))
    notes.push('NASDAQ-100 futures are a proxy for technology, not the sector itself.');
  for (const row of rows) {
    if (row.reasons.coverage !== undefined)
      notes.push(`${row.contract} ${row.class}: ranked ${row.reasons.coverage} of its look-back.`);
  }
  return [...new Set(notes)];
}

/** Records, ranks, significance and checks of a week; without filters the trader's first screen. */
export async function showRecords(
  context: AppContext,
  question: RecordsQuestion,
): Promise<Answer<RecordAnswerRow>> {
  requireSector(question.sector);
  return withView(context, async (view) => {
    const study = await studyRecords(view, question, context.effects.progress);
    const byCode = new Map(study.world.contracts.map((series) => [series.code, series]));
    const data = study.rows.map((row) => ({
      ...screenRow(byCode.get(row.contract!)!, study.period, row, view),
      ...row,
    }));
    return makeAnswer('records', context, storeOf(view), {
      query: queryOf(question),
      data,
      notes: notesOf(study.rows, study.looks),
    });
  });
}
