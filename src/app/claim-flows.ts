import type { Answered, FlowsAsk } from '../claims/index.js';
import { addDays, type FlowRow, formatInstant, type IsoDate } from '../core/index.js';
import type { CotReport } from '../flows/index.js';
import type { AppContext } from './context.js';
import type { FlowsQuestion } from './flow-question.js';
import { showFlows } from './flows.js';

/** Days that a week may end after the day asked about. */
const LONGEST_WEEK_DAYS = 8;
const LONGEST_QUARTER_DAYS = 92;

/** Days in which the periods asked about end at the latest; without a day everything, of which the newest are taken. */
function rangeOf({ basis, week, weeks }: FlowsAsk): { readonly from?: IsoDate; readonly to?: IsoDate } {
  if (week === null) return {};
  const day = week as IsoDate;
  if (basis === '13f')
    return {
      from: addDays(day, -LONGEST_QUARTER_DAYS * (weeks + 1)),
      to: addDays(day, LONGEST_QUARTER_DAYS),
    };
  return { from: addDays(day, -7 * (weeks + 1)), to: addDays(day, LONGEST_WEEK_DAYS) };
}

const isKnown = ({ net, contracts }: FlowRow): boolean => net !== null || contracts !== null;

/**
 * The last periods up to the one asked about; without one up to the newest with a figure. A period that the rows lack is
 * missing, and none from before takes its place.
 */
function lastOf(rows: readonly FlowRow[], { basis, week, weeks }: FlowsAsk): readonly FlowRow[] {
  const upTo =
    week === null
      ? rows.slice(0, rows.findLastIndex(isKnown) + 1)
      : rows.filter(({ periodStart }) => periodStart <= week);
  const newest = upTo.at(-1);
  if (newest === undefined) return [];
  const days = basis === '13f' ? LONGEST_QUARTER_DAYS : 7;
  const before = addDays(newest.periodEnd, -Math.floor(days * (weeks - 0.5)));
  return upTo.filter(({ periodEnd }) => periodEnd > before);
}

/** Asks a question, under the command that asks the same; what the store lacks becomes a reason. */
type AskFlows = (
  command: string,
  answer: () => ReturnType<typeof showFlows>,
) => Promise<Answered<Awaited<ReturnType<typeof showFlows>>['data'][number]>>;

/** The last periods of one class in one market, with the command that answers the same rows. */
export async function claimFlows(
  context: AppContext,
  ask: FlowsAsk,
  report: CotReport,
  answered: AskFlows,
): Promise<Answered<FlowRow>> {
  const { basis, contract, sector, class: name } = ask;
  const question: FlowsQuestion = {
    basis,
    report,
    ...rangeOf(ask),
    ...(contract === null ? {} : { contracts: [contract] }),
    ...(sector === null ? {} : { sector }),
    ...(name === null ? {} : { classes: [name] }),
  };
  const commandOf = (from?: IsoDate, to?: IsoDate): string =>
    [
      `tidemark flows --basis ${basis}`,
      contract === null ? (sector === null ? '' : `--sector ${sector}`) : `--contract ${contract}`,
      name === null ? '' : `--class ${name}`,
      from === undefined ? '' : `--from ${from}`,
      to === undefined ? '' : `--to ${to}`,
      `--as-of ${formatInstant(context.asOf)}`,
    ]
      .filter((part) => part !== '')
      .join(' ');
  const answer = await answered(commandOf(question.from, question.to), () => showFlows(context, question));
  if ('missing' in answer) return answer;
  const plain = answer.rows.filter((row): row is FlowRow => 'buyRatio' in row);
  const rows = lastOf(plain, ask);
  return { command: commandOf(rows[0]?.periodStart, rows.at(-1)?.periodEnd), rows };
}
