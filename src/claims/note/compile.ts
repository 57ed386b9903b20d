import type { UnreadSentence } from '../../core/index.js';
import type { ClaimSet } from '../check.js';
import type { Claim } from '../claim.js';
import { type Draft, type Form, type Memory, NOTHING_BEFORE } from './form.js';
import { AFTERMATH_FORMS } from './forms/aftermath.js';
import { CLASS_FORMS, classOfLeader } from './forms/classes.js';
import { DRIVER_FORMS } from './forms/drivers.js';
import { FLOW_FORMS } from './forms/flows.js';
import { STANDING_FORMS } from './forms/standing.js';
import { reworded } from './rewording.js';
import { normalised, type Sentence, sentencesOf } from './sentences.js';

/** Every form, in the order in which they are tried. */
const FORMS: readonly Form[] = [
  ...STANDING_FORMS,
  ...FLOW_FORMS.slice(0, -1),
  ...CLASS_FORMS,
  ...DRIVER_FORMS,
  ...AFTERMATH_FORMS,
  ...FLOW_FORMS.slice(-1),
];

interface ReadClause {
  readonly drafts: readonly Draft[];
  readonly reason: string | null;
}

/** Words that join a clause to what was said before and say nothing themselves. */
const JOINING =
  /^(?:and|but|while|yet|so|also|moreover|however|meanwhile|then|again|overall|notably|still|in short|in the long run)(?:,)? /;

const PARTICLE = /^(?:also|again|clearly|plainly) /;

function stripped(text: string): string {
  let rest = text.replace(/^[,;\s]+|[,;\s]+$/g, '');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(JOINING, '').replace(PARTICLE, '');
  }
  return rest;
}

/** The first form that reads the clause whole; else the most telling reason why none does. */
function readClause(text: string, memory: Memory): ReadClause {
  let reason: string | null = null;
  for (const form of FORMS) {
    const match = form.pattern.exec(text);
    if (match === null) continue;
    const reading = form.read(match.groups ?? {}, memory);
    if (reading === null) continue;
    if ('reason' in reading) reason ??= reading.reason;
    else return { drafts: reading, reason: null };
  }
  return { drafts: [], reason: mostTelling(reason, text) };
}

/** Words that take a sentence back in part or whole: no form may read past them. */
const HEDGES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:if|unless|would|could|may|might|should|perhaps|probably|possibly|arguably|apparently|reportedly|supposedly|allegedly|nearly|almost|doubt|doubtful|seems?|seemed|appears?|appeared|(?:we|i) (?:think|believe)|not clear|unclear)\b/,
    'a condition or an opinion, which no query decides',
  ],
  [
    /\b(?:will|expect|expects|forecast|target|going to)\b/,
    'a forecast, which the data of the past do not decide',
  ],
  [
    /\b(?:not|no|never|nor|neither|hardly|barely|scarcely|rarely|seldom|without|failed to|fails to|fail to|stopped|ceased|far from|except|excluding|contrary to)\b|n't\b/,
    'a negation that no form of the grammar reads, and it is not turned into its opposite',
  ],
];

/** What a form says that misses a sentence before it tells more than a word in the clause. */
const MISSES_BEFORE = /no sentence before it/;

/** Why a clause was not read: the word that takes it back, else what the forms say, else the most likely cause. */
function mostTelling(reason: string | null, text: string): string {
  if (reason !== null && MISSES_BEFORE.test(reason)) return reason;
  return HEDGES.find(([words]) => words.test(text))?.[1] ?? reason ?? whyUnread(text);
}

/** Why a clause that fits no form was not read. */
function whyUnread(text: string): string {
  if (/\b(?:largest|biggest|highest|heaviest|strongest|record)\b/.test(text))
    return "it says 'largest' or 'record' without a span ('in ten years', 'since 2020', 'on record'), or in words that the grammar does not know";
  return 'no form of the grammar reads it (docs/concepts/note-grammar.md)';
}

/** Places where a sentence may fall into two clauses; a strong one holds even if the other half is not read. */
const JOINTS =
  /(?<strong>;\s*|\s+-\s+|,\s+(?=(?:and|but|while|yet|nor)\s)|\s+(?=(?:but|while)\s))|(?:,\s+|\s+(?=(?:and|nor)\s))/g;

const MOST_JOINTS = 16;

interface ReadSentence {
  readonly drafts: readonly Draft[];
  readonly unread: readonly { readonly text: string; readonly reason: string }[];
  readonly memory: Memory;
}

