import {
  type Context,
  chartMark,
  recordFigure,
  seriesData,
  seriesField,
  valueFigure,
  weekEvidence,
} from '../context.js';
import { SERIES_EVIDENCE, withReason } from '../figures.js';
import type { Block, ChartBlock, Prose, Section } from '../model.js';
import { joinProse, prose } from '../model.js';
import * as words from '../wording/index.js';

const TITLES = {
  record: 'The record and what it broke',
  'nominal record': 'The nominal record and what it broke',
} as const;

export function recordSection(context: Context): Section {
  const { record } = context.input;
  const title = record.kind === 'none' ? `Where the ${context.period.one} stands` : TITLES[record.kind];
  const blocks: Block[] = [seriesChart(context), { kind: 'facts', items: standingFacts(context) }];
  if (record.sums.length > 0) blocks.push(sumsTable(context));
  return {
    anchor: 'record',
    title,
    short: record.kind === 'none' ? 'Standing' : words.capitalised(record.kind),
    blocks,
  };
}

function brokeFigures(context: Context) {
  const unit = words.rulerUnit(context.input.record.ruler);
  const evidence = weekEvidence(context, context.input.record.broke?.periodEnd ?? null);
  return {
    date: recordFigure(context, 'broke.periodEnd', 'date', evidence),
    value: recordFigure(context, 'broke.value', unit, evidence),
    stood: recordFigure(context, 'broke.stoodWeeks', 'weeks', evidence),
  };
}

function seriesChart(context: Context): ChartBlock {
  const { input } = context;
  const { record } = input;
  const { field, unit } = seriesField(input);
  const data = seriesData(input.series, field);
  const sameScale = unit === words.rulerUnit(record.ruler) && record.ruler !== 'real';
  const earlierDate = (sameScale ? record.broke?.periodEnd : null) ?? record.largestSince;
  const broken = sameScale && record.broke !== null;
  return {
    kind: 'chart',
    title: chartTitle(context),
    description: `${context.period.each} ${words.measureWords(record.measure, record.class)} of ${words.classWords(record.class, record.basis)} in ${words.marketWords(record)}, one stick a ${context.period.one}; ${context.period.many} without data are left blank, and gaps of three or more are shaded.`,
    chart: {
      kind: 'series',
      unit,
      axisLabel: `${words.capitalised(words.measureWords(record.measure, record.class))} a ${context.period.one}`,
      data,
      current: chartMark(data, record.periodEnd, unit, ''),
      earlier: chartMark(data, earlierDate, unit, broken ? 'old high' : 'last as large'),
      broken,
    },
  };
}

/** What happened and how it stands, short of what the headline already says. */
function chartTitle(context: Context): Prose {
  const { record } = context.input;
  const act = actWords(context);
  if (record.value === null || record.rank === null) return prose`${act}, not ranked`;
  if (record.kind === 'none') {
    return prose`${act}, ${recordFigure(context, 'rank', 'rank')} in ${words.rulerWords(record.ruler)} against the ${recordFigure(context, 'n', context.period.unit)} before it`;
  }
  if (record.broke === null) return act;
  const old = brokeFigures(context);
  return prose`${act}, above the old high of ${old.value} that had stood ${old.stood}: ${words.kindWithArticle(record.kind)}`;
}

function actWords(context: Context): Prose {
  const { record } = context.input;
  const value = valueFigure(context);
  const where = `in ${words.marketWords(record)}`;
  const who = words.capitalised(words.classShort(record.class, record.basis));
  if (record.measure === 'net' && record.value !== null && record.value > 0) {
    return prose`${who} bought ${value} net ${where}`;
  }
  const what = words.measureWords(record.measure, record.class);
  return prose`${words.possessive(who)} ${what} ${where} came to ${value}`;
}

function standingFacts(context: Context): { label: string; content: Prose }[] {
  const { record } = context.input;
  const facts: { label: string; content: Prose }[] = [];
  if (record.broke === null) {
    facts.push({ label: 'Old high broken', content: ['none'] });
  } else {
    const old = brokeFigures(context);
    facts.push(
      { label: 'Old high', content: prose`${old.value} in the ${context.period.one} to ${old.date}` },
      { label: 'It had stood', content: [old.stood] },
      { label: 'Margin over the old high', content: withReason(recordFigure(context, 'margin', 'share')) },
    );
  }
  facts.push({ label: 'Largest since', content: largestSince(context) });
  facts.push({ label: 'Ties', content: ties(context) });
  facts.push({
    label: `Coverage of ${words.lookbackWords(record.lookback)}`,
    content: prose`${recordFigure(context, 'coverage', 'share')}: data on ${recordFigure(context, 'n', context.period.unit)}`,
  });
  facts.push({
    label: 'Rank from the smallest',
    content: withReason(recordFigure(context, 'smallest.rank', 'rank')),
  });
  facts.push({
    label: 'Same sign in a row',
    content: prose`${recordFigure(context, 'streak.weeks', context.period.unit)}; ${recordFigure(context, 'streak.sameSignOfLast', 'count')} of the last ${recordFigure(context, 'streak.of', context.period.unit)}`,
  });
  return facts;
}

function largestSince(context: Context): Prose {
  const { record } = context.input;
  if (record.rank === null) return ['not ranked'];
  if (record.largestSince !== null) {
    return prose`the ${context.period.one} to ${recordFigure(context, 'largestSince', 'date', weekEvidence(context, record.largestSince))}`;
  }
  return prose`nothing as large in all history (rank ${recordFigure(context, 'rank', 'rank')} against ${recordFigure(context, 'n', context.period.unit)})`;
}

function ties(context: Context): Prose {
  const { ties: dates } = context.input.record;
  if (dates.length === 0) return ['none'];
  return joinProse(
    dates.map((date, index) => [
      context.book.at(`/record/ties/${index}`, 'date', weekEvidence(context, date)),
    ]),
    ', ',
  );
}

function sumsTable(context: Context): Block {
  const { record } = context.input;
  const unit = words.rulerUnit(record.ruler);
  return {
    kind: 'table',
    caption: [
      `Sums over the ${context.period.many} up to ${record.periodEnd}, against sums of as many ${context.period.many} in ${words.lookbackWords(record.lookback)}. Sums overlap, so no exchangeable p is given for them.`,
    ],
    columns: [
      { label: 'Sum over', numeric: true },
      { label: `Value (${words.rulerWords(record.ruler)})`, numeric: true },
      { label: 'Rank', numeric: true },
      { label: `${words.capitalised(context.period.many)} before`, numeric: true },
      { label: 'Largest since' },
      { label: 'Old high', numeric: true },
      { label: 'Old high ended' },
    ],
    rows: record.sums.map((sum, index) => {
      const at = `/record/sums/${index}`;
      const figure = (field: string, of: Parameters<typeof context.book.at>[1]) =>
        context.book.at(`${at}/${field}`, of, SERIES_EVIDENCE, `too few ${context.period.many} with data`);
      return {
        cells: [
          [figure('periods', context.period.unit)],
          [figure('value', unit)],
          [figure('rank', 'rank')],
          [figure('n', 'count')],
          sum.rank === null
            ? ['–']
            : sum.largestSince === null
              ? ['all history']
              : [figure('largestSince', 'date')],
          sum.broke === null ? ['–'] : [figure('broke/value', unit)],
          sum.broke === null ? ['–'] : [figure('broke/periodEnd', 'date')],
        ],
      };
    }),
  };
}
