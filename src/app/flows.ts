import { type Answer, endOfDayInNewYork, type FlowRow, NotCovered } from '../core/index.js';
import { onNameScale, type TapeFlowRow } from '../flows/index.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { type FlowsQuestion, type SettledFlowsQuestion, settled } from './flow-question.js';
import { ROWS_OF_BASIS } from './flow-rows.js';
import { type SummedFlowRow, summedRows } from './flow-sums.js';

const place = ({ contract, sector, symbol, manager, class: name }: FlowRow): string =>
  contract ?? [sector, symbol, manager, name].map((part) => part ?? '').join('|');

const minuteOf = (row: FlowRow): string => (row as Partial<TapeFlowRow>).minute ?? '';

const byPeriod = (a: FlowRow, b: FlowRow): number =>
  a.periodEnd.localeCompare(b.periodEnd) ||
  minuteOf(a).localeCompare(minuteOf(b)) ||
  place(a).localeCompare(place(b));

function nullNote(rows: readonly FlowRow[]): string[] {
  const bare = rows.filter((row) => row.net === null).length;
  return bare === 0
    ? []
    : [`${bare} of ${rows.length} rows have no dollar figure; 'reasons' on the row says why.`];
}

/** Whether each row is of one company: the symbols of basis etf are funds, those of others are names. */
const isOfNames = ({ basis, by, symbols }: SettledFlowsQuestion): boolean =>
  basis !== 'etf' && (by.includes('symbol') || symbols?.length === 1);

/** The ledger of flows, row by row or summed. */
export async function showFlows(
  context: AppContext,
  question: FlowsQuestion,
): Promise<Answer<FlowRow | SummedFlowRow>> {
  const asked = settled(question);
  return withView(context, async (view) => {
    const { rows, isPlain, notes } = await ROWS_OF_BASIS[asked.basis](view, asked, context);
    if (rows.length === 0) throw emptyRange(asked, context);
    const sorted = [...rows].sort(byPeriod);
    const unscaled = isPlain ? sorted : summedRows(sorted, asked);
    const data = isOfNames(asked) ? await onNameScale(view, unscaled, asked.symbols?.[0]) : unscaled;
    const { basis, by, every, report, contracts, classes, sector, symbols, from, to, exclude, overrides } =
      asked;
    const query = {
      basis,
      by,
      every,
      report: basis === 'cot' ? report : null,
      contracts: contracts ?? null,
      classes: classes ?? null,
      sector: sector ?? null,
      ...(symbols === undefined ? {} : { symbols }),
      from: from ?? null,
      to: to ?? null,
      exclude: exclude ?? null,
      managers: overrides === undefined ? null : [...overrides.values()],
    };
    const sums =
      isPlain || unscaled === sorted ? [] : ['Scales of single rows do not add and are left out of sums.'];
    return makeAnswer('flows', context, storeOf(view), {
      query,
      data,
      notes: [...notes, ...sums, ...nullNote(sorted)],
    });
  });
}

function emptyRange(question: SettledFlowsQuestion, context: AppContext): NotCovered {
  const range = `${question.from ?? 'the beginning'} to ${question.to ?? 'today'}`;
  const later = question.from !== undefined && context.asOf < endOfDayInNewYork(question.from);
  return new NotCovered(
    later
      ? `no report of ${range} is known as of that moment; ask with a later --as-of`
      : `nothing of basis ${question.basis} that was asked for falls in ${range}; 'tidemark status' shows what the store covers`,
  );
}