/** What later clauses may point back to once this claim was read. */
function afterClaim(memory: Memory, claim: Claim): Memory {
  switch (claim.measure) {
    case 'side':
    case 'weeks': {
      const low = claim.threshold.direction === 'sold';
      return { ...memory, told: { scope: { ...claim.scope, leg: 'net' }, low, inThisSentence: true } };
    }
    case 'led-by': {
      const { who, led } = claim.threshold;
      return { ...memory, verb: 'led', leader: led ? classOfLeader(who) : memory.leader };
    }
    case 'record': {
      const { span = 'all', extreme } = claim.threshold;
      return { ...memory, scope: claim.scope, low: extreme === 'low', told: null, span };
    }
    default:
      if (claim.scope.leg === undefined) return memory;
      return { ...memory, scope: claim.scope, low: false, told: null };
  }
}

const remember = (memory: Memory, drafts: readonly Draft[]): Memory =>
  drafts.reduce((before, each) => afterClaim(before, each as Claim), memory);

const afterSentence = (memory: Memory): Memory => ({
  ...memory,
  told: memory.told === null ? null : { ...memory.told, inThisSentence: false },
});

/** A clause that leaves its subject to the one before: 'the largest in ten years', 'led by dealers'. */
const SUBJECTLESS =
  /^(?=(?:the |their |its )?(?:[a-z]+-|\d+(?:st|nd|rd|th)[- ])?(?:largest|biggest|highest|heaviest|strongest|greatest|most) |(?:led|driven|explained) by )/;

/** Gives a clause that leaves its subject to the one before a word that points back. */
function withPointer(clause: string): string {
  return clause
    .replace(/^with (?=(?:long|short) )/, 'this ')
    .replace(/^a floor (?=under )/, 'such weeks put a floor ')
    .replace(/^then (?=consolidation|profit[- ]taking)/, 'such weeks are followed by ')
    .replace(SUBJECTLESS, 'it was ');
}

/** Reads a sentence whole, or clause by clause from its longest readable beginning. */
function readSentence(text: string, memory: Memory, depth = 0): ReadSentence {
  const written = stripped(text);
  const clause = depth === 0 ? written : stripped(withPointer(text));
  const whole = readClause(clause, memory);
  if (whole.reason === null)
    return { drafts: whole.drafts, unread: [], memory: remember(memory, whole.drafts) };
  const unread = { drafts: [], unread: [{ text: written, reason: whole.reason }], memory };
  if (depth >= MOST_JOINTS) return unread;
  const joints = [...clause.matchAll(JOINTS)].slice(0, MOST_JOINTS).reverse();
  for (const joint of joints) {
    const left = readClause(stripped(clause.slice(0, joint.index)), memory);
    if (left.reason !== null) continue;
    const right = readSentence(
      clause.slice(joint.index + joint[0].length),
      remember(memory, left.drafts),
      depth + 1,
    );
    if (right.unread.length > 0 && joint.groups?.strong === undefined) continue;
    return { ...right, drafts: [...left.drafts, ...right.drafts] };
  }
  const strong = joints.filter((joint) => joint.groups?.strong !== undefined).at(-1);
  if (strong === undefined) return unread;
  const left = readSentence(clause.slice(0, strong.index), memory, depth + 1);
  const right = readSentence(clause.slice(strong.index + strong[0].length), left.memory, depth + 1);
  if (left.drafts.length + right.drafts.length === 0) return unread;
  return {
    drafts: [...left.drafts, ...right.drafts],
    unread: [...left.unread, ...right.unread],
    memory: right.memory,
  };
}

/** 's3', or 's3a', 's3b' where a sentence makes several claims. */
function idOf(sentence: number, claim: number, of: number): string {
  if (of === 1) return `s${sentence}`;
  return `s${sentence}${claim < 26 ? String.fromCharCode(97 + claim) : `-${claim + 1}`}`;
}

/**
 * Reads a note in plain words, sentence by sentence, by the grammar of docs/concepts/note-grammar.md. A sentence may make
 * several claims; one that no form reads, or a part of one, is listed with the reason and never guessed at.
 */
export function compileNote(text: string): ClaimSet {
  const claims: Claim[] = [];
  const unread: UnreadSentence[] = [];
  let memory = NOTHING_BEFORE;
  sentencesOf(text).forEach((sentence: Sentence, index) => {
    const read = readSentence(reworded(normalised(sentence.text)), memory);
    memory = afterSentence(read.memory);
    read.drafts.forEach((each, i) => {
      const id = idOf(index + 1, i, read.drafts.length);
      claims.push({ id, text: sentence.text, line: sentence.line, ...each } as Claim);
    });
    for (const { text: part, reason } of read.unread)
      unread.push({ text: read.drafts.length === 0 ? sentence.text : part, line: sentence.line, reason });
  });
  return { claims, unread: merged(unread) };
}

/** One entry a sentence that was not read at all, with its first reason. */
function merged(unread: readonly UnreadSentence[]): UnreadSentence[] {
  return unread.filter(
    (each, i) => unread.findIndex(({ text, line }) => text === each.text && line === each.line) === i,
  );
}
