import {
  type Context,
  probabilitiesWeakestFirst,
  probabilityFigure,
  recordFigure,
  recordReason,
  weakestProbability,
} from '../context.js';
import { LOOKS_EVIDENCE, SERIES_EVIDENCE, withReason } from '../figures.js';
import type { Block, Figure, Prose, Section } from '../model.js';
import { prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';

const ASSUMPTIONS: Readonly<Record<words.ProbabilityName, string>> = {
  exchangeable: 'rank alone: every order of the periods as likely, no growth, no clustering',
  dependent: 'growth in scale, clustering volatility and dependence, fitted on the earlier periods',
  tail: 'fat tails of the volatility-scaled flow, fitted without this period',
  adjusted: 'dependence and growth, and that this is one of many looks',
};

export function significanceSection(context: Context): Section {
  return {
    anchor: 'significance',
    title: 'Is it significant?',
    short: 'Significance',
    blocks: [
      { kind: 'paragraph', content: weakestSentence(context) },
      probabilityTable(context),
      { kind: 'facts', items: rateFacts(context) },
      windowsTable(context),
    ],
  };
}

function weakestSentence(context: Context): Prose {
  const weakest = weakestProbability(context);
  if (weakest === null) {
    return prose`None of the probabilities is known (${recordReason(context.input.record, 'p.exchangeable')}), so nothing is said of chance.`;
  }
  return prose`The verdict rests on the weakest: p = ${weakest.figure}, ${words.probabilityWords(weakest.name)}. It is one of ${context.book.at('/record/m', 'count', LOOKS_EVIDENCE)} looks in a family declared beforehand, whatever was asked.${floorWords(context)}`;
}

function floorWords({ book, input }: Context): Prose {
  if (input.looks === null) return [' No series has history enough to be tested, so nothing is adjusted.'];
  return prose` With ${book.at('/looks/resamples', 'count', LOOKS_EVIDENCE)} resamples the adjusted p could not have come out below ${book.at('/looks/adjustedFloor', 'probability', LOOKS_EVIDENCE)}.`;
}

function probabilityTable(context: Context): Block {
  return {
    kind: 'table',
    caption: ['How often chance alone would do this, weakest first. A small p speaks against chance.'],
    columns: [{ label: 'Probability' }, { label: 'p', numeric: true }, { label: 'What it allows for' }],
    rows: probabilitiesWeakestFirst(context.input.record).map((name, index) => ({
      emphasis: index === 0 && context.input.record.p[name] !== null,
      cells: [
        [words.capitalised(words.probabilityWords(name))],
        withReason(probabilityFigure(context, name)),
        [ASSUMPTIONS[name]],
      ],
    })),
  };
}

function rateFacts(context: Context): { label: string; content: Prose }[] {
  return [
    {
      label: 'Such a series sets a high by itself in',
      content: prose`${withReason(recordFigure(context, 'recordRate', 'share'))} of ${context.period.many}`,
    },
    { label: 'Return period (tail)', content: returnPeriod(context) },
    { label: 'Family of looks (m)', content: [context.book.at('/record/m', 'count', LOOKS_EVIDENCE)] },
  ];
}

function returnPeriod(context: Context): Prose {
  const { record } = context.input;
  if (record.returnPeriodWeeks === null) return [`not known (${recordReason(record, 'returnPeriodWeeks')})`];
  const figure = (index: number): Figure =>
    context.book.at(
      `/record/returnPeriodWeeks/${index}`,
      'about weeks',
      SERIES_EVIDENCE,
      'the fit gives no bound',
    );
  const [, low, high] = record.returnPeriodWeeks;
  if (high !== null) return prose`about ${figure(0)}; 90 % interval ${withReason(figure(1))} to ${figure(2)}`;
  if (low === null) return ['not known (the fit bounds it on neither side)'];
  return prose`more than ${figure(1)}, the lower end of its 90 % interval; ${recordFigure(context, 'n', context.period.unit)} of data give no upper one`;
}

function windowsTable(context: Context): Block {
  const { record } = context.input;
  return {
    kind: 'table',
    caption: [
      `Windows disagree, so all are shown: the ${context.period.one} in ${words.rulerWords(record.ruler)} against the ${context.period.many} before it.`,
    ],
    columns: [
      { label: 'Look-back' },
      { label: words.capitalised(context.period.many), numeric: true },
      { label: 'z, standard deviations', numeric: true },
      { label: 'Percentile', numeric: true },
    ],
    rows: record.windows.map((window, index) => {
      const at = `/record/windows/${index}`;
      const reason = record.reasons.windows ?? `too few ${context.period.many} with data`;
      return {
        emphasis: window.lookback === record.lookback,
        cells: [
          [words.capitalised(words.lookbackWords(window.lookback))],
          [context.book.at(`${at}/n`, 'count', SERIES_EVIDENCE)],
          [withoutUnit(context.book.at(`${at}/z`, 'standard deviations', SERIES_EVIDENCE, reason))],
          [context.book.at(`${at}/percentile`, 'share', SERIES_EVIDENCE, reason)],
        ],
      };
    }),
  };
}
