import type { RecordAnswerRow } from '../app/index.js';
import { type GridCell, investorWords, RULERS, type Ruler } from '../core/index.js';
import { cellText, count, dollars, fixed, percent, tableOf } from './table.js';

const DIGITS_OF_P = 2;

function valueText(ruler: Ruler, value: number | null): string | null {
  if (ruler === 'dollars' || ruler === 'real') return dollars(value);
  if (ruler === 'contracts') return count(value);
  if (ruler === 'volScaled') return fixed(value, 2);
  return percent(value, 2);
}

const p = (value: number | null): string => (value === null ? 'not known' : value.toPrecision(DIGITS_OF_P));

const periodWord = (row: RecordAnswerRow): 'week' | 'quarter' => (row.basis === '13f' ? 'quarter' : 'week');

function headline(row: RecordAnswerRow): string {
  const proxy = row.sectorIsProxy ? ` (a proxy for ${row.sector})` : '';
  const rank = row.rank === null ? 'unranked' : `rank ${row.rank} of ${row.n + 1} ${periodWord(row)}s`;
  const kind = row.kind === 'none' ? 'no record' : `a ${row.kind}`;
  const who = investorWords(row.class);
  return `${row.contractName}${proxy}, ${who}, ${row.measure}, ${periodWord(row)} to ${row.periodEnd}: ${valueText(row.ruler, row.value) ?? 'not known'}, ${rank}, ${kind} over ${row.lookback}; verdict: ${row.verdict}`;
}

function gridText(row: RecordAnswerRow): string {
  const cells = row.rulers.table.filter((cell) => cell.measure === row.measure);
  const at = (ruler: Ruler, lookback: string): GridCell | undefined =>
    cells.find((cell) => cell.ruler === ruler && cell.lookback === lookback);
  const rankText = (cell: GridCell | undefined): string =>
    cell?.rank == null ? '-' : `${cell.rank} of ${(cell.n ?? 0) + 1}${cell.isRecord ? ' *' : ''}`;
  return tableOf(RULERS, [
    { header: 'scale', value: (ruler) => ruler, align: 'left' },
    { header: 'value', value: (ruler) => valueText(ruler, at(ruler, row.lookback)?.value ?? null) },
    ...(['1y', '3y', '5y', '10y', 'all'] as const).map((lookback) => ({
      header: `rank ${lookback}`,
      value: (ruler: Ruler) => rankText(at(ruler, lookback)),
    })),
    { header: 'why not known', value: (ruler) => at(ruler, row.lookback)?.reason ?? '', align: 'left' },
  ]);
}

function brokeText(row: RecordAnswerRow): string {
  if (row.broke === null) return row.largestSince === null ? '' : `largest since ${row.largestSince}\n`;
  const { periodEnd, value, stoodWeeks } = row.broke;
  return `broke ${valueText(row.ruler, value)} of ${periodEnd}, which stood ${stoodWeeks} weeks; margin ${percent(row.margin) ?? 'not known'}\n`;
}

/** Two digits of it, which is more than its interval holds; without an upper bound the lower one alone. */
function returnPeriodText({ returnPeriodWeeks, n }: RecordAnswerRow): string {
  if (returnPeriodWeeks === null) return '';
  const [estimate, low, high] = returnPeriodWeeks.map((weeks) =>
    weeks === null ? null : count(Number(weeks.toPrecision(2))),
  );
  if (high !== null)
    return `return period about ${estimate} weeks, 90 % interval ${cellText(low)} to ${high}\n`;
  return `return period not known${low === null ? '' : `: more than ${low} weeks (90 % interval)`}; ${n} periods of data give no upper bound\n`;
}

/** A record row as text: what it is, on which scales, how likely by chance, and the seven checks. */
export function recordDetails(row: RecordAnswerRow): string {
  const checks = tableOf(row.checks, [
    { header: 'check', value: (check) => check.name, align: 'left' },
    { header: 'verdict', value: (check) => check.verdict, align: 'left' },
    { header: 'why', value: (check) => check.explanation, align: 'left' },
  ]);
  return [
    `\n${headline(row)}\n`,
    brokeText(row),
    `a record under ${row.rulers.agree} of ${row.rulers.of} rulers (scale x measure x look-back); * marks a record\n`,
    gridText(row),
    `p: exchangeable ${p(row.p.exchangeable)}, dependent ${p(row.p.dependent)}, tail ${p(row.p.tail)}, adjusted over ${row.m} looks ${p(row.p.adjusted)}; such a series sets a record by itself in ${percent(row.recordRate, 2) ?? 'an unknown share'} of ${periodWord(row)}s\n`,
    returnPeriodText(row),
    checks,
  ].join('');
}
