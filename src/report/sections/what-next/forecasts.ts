import type { ForecastRow, ForecastScoreRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import { type Block, type Figure, type Prose, prose, type TableBlock, type Unit } from '../../model.js';
import * as words from '../../wording/index.js';
import type { Placed } from '../study-rows.js';
import { AFTERMATH_EVIDENCE, at, rowsOf } from './rows.js';

const FORECAST_COLUMNS = [
  { label: 'Probability', field: 'probability' },
  { label: 'Low', field: 'low' },
  { label: 'High', field: 'high' },
  { label: 'Came', field: 'actual' },
] as const;

function forecastCell(context: Context, one: Placed<ForecastRow>, field: keyof ForecastRow): Prose {
  const { row } = one;
  const isOfKind = (field === 'probability') === (row.probability !== null);
  if (field !== 'actual' && !isOfKind) return ['–'];
  const unit = field === 'probability' ? 'share' : forecastUnit(row);
  const reason = 'it is not due yet';
  return [context.book.at(`/aftermath/rows/${one.index}/${field}`, unit, AFTERMATH_EVIDENCE, reason)];
}

export function forecastBlocks(context: Context): Block[] {
  const rows = rowsOf(context, 'forecast');
  const [score] = rowsOf(context, 'forecast-score');
  if (rows.length === 0 && score === undefined) return [];
  const [interval] = rows.filter(({ row }) => row.level !== null);
  const level =
    interval === undefined ? prose`` : prose` Intervals are of ${at(context, interval, 'level', 'share')}.`;
  const table: TableBlock = {
    kind: 'table',
    caption: prose`What such weeks and weeks alike would have one expect, said before the fact.${level}`,
    columns: [
      { label: 'Statement' },
      ...FORECAST_COLUMNS.map(({ label }) => ({ label, numeric: true })),
      { label: 'Due' },
    ],
    rows: rows.map((one) => ({
      cells: [
        [words.sentence(one.row.statement)],
        ...FORECAST_COLUMNS.map(({ field }) => forecastCell(context, one, field)),
        [at(context, one, 'dueDate', 'date')],
      ],
    })),
  };
  return [
    { kind: 'heading', text: 'Forecasts, and how earlier ones did' },
    ...(rows.length === 0 ? [] : [table]),
    {
      kind: 'paragraph',
      content: score === undefined ? ['No forecast has been scored yet.'] : scoreWords(context, score),
    },
  ];
}

const forecastUnit = ({ outcome }: ForecastRow): Unit =>
  outcome === 'volatility-ratio' ? 'index' : outcome === 'profit-taking' ? 'USD' : 'share';

function scoreWords(context: Context, score: Placed<ForecastScoreRow>): Prose {
  const { row } = score;
  const figure = (field: string, unit: Unit): Figure => at(context, score, field, unit);
  const due = prose`Of ${figure('made', 'count')} forecasts made, ${figure('due', 'count')} are due.`;
  if (row.due === 0) return prose`${due} Nothing can be said yet of how good they are.`;
  const brier =
    row.brier === null
      ? prose``
      : prose` Brier score ${figure('brier', 'index')}, against ${figure('brierOfBaseRate', 'index')} of always saying the base rate.`;
  const coverage =
    row.coverage === null
      ? prose``
      : prose` Intervals of ${figure('level', 'share')} held ${figure('coverage', 'share')} (${figure('coverageLow', 'share')} to ${figure('coverageHigh', 'share')}).`;
  return prose`${due}${brier}${coverage}`;
}
