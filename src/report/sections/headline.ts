import type { Context } from '../context.js';
import { headlineFlow, otherRulerCells, recordFigure, valueFigure, weakestProbability } from '../context.js';
import { SERIES_EVIDENCE, withReason } from '../figures.js';
import type { Block, Figure, Prose, Section } from '../model.js';
import { joinProse, prose } from '../model.js';
import * as words from '../wording.js';

/** 'Asset managers' net buying in NASDAQ-100 Consolidated futures (a proxy for technology)'. */
export function subjectWords({ input: { record } }: Context): string {
  const who = words.capitalised(words.possessive(words.classWords(record.class)));
  const what = words.measureWords(record.measure, record.class, record.value);
  return `${who} ${what} in ${words.marketWords(record)}`;
}

/** Who, what, how much, which week, what kind of record, the verdict and the weakest figure: one paragraph. */
export function headlineSentence(context: Context): Prose {
  const { record } = context.input;
  const week = recordFigure(context, 'periodEnd', 'date');
  const amount = prose`${subjectWords(context)} came to ${withReason(valueFigure(context))} in the week to ${week}: `;
  return [...amount, ...standing(context), '. ', ...verdictSentence(context, record.verdict)];
}

/** Rank and kind, never one without the other. */
export function standing(context: Context): Prose {
  const { record } = context.input;
  const ruler = words.rulerWords(record.ruler);
  if (record.rank === null) {
    return prose`not ranked (${recordFigure(context, 'rank', 'rank').reason ?? 'no reason given'})`;
  }
  const against = prose`against ${weeksBefore(context)}`;
  if (record.kind === 'none') {
    return prose`${rankWords(context)} in ${ruler} ${against}, no record`;
  }
  const others = otherRanks(context);
  const first = prose`${rankWords(context)} in ${ruler} ${against}`;
  if (record.kind === 'nominal record') return prose`${first}, but a nominal record: ${others}`;
  return prose`${first}, a record: ${others}`;
}

function rankWords(context: Context): Prose {
  const rank = recordFigure(context, 'rank', 'rank');
  if (rank.value !== 1) return prose`${rank} largest`;
  return context.input.record.ties.length > 0
    ? prose`tied for the largest (rank ${rank})`
    : prose`the largest (rank ${rank})`;
}

/** 'the 522 weeks before it (10 years)', with the coverage where it is short. */
export function weeksBefore(context: Context): Prose {
  const { record } = context.input;
  const n = recordFigure(context, 'n', 'weeks');
  const span = words.lookbackWords(record.lookback);
  if (record.coverage >= 0.95) return prose`the ${n} before it (${span})`;
  const coverage = recordFigure(context, 'coverage', 'share');
  return prose`the ${n} with data before it (${coverage} of the weeks of ${span})`;
}

function otherRanks(context: Context): Prose {
  const cells = otherRulerCells(context.input.record);
  if (cells.length === 0) return ['no other ruler is known for this leg and look-back'];
  return joinProse(
    cells.map(({ cell, index }) => {
      const rank = context.book.at(`/record/rulers/table/${index}/rank`, 'rank', SERIES_EVIDENCE);
      return prose`${rank} in ${words.rulerWords(cell.ruler)}`;
    }),
    ', ',
  );
}

function verdictSentence(context: Context, verdict: string): Prose {
  const weakest = weakestProbability(context);
  const badge = recordFigure(context, 'verdict', 'text');
  const figure =
    weakest === null
      ? prose`no probability is known (${context.input.record.reasons.p ?? context.input.record.reasons.exchangeable ?? 'see significance'})`
      : prose`the weakest of its probabilities is p = ${weakest.figure} (${words.probabilityWords(weakest.name)}${familySize(context, weakest.name)})`;
  void verdict;
  return prose`Verdict: ${{ kind: 'strong', content: [badge] }}; ${figure}.`;
}

function familySize(context: Context, name: words.ProbabilityName): Prose {
  if (name !== 'adjusted') return [];
  return prose`, ${context.book.at('/record/m', 'count', { anchor: 'looks', sources: null })} looks`;
}

export function headlineSection(context: Context): Section {
  const { record } = context.input;
  const blocks: Block[] = [
    { kind: 'paragraph', content: headlineSentence(context), lead: true },
    { kind: 'facts', items: keyFacts(context) },
    {
      kind: 'paragraph',
      content: [
        `${words.capitalised(record.verdict)} means: ${words.verdictMeaning(record.verdict)}. `,
        words.measureDefinition(record.measure, record.class),
        record.basis === 'cot' ? ` ${words.LOWER_BOUND}` : '',
      ],
    },
  ];
  if (context.input.notes.length > 0) {
    blocks.push(...context.input.notes.map((note): Block => ({ kind: 'note', content: [note] })));
  }
  return { anchor: 'headline', title: 'In one sentence', short: 'Headline', blocks };
}

function keyFacts(context: Context): { label: string; content: Prose }[] {
  const { record } = context.input;
  const { book } = context;
  const weakest = weakestProbability(context);
  const what = words.measureWords(record.measure, record.class, record.value);
  const facts = [
    { label: words.capitalised(what), content: [valueFigure(context)] as Prose },
    {
      label: `Rank in ${words.rulerWords(record.ruler)}, ${words.lookbackWords(record.lookback)}`,
      content: prose`${recordFigure(context, 'rank', 'rank')} against ${recordFigure(context, 'n', 'weeks')}`,
    },
    {
      label: 'A record under',
      content: prose`${rulersAgree(context)} of ${rulersOf(context)} rulers`,
    },
    {
      label: weakest === null ? 'Probability' : `Weakest p (${words.probabilityWords(weakest.name)})`,
      content: weakest === null ? ['not known'] : [weakest.figure],
    },
    {
      label: 'Checks',
      content: joinProse(
        (['pass', 'fail', 'unknown'] as const).map(
          (verdict) =>
            prose`${book.count('/record/checks', record.checks, `verdict=${verdict}`, (c) => c.verdict === verdict, { anchor: 'checks', sources: null })} ${verdict}`,
        ),
        ', ',
      ),
    },
  ];
  const flow = headlineFlow(context.input);
  if (flow !== null && record.ruler !== 'contracts') {
    facts.splice(1, 0, {
      label: 'Net, in today’s contracts',
      content: [
        book.at(
          `/flowsOfWeek/${flow.index}/contracts`,
          'contracts',
          book.rows('rows-record', 'The headline', record.sources),
          flow.row.reasons.contracts,
        ),
      ],
    });
  }
  return facts;
}

export function rulersAgree({ book }: Context): Figure {
  return book.at('/record/rulers/agree', 'count', { anchor: 'rulers', sources: null });
}

export function rulersOf({ book }: Context): Figure {
  return book.at('/record/rulers/of', 'count', { anchor: 'rulers', sources: null });
}
