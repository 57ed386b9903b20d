import type { Ruler } from '../../core/index.js';
import type { Context } from '../context.js';
import {
  otherRulerCells,
  recordEvidence,
  recordFigure,
  recordReason,
  valueFigure,
  weakestProbability,
  weekEvidence,
} from '../context.js';
import { LOOKS_EVIDENCE, SERIES_EVIDENCE, withReason } from '../figures.js';
import type { Block, Evidence, Prose, Section } from '../model.js';
import { joinProse, prose } from '../model.js';
import * as words from '../wording/index.js';

const RULERS_EVIDENCE: Evidence = { anchor: 'rulers', sources: null };
const CHECKS_EVIDENCE: Evidence = { anchor: 'checks', sources: null };

/** 'Asset managers' net buying in NASDAQ-100 Consolidated futures (a proxy for technology)'. */
export function subjectWords({ input: { record } }: Context): string {
  const who = words.capitalised(words.possessive(words.classShort(record.class, record.basis)));
  const what = words.measureWords(record.measure, record.class, record.value);
  return `${who} ${what} in ${words.marketWords(record)}`;
}

/** Who, what, how much, which week, what kind of record, the verdict and the weakest figure. */
function headlineSentence(context: Context): Prose {
  const week = recordFigure(context, 'periodEnd', 'date');
  const value = valueFigure(context);
  const amount =
    value.value === null
      ? prose`${subjectWords(context)} is ${withReason(value)} for the ${context.period.one} to ${week}: `
      : prose`${subjectWords(context)} came to ${value} in the ${context.period.one} to ${week}: `;
  return [...amount, ...standing(context), '. ', ...verdictSentence(context)];
}

/** Rank, the weeks it is against, and the kind: never one without the others. */
function standing(context: Context): Prose {
  const { record } = context.input;
  if (record.rank === null) return prose`not ranked (${recordReason(record, 'rank')})`;
  const rank = recordFigure(context, 'rank', 'rank');
  const place = prose`${rank} in ${words.rulerWords(record.ruler)}, ${comparison(context)}`;
  if (record.kind === 'none') return prose`${place}: no record`;
  const kind = record.kind === 'nominal record' ? ', but a nominal record: ' : ', a record: ';
  return prose`${place}${kind}${otherRanks(context)}`;
}

function comparison(context: Context): Prose {
  const { record } = context.input;
  if (record.rank !== 1) return prose`against ${periodsBefore(context)}`;
  if (record.ties.length === 0) return prose`larger than each of ${periodsBefore(context)}`;
  const tied = record.ties.map(
    (date, index): Prose => [context.book.at(`/record/ties/${index}`, 'date', weekEvidence(context, date))],
  );
  return prose`tied with the ${context.period.many} to ${joinProse(tied, ', ')} among ${periodsBefore(context)}`;
}

/** 'the 522 weeks before it (10 years)', with the coverage where it is short. */
function periodsBefore(context: Context): Prose {
  const { record } = context.input;
  const { unit, many } = context.period;
  const n = recordFigure(context, 'n', unit);
  const span = words.lookbackWords(record.lookback);
  if (record.coverage >= 0.95) return prose`the ${n} before it (${span})`;
  const coverage = recordFigure(context, 'coverage', 'share');
  const expected = context.book.expectedPeriods(record.lookback, unit, SERIES_EVIDENCE);
  if (expected === null) return prose`the ${n} with data before it (${span}; ${coverage} of the ${many})`;
  return prose`the ${many} before it, on ${n} of ${expected} with data (${span}; ${coverage})`;
}

/** The rulers that can take a record away come first. */
const DECIDING_FIRST: readonly Ruler[] = ['volScaled', 'pctOi', 'pctAdv', 'bpsCap', 'contracts', 'dollars'];

function otherRanks(context: Context): Prose {
  const cells = otherRulerCells(context.input.record);
  const ranked = DECIDING_FIRST.flatMap((ruler) => cells.filter(({ cell }) => cell.ruler === ruler));
  if (ranked.length === 0) return ['no other ruler is known for this leg and look-back'];
  return joinProse(
    ranked.map(({ cell, index }) => {
      const rank = context.book.at(`/record/rulers/table/${index}/rank`, 'rank', SERIES_EVIDENCE);
      return prose`${rank} in ${words.rulerWords(cell.ruler)}`;
    }),
    ', ',
  );
}

