import {
  type ClaimRow,
  type ClaimsAnswerRow,
  capitalised,
  languageFaults,
  type UnreadSentence,
} from '../core/index.js';
import type { Answered, ClaimAnswers } from './answers.js';
import type { Claim, ClaimMeasure } from './claim.js';
import { decide } from './decide/index.js';
import { printClaim } from './note/print.js';
import { subjectOf } from './note/subject.js';
import { type ClaimsQuestion, replacedContract } from './scope.js';

/** Claims of one file or note, and the sentences of it that were not read. */
export interface ClaimSet {
  readonly claims: readonly Claim[];
  readonly unread: readonly UnreadSentence[];
}

/** Measures whose verdict rests on a test, which chance alone can pass. */
const TESTED: ReadonlySet<ClaimMeasure> = new Set([
  'significance',
  'unison',
  'driver',
  'rate-sensitivity',
  'floor',
  'follow-through',
  'loop',
  'consolidation',
  'profit-taking',
  'return',
  'volatility',
]);

/** Verdicts of all claims of a set. */
export interface CheckedClaims {
  readonly rows: readonly ClaimsAnswerRow[];
  readonly notes: readonly string[];
}

/** Each study is asked once about the same thing, however many claims rest on it. */
function remembering(answers: ClaimAnswers): ClaimAnswers {
  const held = new Map<string, Promise<Answered<never>>>();
  const once =
    <Ask, Row>(name: string, answer: (ask: Ask) => Promise<Answered<Row>>) =>
    (ask: Ask): Promise<Answered<Row>> => {
      const key = `${name} ${JSON.stringify(ask)}`;
      const known = held.get(key) as Promise<Answered<Row>> | undefined;
      if (known !== undefined) return known;
      const made = answer(ask);
      held.set(key, made as Promise<Answered<never>>);
      return made;
    };
  return {
    records: once('records', (ask) => answers.records(ask)),
    buyers: once('buyers', (ask) => answers.buyers(ask)),
    unison: once('unison', (ask) => answers.unison(ask)),
    drivers: once('drivers', (ask) => answers.drivers(ask)),
    aftermath: once('aftermath', (ask) => answers.aftermath(ask)),
    flows: once('flows', (ask) => answers.flows(ask)),
  };
}

const sentence = (words: string): string => `${capitalised(words)}${/[.!?]$/.test(words) ? '' : '.'}`;

function rowOf(claim: Claim, decision: Awaited<ReturnType<typeof decide>>, asOf: string): ClaimRow {
  const explanation = sentence(decision.explanation);
  const [fault] = languageFaults(explanation);
  if (fault !== undefined) throw new Error(`claim ${claim.id}: ${fault}: '${explanation}'`);
  return {
    kind: 'claim',
    id: claim.id,
    line: claim.line,
    text: claim.text,
    subject: subjectOf(claim),
    reading: printClaim(claim),
    measure: claim.measure,
    verdict: decision.verdict,
    explanation,
    effect: decision.effect,
    effectUnit: decision.effectUnit,
    interval: decision.interval,
    n: decision.n,
    m: decision.m,
    asOf,
    evidence: decision.evidence,
    wouldChange: sentence(decision.wouldChange),
  };
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

function notesOf(rows: readonly ClaimRow[], unread: readonly UnreadSentence[]): string[] {
  const tested = rows.filter((row) => TESTED.has(row.measure as ClaimMeasure) && row.n !== null).length;
  const fromChance = (0.05 * tested).toFixed(1);
  return [
    `${plural(rows.length, 'claim')} checked at once, ${tested} of them on tests: at 5 % each, chance alone would support about ${fromChance} of ${tested} that are not so; adjusted probabilities count the looks of their own study, not the claims of this note.`,
    'Every verdict quotes the weakest probability that its study gives.',
    ...(unread.length === 0
      ? []
      : [
          `${plural(unread.length, 'sentence')} could not be read and ${unread.length === 1 ? 'has' : 'have'} no verdict.`,
        ]),
    ...unread.map(({ text, line, reason }) => `Line ${line}: '${text}': ${reason}.`),
  ];
}

function replacedNotes(claims: readonly Claim[], question: ClaimsQuestion): string[] {
  const replaced = claims.flatMap(({ scope }) => replacedContract(scope, question) ?? []);
  return [...new Set(replaced)].map(
    (contract) =>
      `Sentences that name another market than contract ${question.contract} are read of contract ${contract}.`,
  );
}

/**
 * Verdicts of claims (measures.md section 11), in their order, and after them the sentences that were not read.
 * @param question what the check is asked about where a claim leaves it open
 * @param asOf the moment that the answers see, ISO 8601
 */
export async function checkClaims(
  { claims, unread }: ClaimSet,
  question: ClaimsQuestion,
  answers: ClaimAnswers,
  asOf: string,
): Promise<CheckedClaims> {
  const context = { question, answers: remembering(answers) };
  const decisions = await Promise.all(claims.map((claim) => decide(claim, context)));
  const rows = claims.map((claim, i) => rowOf(claim, decisions[i]!, asOf));
  return {
    rows: [...rows, ...unread.map((each) => ({ kind: 'unread' as const, ...each }))],
    notes: [...notesOf(rows, unread), ...replacedNotes(claims, question)],
  };
}
