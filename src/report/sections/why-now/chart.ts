import type { CoefficientRow, DriverModelRow, DriverRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import { formatValue, withoutUnitWord } from '../../format.js';
import type { Block, IntervalsChartSpec, Unit } from '../../model.js';
import * as words from '../../wording/index.js';
import type { Placed } from '../study-rows.js';
import { DRIVER_WORDS, rowsOf, VOLATILITY } from './rows.js';

type Panel = IntervalsChartSpec['panels'][number];

type Bar = Panel['rows'][number];

function textOf(value: number, low: number | null, high: number | null, unit: Unit): string {
  const print = (figure: number): string => withoutUnitWord(formatValue(figure, unit));
  return low === null || high === null ? print(value) : `${print(value)} (${print(low)} to ${print(high)})`;
}

const partBar = ({ row }: Placed<DriverRow>): Bar => ({
  label: DRIVER_WORDS[row.driver],
  value: row.contribution,
  low: row.contributionLow,
  high: row.contributionHigh,
  text:
    row.contribution === null
      ? 'not known'
      : textOf(row.contribution, row.contributionLow, row.contributionHigh, VOLATILITY),
  kind: row.verdict === 'for' || row.verdict === 'against' ? 'shown' : 'not shown',
});

const CONTROL_WORDS: Readonly<Record<string, string>> = {
  'market-return': 'The market’s return',
  'lagged-flow': 'The flow of the period before',
};

const controlBar = ({ row }: Placed<CoefficientRow>): Bar => ({
  label: CONTROL_WORDS[row.factor] ?? words.fieldWords(row.factor),
  value: row.contribution,
  low: null,
  high: null,
  text: row.contribution === null ? 'not known' : textOf(row.contribution, null, null, VOLATILITY),
  kind: 'not shown',
});

function totalBar(label: string, value: number | null): Bar {
  const text = value === null ? 'not known' : textOf(value, null, null, VOLATILITY);
  return { label, value, low: null, high: null, text, kind: 'total' };
}

const shareBar = ({ row }: Placed<DriverRow>): Bar => ({
  label: DRIVER_WORDS[row.driver],
  value: row.r2Share,
  low: row.r2ShareLow,
  high: row.r2ShareHigh,
  text: row.r2Share === null ? 'not known' : textOf(row.r2Share, row.r2ShareLow, row.r2ShareHigh, 'share'),
  kind: 'not shown',
});

/** Left the parts of this week, which add up to its flow less the usual; right the Shapley shares over all weeks. */
export function chart(
  context: Context,
  { row }: Placed<DriverModelRow>,
  drivers: readonly Placed<DriverRow>[],
): Block[] {
  if (row.r2 === null) return [];
  const controls = rowsOf(context, 'coefficient').filter((one) => one.row.driver === 'control');
  return [
    {
      kind: 'chart',
      title: [`What each driver has to do with the ${context.period.one}, and with all of them`],
      description: `Left, the part of each driver in the flow of this ${context.period.one}, with its 95 % interval, beside the controls, what is left and the flow itself. Right, the share of the variance over all ${context.period.many} that each driver explains, with its bootstrap band.`,
      chart: {
        kind: 'intervals',
        panels: [
          {
            title: `Parts of this ${context.period.one}’s flow`,
            axisLabel: 'times own volatility; whisker = 95 % interval',
            unit: VOLATILITY,
            rows: [
              ...drivers.map(partBar),
              ...controls.map(controlBar),
              totalBar('Left unexplained', row.residual),
              totalBar('The flow itself', row.actual),
            ],
          },
          {
            title: `Share of the variance over all ${context.period.many} (Shapley)`,
            axisLabel: 'percent; whisker = 95 % bootstrap band',
            unit: 'share',
            rows: [
              ...drivers.map(shareBar),
              {
                label: 'All drivers and controls',
                value: row.r2,
                low: null,
                high: null,
                text: textOf(row.r2, null, null, 'share'),
                kind: 'total',
              },
            ],
          },
        ],
      },
    },
  ];
}
