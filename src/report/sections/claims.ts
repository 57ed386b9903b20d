import {
  CLAIM_VERDICTS,
  type ClaimRow,
  type ClaimsAnswerRow,
  type ClaimVerdict,
  type ReportClaims,
  type ReportInput,
  type SourceRef,
  type UnreadRow,
} from '../../core/index.js';
import type { Context } from '../context.js';
import { SERIES_EVIDENCE, STORE_EVIDENCE } from '../figures.js';
import type { Block, Evidence, Finding, Prose, Section, Tone, Unit } from '../model.js';
import { joinProse, prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';
import { claimUnit } from './claim-units.js';
import type { Placed } from './study-rows.js';

const CLAIMS_EVIDENCE: Evidence = { anchor: 'claims', sources: null };

/** Verdicts by mark; the word stands beside it. */
const CLAIM_TONES: Readonly<Record<ClaimVerdict, Tone>> = {
  supported: 'pass',
  'weakly supported': 'mixed',
  'not distinguishable from chance': 'chance',
  contradicted: 'fail',
  'not measurable': 'insufficient',
};

export const claimAnchor = (index: number): string => `claim-${index + 1}`;

const isClaim = (row: ClaimsAnswerRow): row is ClaimRow => row.kind !== 'unread';

/** Claims with their place in the input. */
export function claimRows(input: ReportInput): readonly Placed<ClaimRow>[] {
  return (input.claims?.rows ?? []).flatMap((row, index) => (isClaim(row) ? [{ row, index }] : []));
}

/** The note, sentence by sentence; null where none was checked. */
export function claimsSection(context: Context): Section | null {
  const { claims } = context.input;
  if (claims === undefined) return null;
  const blocks = claims.reason === null ? noteBlocks(context, claims) : [absent(claims.reason)];
  return { anchor: 'claims', title: 'The note, sentence by sentence', short: 'The note', blocks };
}

const absent = (reason: string): Block => ({
  kind: 'paragraph',
  content: [`The sentences of the note were not checked: ${reason}.`],
});

function noteBlocks(context: Context, claims: ReportClaims): Block[] {
  const unread = claims.rows.filter((row): row is UnreadRow => !isClaim(row));
  return [
    { kind: 'paragraph', content: tally(context, claims), lead: true },
    { kind: 'list', items: sentences(context).map(marked) },
    { kind: 'heading', text: 'Each statement, and what the data say' },
    ...sentences(context).flatMap((sentence) => sentenceBlocks(context, sentence)),
    ...(unread.length === 0
      ? []
      : [
          { kind: 'heading', text: 'Sentences that could not be read' } as const,
          { kind: 'list', items: unread.map(({ text, reason }) => [`“${text}” – ${reason}`]) } as const,
        ]),
    ...commandsBlock(context),
    ...claims.notes.slice(0, 2).map((note): Block => ({ kind: 'note', content: [note] })),
  ];
}

/** The commands whose answers hold the figures, once each. */
function commandsBlock({ input }: Context): Block[] {
  const commands = new Set(claimRows(input).flatMap(({ row }) => row.evidence.map(({ command }) => command)));
  if (commands.size === 0) return [];
  const items = [...commands].map((text): Prose => [{ kind: 'code', text }]);
  return [
    {
      kind: 'details',
      summary: 'The commands that answer the same, with every row behind the figures',
      blocks: [{ kind: 'list', items }],
    },
  ];
}

/** A sentence of the note with the claims that it makes. */
interface Sentence {
  readonly text: string;
  readonly claims: readonly Placed<ClaimRow>[];
}

function sentences({ input }: Context): readonly Sentence[] {
  const byText = new Map<string, Placed<ClaimRow>[]>();
  for (const one of claimRows(input)) byText.set(one.row.text, [...(byText.get(one.row.text) ?? []), one]);
  return [...byText].map(([text, claims]) => ({ text, claims }));
}

/** The sentence with a mark for each verdict of its claims, equal ones once. */
function marked({ text, claims }: Sentence): Prose {
  const verdicts = CLAIM_VERDICTS.filter((verdict) => claims.some(({ row }) => row.verdict === verdict));
  const badges = verdicts.map((verdict): Prose => {
    const of = claims.filter(({ row }) => row.verdict === verdict);
    const what =
      claims.length === 1 ? '' : `${words.listWords([...new Set(of.map(({ row }) => subjectWords(row)))])} `;
    return prose`${what}${{ kind: 'badge', tone: CLAIM_TONES[verdict], text: verdict }}`;
  });
  return prose`${text} ${joinProse(badges, ', ')}`;
}

/** A sentence of one claim is the claim's name; one of several stands above them. */
function sentenceBlocks(context: Context, { text, claims }: Sentence): Block[] {
  const items = claims.map((one) =>
    finding(context, one, claims.length === 1 ? text : words.capitalised(subjectWords(one.row))),
  );
  const findings: Block = { kind: 'findings', wide: true, items };
  return claims.length === 1 ? [findings] : [{ kind: 'heading', text }, findings];
}

const MEASURE_WORDS: Readonly<Record<string, string>> = {
  record: 'size',
  significance: 'chance',
  'led-by': 'who led',
  unison: 'together',
  driver: 'driver',
  policy: 'state of policy',
  'rate-sensitivity': 'sensitivity to rates',
  floor: 'floor',
  'follow-through': 'who follows',
  loop: 'loop',
  trend: 'trend',
};

/** What a claim is about; of reports from before claims said so, what it asks, in a word or two. */
export const subjectWords = ({ subject, measure }: ClaimRow): string =>
  subject ?? MEASURE_WORDS[measure] ?? words.fieldWords(measure);

/** 'Of 16 statements of the note, 2 are supported, ...'. */
function tally({ book }: Context, { rows, note }: ReportClaims): Prose {
  const all = book.count('/claims/rows', rows, 'kind=claim', isClaim, CLAIMS_EVIDENCE);
  const parts = CLAIM_VERDICTS.flatMap((verdict): Prose[] => {
    const passes = (row: ClaimsAnswerRow): boolean => isClaim(row) && row.verdict === verdict;
    if (!rows.some(passes)) return [];
    const figure = book.count('/claims/rows', rows, `verdict=${verdict}`, passes, CLAIMS_EVIDENCE);
    return [prose`${figure} ${verdict}`];
  });
  return prose`Of ${all} statements of the ${note}: ${joinProse(parts, ', ')}.`;
}

/** The part of the report that a measure is taken from, where no rows stand behind the claim itself. */
const PARTS: Readonly<Record<string, keyof ReportInput | 'record'>> = {
  'led-by': 'buyers',
  unison: 'unison',
  driver: 'drivers',
  policy: 'drivers',
  'rate-sensitivity': 'drivers',
  floor: 'aftermath',
  'follow-through': 'aftermath',
  loop: 'aftermath',
  consolidation: 'aftermath',
  'profit-taking': 'aftermath',
  return: 'aftermath',
  volatility: 'aftermath',
};

const ANCHORS: Readonly<Partial<Record<keyof ReportInput, string>>> = {
  record: 'record',
  buyers: 'who-bought',
  unison: 'together',
  drivers: 'why-now',
  aftermath: 'what-next',
};

/** Of each file the first row alone; every row is what the claim's command answers. */
function rowsBehind({ evidence }: ClaimRow): SourceRef[] {
  const first = new Map<string, SourceRef>();
  for (const ref of evidence.flatMap(({ sources }) => sources)) {
    const key = `${ref.fileSha256} ${ref.fileName}`;
    if ((first.get(key)?.rowNumber ?? Number.POSITIVE_INFINITY) > ref.rowNumber) first.set(key, ref);
  }
  return [...first.values()];
}

function evidenceOf({ book, input }: Context, row: ClaimRow, index: number): Evidence {
  const sources = rowsBehind(row);
  if (sources.length > 0) return book.rows(`rows-${claimAnchor(index)}`, `Statement ${row.id}`, sources);
  const part = PARTS[row.measure] ?? 'record';
  const anchor = ANCHORS[part];
  if (part === 'record' || anchor === undefined) return SERIES_EVIDENCE;
  return input[part] === undefined ? STORE_EVIDENCE : { anchor, sources: null };
}

function finding(context: Context, { row, index }: Placed<ClaimRow>, name: string): Finding {
  return {
    tone: CLAIM_TONES[row.verdict],
    verdict: row.verdict,
    name,
    question: '',
    explanation: row.explanation,
    anchor: claimAnchor(index),
    figures: effectFigures(context, row, index),
    remark: `Would change it: ${row.wouldChange.replace(/[.!?]?$/, '.')}`,
  };
}

/** The figure with its interval, how many values it rests on, and how many looks it is adjusted for. */
function effectFigures(context: Context, row: ClaimRow, index: number): Finding['figures'] {
  const evidence = evidenceOf(context, row, index);
  const at = (field: string, unit: Unit) =>
    context.book.at(`/claims/rows/${index}/${field}`, unit, evidence, 'see above');
  const found = [];
  if (row.effect !== null) {
    const { unit, label } = claimUnit(row.effectUnit);
    const interval: Prose =
      row.interval === null
        ? []
        : prose` (${withoutUnit(at('interval/0', unit))} to ${withoutUnit(at('interval/1', unit))})`;
    found.push({ label: words.capitalised(label), content: prose`${at('effect', unit)}${interval}` });
  }
  if (row.n !== null) found.push({ label: 'Values it rests on', content: [at('n', 'count')] });
  if (row.m !== null) found.push({ label: 'Looks', content: [at('m', 'count')] });
  return found;
}
