import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import {
  type CheckedClaims,
  CLAIM_CLASSES,
  type ClaimClass,
  type ClaimSet,
  type ClaimsQuestion,
  checkClaims,
  compileNote,
  readClaimFile,
} from '../claims/index.js';
import {
  type Answer,
  type ClaimsAnswerRow,
  contractEntry,
  FormatError,
  formatInstant,
  InvalidRequest,
} from '../core/index.js';
import { type ClaimDraws, claimAnswers, type StudiesSeen } from './claim-answers.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { requireSector } from './records.js';

export interface ClaimsCheck extends ClaimsQuestion, ClaimDraws {
  readonly file: string;
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseClaimClass(text: string): ClaimClass {
  const found = CLAIM_CLASSES.find((name) => name === text);
  if (found === undefined)
    throw new InvalidRequest(`class '${text}' is unknown; one of ${CLAIM_CLASSES.join(', ')}`);
  return found;
}

/** Claims of a file: by its ending YAML, else a note in plain words. */
async function readClaims(text: string, fileName: string): Promise<ClaimSet> {
  if (/^\.(ya?ml)$/i.test(extname(fileName))) return readClaimFile(text, fileName);
  return compileNote(text);
}

/** @throws {InvalidRequest} naming the code */
function requireContract(code: string | undefined): void {
  if (code !== undefined && contractEntry(code) === null)
    throw new InvalidRequest(
      `contract '${code}' is not in the register of US equity index futures; 'tidemark records' lists the codes`,
    );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'is a folder'
          : `cannot be read (${code})`;
    throw new FormatError(`${file}: ${why}; give a note (.txt, .md) or a file of claims (.yaml)`, {
      cause: error,
    });
  }
}

/** A note or a file of claims under its own name, without its folder. */
export async function readNote(file: string): Promise<{ readonly name: string; readonly text: string }> {
  return { name: basename(file), text: await readText(file) };
}

/**
 * Verdicts of claims that are read already, with what they were asked about; the report and the command share it.
 * @param text the note, or the file of claims if the name ends in .yaml
 * @throws {NotCovered} where no study that was asked has an answer; {FormatError} where there is nothing to read
 */
export async function checkClaimText(
  context: AppContext,
  text: string,
  fileName: string,
  question: ClaimsQuestion & ClaimDraws,
): Promise<CheckedClaims> {
  requireSector(question.sector);
  requireContract(question.contract);
  const set = await readClaims(text, fileName);
  if (set.claims.length + set.unread.length === 0)
    throw new FormatError(`${fileName}: there is no sentence in it; give a note or a file of claims`);
  const seen: StudiesSeen = { answered: 0, firstRefusal: null };
  const answers = claimAnswers(context, question, seen);
  const checked = await checkClaims(set, question, answers, formatInstant(context.asOf));
  if (seen.answered === 0 && seen.firstRefusal !== null) throw seen.firstRefusal;
  return checked;
}

/** A file of claims, or a note in plain words, to verdicts. */
export async function checkClaimFile(
  context: AppContext,
  check: ClaimsCheck,
): Promise<Answer<ClaimsAnswerRow>> {
  const { file, ...question } = check;
  const text = await readText(file);
  const store = await withView(context, async (view) => storeOf(view));
  const { rows, notes } = await checkClaimText(context, text, basename(file), question);
  const query = {
    file: basename(file),
    basis: question.basis ?? null,
    contract: question.contract ?? null,
    sector: question.sector ?? null,
    class: question.class ?? null,
    week: question.week ?? null,
    lookback: question.lookback ?? null,
    report: question.report,
    resamples: question.resamples,
    seed: question.seed,
  };
  return makeAnswer('claims check', context, store, { query, data: rows, notes });
}
