import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import {
  type Answered,
  CLAIM_CLASSES,
  type ClaimAnswers,
  type ClaimClass,
  type ClaimSet,
  type ClaimsQuestion,
  checkClaims,
  type FlowsAsk,
  type RecordsAsk,
  readClaimFile,
  type StudyAsk,
} from '../claims/index.js';
import {
  type Answer,
  addDays,
  type ClaimsAnswerRow,
  type FlowRow,
  FormatError,
  formatInstant,
  InvalidRequest,
  type IsoDate,
  NotCovered,
  newYorkDate,
} from '../core/index.js';
import { showBuyers } from './buyers.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { showFlows } from './flows.js';
import { showRecords } from './records.js';
import { showUnison } from './unison.js';

export interface ClaimsCheck extends ClaimsQuestion {
  readonly file: string;
  readonly report: 'futures-only' | 'combined';
  readonly resamples: number;
  readonly seed: number;
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseClaimClass(text: string): ClaimClass {
  const found = CLAIM_CLASSES.find((name) => name === text);
  if (found === undefined)
    throw new InvalidRequest(`class '${text}' is unknown; one of ${CLAIM_CLASSES.join(', ')}`);
  return found;
}

/** Draws of the agreement test, as many as `tidemark unison` makes. */
const AGREEMENT_DRAWS = 999;

/** The part of a command that names market, class and week. */
function placeArguments({ basis, contract, sector, class: name, week }: StudyAsk): string[] {
  return [
    ...(basis === 'cot' ? [] : [`--basis ${basis}`]),
    ...(contract === null ? [] : [`--contract ${contract}`]),
    ...(sector === null ? [] : [`--sector ${sector}`]),
    ...(name === null ? [] : [`--class ${name}`]),
    ...(week === null ? [] : [`--week ${week}`]),
  ];
}

/** What the store lacks becomes a reason on the claim; anything else is a fault of the call or ours. */
async function answered<Row>(command: string, answer: () => Promise<Answer<Row>>): Promise<Answered<Row>> {
  try {
    return { command, rows: (await answer()).data };
  } catch (error) {
    if (error instanceof NotCovered || error instanceof InvalidRequest)
      return { command, missing: error.message };
    throw error;
  }
}

/** Days that a week may end after the day asked about. */
const LONGEST_WEEK_DAYS = 8;

/** Weeks of one class, the last of them the week asked about. */
async function flowsAnswer(
  context: AppContext,
  ask: FlowsAsk,
  report: ClaimsCheck['report'],
): Promise<Answered<FlowRow>> {
  const day = (ask.week as IsoDate | null) ?? newYorkDate(context.asOf);
  const from = addDays(day, -7 * (ask.weeks + 1));
  const to = addDays(day, LONGEST_WEEK_DAYS);
  const { basis, contract, sector, class: name } = ask;
  const classWords = name === null ? '' : ` --class ${name}`;
  const place =
    contract === null ? (sector === null ? '' : ` --sector ${sector}`) : ` --contract ${contract}`;
  const command = `tidemark flows --basis ${basis}${place}${classWords} --from ${from} --to ${to} --as-of ${formatInstant(context.asOf)}`;
  const answer = await answered(command, () =>
    showFlows(context, {
      basis,
      from,
      to,
      report,
      ...(contract === null ? {} : { contracts: [contract] }),
      ...(sector === null ? {} : { sector }),
      ...(name === null ? {} : { classes: [name] }),
    }),
  );
  if ('missing' in answer) return answer;
  const rows = answer.rows.filter((row): row is FlowRow => 'buyRatio' in row && row.periodStart <= day);
  return { command, rows: rows.slice(-ask.weeks) };
}

/** The studies behind claims, each asked as its own command asks it. */
function claimAnswers(context: AppContext, check: Omit<ClaimsCheck, 'file'>): ClaimAnswers {
  const { report, resamples, seed } = check;
  const commandOf = (name: string, ask: StudyAsk, ...more: string[]): string =>
    [`tidemark ${name}`, ...placeArguments(ask), ...more, `--as-of ${formatInstant(context.asOf)}`].join(' ');
  const placed = ({ contract, sector, week }: StudyAsk) => ({
    ...(week === null ? {} : { week: week as IsoDate }),
    ...(contract === null ? {} : { contracts: [contract] }),
    ...(sector === null ? {} : { sector }),
  });
  return {
    records: (ask: RecordsAsk) =>
      answered(
        commandOf(
          'records',
          ask,
          `--measure ${ask.measure} --lookback ${ask.lookback} --resamples ${resamples} --seed ${seed}`,
        ),
        () =>
          showRecords(context, {
            ...placed(ask),
            ...(ask.class === null ? {} : { classes: [ask.class] }),
            bases: [ask.basis],
            measure: ask.measure,
            lookback: ask.lookback,
            report,
            resamples,
            seed,
          }),
      ),
    buyers: (ask) =>
      answered(commandOf('buyers', ask), () => {
        const { basis } = ask;
        if (basis === 'tape') throw new NotCovered("basis 'tape' does not tell who bought");
        return showBuyers(context, { ...placed(ask), basis, report, bounds: false });
      }),
    unison: (ask) =>
      answered(commandOf('unison', ask, `--seed ${seed}`), () => {
        const { basis } = ask;
        if (basis === 'tape' || basis === 'etf')
          throw new NotCovered(`basis '${basis}' does not tell classes that could move together`);
        return showUnison(context, { ...placed(ask), basis, report, resamples: AGREEMENT_DRAWS, seed });
      }),
    drivers: async (ask) => ({ command: commandOf('drivers', ask), missing: ABSENT }),
    aftermath: async (ask) => ({ command: commandOf('aftermath', ask), missing: ABSENT }),
    flows: (ask) => flowsAnswer(context, ask, report),
  };
}

const ABSENT = 'the study is not there';

/** Reads a file of claims, by its name or its content. */
export function readClaims(text: string, fileName: string): ClaimSet {
  if (/^\.(ya?ml)$/i.test(extname(fileName))) return readClaimFile(text, fileName);
  throw new FormatError(`${fileName} is no file of claims; give it the ending .yaml`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new FormatError(`${file}: ${why}; give a note (.txt, .md) or a file of claims (.yaml)`, {
      cause: error,
    });
  }
}

/** A file of claims, or a note in plain words, to verdicts. */
export async function checkClaimFile(
  context: AppContext,
  check: ClaimsCheck,
): Promise<Answer<ClaimsAnswerRow>> {
  const { file, ...question } = check;
  const set = readClaims(await readText(file), basename(file));
  const store = await withView(context, async (view) => storeOf(view));
  const { rows, notes } = await checkClaims(
    set,
    question,
    claimAnswers(context, question),
    formatInstant(context.asOf),
  );
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
