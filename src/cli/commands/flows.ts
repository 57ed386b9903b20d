import { type Command, Option } from 'commander';
import type { SummedFlowRow, TapeFlowRow } from '../../app/index.js';
import { type FlowRow, InvalidRequest } from '../../core/index.js';
import {
  addCommonOptions,
  addFilterOptions,
  addManagerOptions,
  addReportOption,
  type BasisOptions,
  basisQuestion,
  type CommonOptions,
  collect,
  dateOption,
  makeContext,
} from '../options.js';
import { printAnswer } from '../output.js';
import { type Column, count, dollars, fixed, percent } from '../table.js';

const KEYS = ['sector', 'class', 'contract', 'symbol', 'manager'] as const;

interface FlowsOptions extends CommonOptions, Omit<BasisOptions, 'week'> {
  readonly by?: string;
  readonly from?: string;
  readonly to?: string;
  readonly every?: 'minute' | 'day' | 'week' | 'month' | 'quarter';
  readonly symbol?: string[];
}

type Shown = FlowRow | SummedFlowRow;

const LEG_COLUMNS: readonly Column<Shown>[] = [
  { header: 'long buys', value: (row) => dollars(row.longBuy) },
  { header: 'long sales', value: (row) => dollars(row.longSell) },
  { header: 'short sales', value: (row) => dollars(row.shortSell) },
  { header: 'short covers', value: (row) => dollars(row.shortCover) },
  { header: 'net', value: (row) => dollars(row.net) },
  { header: 'contracts', value: (row) => count(row.contracts) },
  { header: 'of OI', value: (row) => percent(row.pctOi) },
  { header: 'z260', value: (row) => fixed(row.z260, 2) },
  { header: 'volScaled', value: (row) => fixed(row.volScaled, 2) },
];

const tapeOf = (row: Shown): Partial<TapeFlowRow> => row as Partial<TapeFlowRow>;

const TAPE_COLUMNS: readonly Column<Shown>[] = [
  { header: 'minute', value: (row) => tapeOf(row).minute ?? null },
  { header: 'bought', value: (row) => dollars(row.grossBuy) },
  { header: 'sold', value: (row) => dollars(row.grossSell) },
  { header: 'net', value: (row) => dollars(row.net) },
  { header: 'unsigned', value: (row) => dollars(tapeOf(row).unsigned ?? null) },
  { header: 'turnover', value: (row) => dollars(tapeOf(row).turnover ?? null) },
  { header: 'imbalance', value: (row) => fixed(tapeOf(row).imbalance ?? null, 4) },
  { header: 'prints', value: (row) => count(tapeOf(row).prints ?? null) },
  { header: 'volScaled', value: (row) => fixed(row.volScaled, 2) },
  { header: 'whole', value: (row) => (tapeOf(row).isComplete ? 'yes' : 'no') },
];

function parseBy(text: string): (typeof KEYS)[number][] {
  return text.split(',').map((part) => {
    const key = KEYS.find((known) => known === part.trim());
    if (key === undefined) throw new InvalidRequest(`--by '${part}' is unknown; any of ${KEYS.join(', ')}`);
    return key;
  });
}

export function registerFlows(program: Command): void {
  const command = program
    .command('flows')
    .description('the ledger of flows: four legs in dollars, and their scales')
    .option(
      '--by <keys>',
      'sum by: sector, class, contract, symbol, manager (default: contract,class for cot; sector,class for 13f and ledger; symbol for etf; class for tape)',
    )
    .option('--from <date>', 'first period end')
    .option('--to <date>', 'last period end')
    .addOption(
      new Option(
        '--every <period>',
        'sum over (default: week, for 13f quarter; minute and day for tape alone)',
      ).choices(['minute', 'day', 'week', 'month', 'quarter']),
    )
    .option('--symbol <symbol>', 'names of basis tape; may be repeated', collect)
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark flows --contract 20974+ --class asset-manager --from 2026-01-01 --format csv\n  tidemark flows --basis 13f --by sector,class --from 2025-12-31\n  tidemark flows --basis tape --by symbol,class --every day\n',
    );
  addCommonOptions(
    addManagerOptions(addReportOption(addFilterOptions(command))),
    'write the answer to this file',
  ).action(async (options: FlowsOptions) => {
    const { FLOW_BASES, showFlows } = await import('../../app/index.js');
    const from = dateOption(options.from, '--from');
    const to = dateOption(options.to, '--to');
    if (from !== undefined && to !== undefined && from > to)
      throw new InvalidRequest(`--from ${from} is after --to ${to}; swap them`);
    const question = await basisQuestion(options, FLOW_BASES);
    const { basis } = question;
    const answer = await showFlows(makeContext(options), {
      ...question,
      ...(options.by === undefined ? {} : { by: parseBy(options.by) }),
      ...(options.every === undefined ? {} : { every: options.every }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(options.symbol === undefined ? {} : { symbols: options.symbol }),
    });
    await printAnswer(
      answer,
      {
        columns: [
          { header: 'period to', value: (row) => row.periodEnd, align: 'left' },
          ...(answer.query.by as (typeof KEYS)[number][]).map((key) => ({
            header: key,
            value: (row: (typeof answer.data)[number]) => row[key],
            align: 'left' as const,
          })),
          ...(basis === 'tape' ? TAPE_COLUMNS : LEG_COLUMNS),
        ],
      },
      options,
    );
  });
}
