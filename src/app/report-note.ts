import { extname } from 'node:path';
import {
  CLAIM_CLASSES,
  type ClaimAnswers,
  type ClaimSet,
  checkClaims,
  compileNote,
  readClaimFile,
  STANDARD_NOTE,
  type StudyAsk,
} from '../claims/index.js';
import {
  type AftermathAnswerRow,
  type ClaimsAnswerRow,
  type DriversAnswerRow,
  formatInstant,
  type RecordRow,
  type ReportClaims,
  type ReportStudy,
  type SourceRef,
} from '../core/index.js';
import type { ShowAftermath } from './aftermath-thread.js';
import { claimAnswers } from './claim-answers.js';
import type { AppContext } from './context.js';
import { begun, firstOfFiles, type ReportAsked } from './report-parts.js';

/** The words of the standard note that name its sector; a headline of another market is checked without them. */
const OF_TECH = / of tech(?= )/;

/** Which row is the headline; known before its figures where one contract and one class were asked for. */
export type HeadlinePlace = Pick<
  RecordRow,
  'basis' | 'contract' | 'sector' | 'class' | 'periodEnd' | 'measure'
>;

const askOf = ({ basis, contract, sector, class: name, periodEnd }: HeadlinePlace): StudyAsk => ({
  basis,
  contract,
  sector: contract === null ? sector : null,
  class: name,
  week: periodEnd,
});

/** Drivers and aftermath are asked once, for their sections and for the statements of the note. */
function asking(answers: ClaimAnswers): ClaimAnswers {
  const held = new Map<string, Promise<unknown>>();
  const once =
    <Ask extends StudyAsk, Answer>(name: string, answer: (ask: Ask) => Promise<Answer>) =>
    (ask: Ask): Promise<Answer> => {
      const { basis, contract, sector, class: investorClass, week, ...rest } = ask;
      const key = JSON.stringify([name, basis, contract, sector, investorClass, week, rest]);
      const known = held.get(key) as Promise<Answer> | undefined;
      const made = known ?? answer(ask);
      held.set(key, made);
      return made;
    };
  return {
    ...answers,
    drivers: once('drivers', (ask) => answers.drivers(ask)),
    aftermath: once('aftermath', (ask) => answers.aftermath(ask)),
  };
}

/**
 * The studies behind the note of a report.
 * @param context one whose view is held, so that every study sees the same
 */
export function noteAnswers(
  context: AppContext,
  { report, resamples, seed }: ReportAsked,
  followed: ShowAftermath,
): ClaimAnswers {
  const seen = { answered: 0, firstRefusal: null };
  return asking(claimAnswers(context, { report, resamples, seed }, seen, followed));
}

type Sourced = { readonly sources?: readonly SourceRef[] };

/** Rows of a study, of each file behind them the first row alone. */
function studyOf<Row extends object>(
  answer: { readonly rows: readonly Row[] } | { readonly missing: string },
): ReportStudy<Row> {
  if ('missing' in answer) return { rows: [], notes: [], reason: answer.missing };
  const rows = answer.rows.map((row) => {
    const { sources } = row as Sourced;
    return sources === undefined ? row : { ...row, sources: firstOfFiles(sources) };
  });
  return { rows, notes: [], reason: rows.length === 0 ? 'the study has no such class there' : null };
}

const withFirstOfFiles = (row: ClaimsAnswerRow): ClaimsAnswerRow =>
  row.kind === 'unread'
    ? row
    : {
        ...row,
        evidence: row.evidence.map((one) => ({ ...one, sources: firstOfFiles(one.sources) })),
      };

async function noteOf(
  { note }: ReportAsked,
  headline: HeadlinePlace,
): Promise<{ readonly name: string; readonly set: ClaimSet }> {
  if (note === undefined) {
    const text = headline.sector === 'technology' ? STANDARD_NOTE : STANDARD_NOTE.replace(OF_TECH, '');
    return { name: 'standard note', set: compileNote(text) };
  }
  const { name, text } = note;
  return {
    name,
    set: /^\.ya?ml$/i.test(extname(name)) ? await readClaimFile(text, name) : compileNote(text),
  };
}

/** What drove the headline, what follows such weeks, and the statements of a note about it. */
export interface NoteParts {
  readonly drivers: ReportStudy<DriversAnswerRow>;
  readonly aftermath: ReportStudy<AftermathAnswerRow>;
  readonly claims: ReportClaims;
}

/** Checks a note against the headline of a report, with the studies of why and what next. */
export async function noteParts(
  { asOf }: AppContext,
  answers: ClaimAnswers,
  question: ReportAsked,
  headline: HeadlinePlace,
): Promise<NoteParts> {
  const ask = askOf(headline);
  const studies = begun(
    Promise.all([answers.drivers(ask), answers.aftermath({ ...ask, measure: headline.measure })]),
  );
  const { name, set } = await noteOf(question, headline);
  const claimClass = CLAIM_CLASSES.find((known) => known === headline.class);
  const about = {
    basis: headline.basis,
    week: headline.periodEnd,
    lookback: question.lookback,
    ...(claimClass === undefined ? {} : { class: claimClass }),
    ...(ask.contract === null ? {} : { contract: ask.contract }),
    ...(ask.sector === null ? {} : { sector: ask.sector }),
  };
  const { rows, notes } = await checkClaims(set, about, answers, formatInstant(asOf));
  const [drivers, aftermath] = await studies;
  return {
    drivers: studyOf(drivers),
    aftermath: studyOf(aftermath),
    claims: {
      note: name,
      rows: rows.map(withFirstOfFiles),
      notes,
      reason: rows.length === 0 ? 'it holds none' : null,
    },
  };
}