function verdictSentence(context: Context): Prose {
  const { record } = context.input;
  const verdict = recordFigure(context, 'verdict', 'text', CHECKS_EVIDENCE);
  const failed = record.checks.filter((check) => check.verdict === 'fail').map((check) => check.name);
  const fails =
    failed.length === 0 ? '' : ` (${words.listWords(failed)} ${failed.length === 1 ? 'fails' : 'fail'})`;
  return prose`Verdict: ${{ kind: 'strong', content: [verdict] }}${fails}. ${weakestWords(context)}.`;
}

function weakestWords(context: Context): Prose {
  const weakest = weakestProbability(context);
  if (weakest === null) {
    return [`No probability is known (${recordReason(context.input.record, 'p.exchangeable')})`];
  }
  if (weakest.name !== 'adjusted') {
    return prose`Weakest figure: p = ${weakest.figure}, ${words.probabilityWords(weakest.name)}`;
  }
  const looks = context.book.at('/record/m', 'count', LOOKS_EVIDENCE);
  return prose`Weakest figure: p = ${weakest.figure}, adjusted for ${looks} looks`;
}

export function headlineSection(context: Context): Section {
  const { record } = context.input;
  const meaning = [
    `${words.capitalised(record.verdict)} means: ${words.verdictMeaning(record.verdict)}.`,
    words.measureDefinition(record.measure, record.class, record.basis),
    words.basisLimit(record.basis) ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');
  const blocks: Block[] = [
    { kind: 'paragraph', content: headlineSentence(context), lead: true },
    { kind: 'facts', items: keyFacts(context) },
    { kind: 'paragraph', content: [meaning] },
  ];
  return { anchor: 'headline', title: 'The finding', short: 'Finding', blocks };
}

function keyFacts(context: Context): { label: string; content: Prose }[] {
  const { record } = context.input;
  const { book } = context;
  const weakest = weakestProbability(context);
  const what = words.measureWords(record.measure, record.class, record.value);
  const rank = recordFigure(context, 'rank', 'rank');
  return [
    { label: words.capitalised(what), content: [valueFigure(context)] },
    ...contractsFact(context),
    {
      label: `Rank in ${words.rulerWords(record.ruler)}, ${words.lookbackWords(record.lookback)}`,
      content:
        record.rank === null
          ? [rank]
          : prose`${rank} against ${recordFigure(context, 'n', context.period.unit)}`,
    },
    {
      label: 'A record under',
      content: prose`${book.at('/record/rulers/agree', 'count', RULERS_EVIDENCE)} of ${book.at('/record/rulers/of', 'count', RULERS_EVIDENCE)} rulers`,
    },
    {
      label: weakest === null ? 'Weakest p' : `Weakest p, ${words.probabilityWords(weakest.name)}`,
      content: weakest === null ? ['not known'] : [weakest.figure],
    },
    { label: 'Seven checks', content: checkCounts(context) },
  ];
}

function contractsFact(context: Context): { label: string; content: Prose }[] {
  const { record } = context.input;
  if (record.ruler === 'contracts') return [];
  const index = record.rulers.table.findIndex(
    (cell) => cell.ruler === 'contracts' && cell.measure === record.measure && cell.value !== null,
  );
  if (index < 0) return [];
  const figure = context.book.at(`/record/rulers/table/${index}/value`, 'contracts', recordEvidence(context));
  return [{ label: 'In today’s contracts', content: [figure] }];
}

function checkCounts({ book, input }: Context): Prose {
  return joinProse(
    (['pass', 'fail', 'unknown'] as const).map((verdict) => {
      const passes = (check: { verdict: string }): boolean => check.verdict === verdict;
      return prose`${book.count('/record/checks', input.record.checks, `verdict=${verdict}`, passes, CHECKS_EVIDENCE)} ${verdict}`;
    }),
    ', ',
  );
}
