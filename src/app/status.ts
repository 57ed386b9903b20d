import { type Answer, InvalidRequest, type StatusRow, tradingDays } from '../core/index.js';
import { readTapeDays, type TapeDayCover } from '../flows/index.js';
import { READERS } from '../sources/index.js';
import type { AsOfView } from '../store/index.js';
import { abilities } from './abilities.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { type FilingsStatus, filingsNote, readFilingsStatus } from './status-filings.js';
import { marketValueNote } from './status-market-value.js';
import { readStatus } from './status-rows.js';
import { TAPE_SOURCE } from './tape/tape-store.js';

/** Source name of Form 13F. */
const FILINGS_SOURCE = 'edgar';

/** What the tape covers, as far as it can be told in one line. */
async function tapeNote(view: AsOfView): Promise<string> {
  const days = await readTapeDays(view);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    return "flows of basis tape: no, run 'tidemark tape import' on files of trades and quotes";
  const sum = (of: (day: TapeDayCover) => number): number => days.reduce((total, day) => total + of(day), 0);
  const names = days.map((day) => day.names);
  const [fewest, most] = [Math.min(...names), Math.max(...names)];
  const signable = sum((day) => day.signable);
  const unsigned = signable === 0 ? 'none' : `${((100 * sum((day) => day.byNone)) / signable).toFixed(2)} %`;
  const missing = tradingDays(first.date, last.date).length - days.length;
  return [
    `flows of basis tape: yes, ${days.length} days from ${first.date} to ${last.date}`,
    ...(missing > 0 ? [`${missing} trading days between them missing`] : []),
    `${fewest === most ? most : `${fewest} to ${most}`} names a day`,
    `${unsigned} of the prints that can be signed are not`,
  ].join(', ');
}

/** The answer to 'what is in the store?'; `filings` where Form 13F is asked for by name. */
export interface StatusAnswer extends Answer<StatusRow> {
  readonly filings: FilingsStatus | null;
}

/** Names that users know a source by. */
const SOURCE_ALIASES: Readonly<Record<string, string>> = { '13f': FILINGS_SOURCE };

/** Every source that a store can hold. */
const SOURCES: readonly string[] = [...new Set(READERS.map(({ source }) => source)), TAPE_SOURCE];

/**
 * The name that the store has for a source, whatever a user calls it; null for all.
 * @throws {InvalidRequest} naming the value and the choices
 */
export function sourceNamed(source: string | undefined): string | null {
  if (source === undefined) return null;
  const name = SOURCE_ALIASES[source] ?? source;
  if (!SOURCES.includes(name))
    throw new InvalidRequest(`source '${source}' is unknown; one of ${SOURCES.join(', ')}`);
  return name;
}

export async function showStatus(
  context: AppContext,
  question: { readonly source?: string },
): Promise<StatusAnswer> {
  const source = sourceNamed(question.source);
  return withView(context, async (view) => {
    const all = await readStatus(view);
    const filings = source === FILINGS_SOURCE ? await readFilingsStatus(view) : null;
    const able = [...(await abilities(view, all)), await marketValueNote(view), await tapeNote(view)];
    const notes = filings === null ? able : [filingsNote(filings), ...able];
    const data = source === null ? all : all.filter((row) => row.source === source);
    const answer = makeAnswer('status', context, storeOf(view), { query: { source }, data, notes });
    return { ...answer, filings };
  });
}
