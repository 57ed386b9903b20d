import type { ReadContext } from '../../../src/core/index.js';
import { ledgerReader } from '../../../src/sources/ledger/index.js';
import { at, fileOf, newStore, queryAt } from '../../store/store-fixtures.js';
import { sourceFile } from '../text/read-all.js';

export const HEADER =
  'executed_at,trade_date,account,class,symbol,side,quantity,price,currency,execution_id,broker,position_before';

/** Cells of one row under HEADER. */
export interface RowSpec {
  readonly time?: string;
  readonly date?: string;
  readonly account?: string;
  readonly class?: string;
  readonly symbol?: string;
  readonly side?: string;
  readonly quantity?: string;
  readonly price?: string;
  readonly currency?: string;
  readonly id?: string;
  readonly broker?: string;
  readonly before?: string;
}

export const lineOf = (spec: RowSpec, number = 0): string =>
  [
    spec.time ?? '2026-04-14T14:30:00Z',
    spec.date ?? '',
    spec.account ?? 'A1',
    spec.class ?? 'hedge-fund',
    spec.symbol ?? 'NVDA',
    spec.side ?? 'buy',
    spec.quantity ?? '100',
    spec.price ?? '110.25',
    spec.currency ?? '',
    spec.id ?? `E${number}`,
    spec.broker ?? '',
    spec.before ?? '',
  ].join(',');

export const ledgerText = (rows: readonly RowSpec[]): string =>
  `${[HEADER, ...rows.map(lineOf)].join('\n')}\n`;

/** What a store holds of one file, whoever read it. */
export interface Stored {
  readonly rowsRead: number;
  readonly executions: readonly Record<string, unknown>[];
  readonly setAside: readonly Record<string, unknown>[];
  /** True where the engine left the file to the reader. */
  readonly fellBack: boolean;
  /** Files of executions. */
  readonly parts: number;
}

/**
 * Commits one file to a store of its own, read by the engine or row by row.
 * @param later contents of a second file, committed after it
 */
export async function storedBy(
  way: 'engine' | 'reader',
  content: string | Uint8Array,
  context: ReadContext = {},
  later?: string,
): Promise<Stored> {
  let fellBack = false;
  const { store } = await newStore('2026-06-01');
  const session = await store.beginImport({ command: 'test' });
  const commit = async (contents: string | Uint8Array) => {
    const file = sourceFile(contents, 'ledger.csv');
    const detection = ledgerReader.detect(file, context);
    if (detection === null) throw new Error('the file is not recognised');
    function* batches() {
      fellBack = true;
      yield* ledgerReader.read(file, detection!, context);
    }
    const bulk = way === 'engine' ? ledgerReader.bulk!(file, detection, context) : null;
    const files = [{ ...fileOf('ledger.csv'), source: 'ledger', kind: detection.kind }];
    const [record] = await session.commitUnit([{ files, batches: batches(), bulk }]);
    return record;
  };
  try {
    const record = await commit(content);
    if (later !== undefined) await commit(later);
    const all = (table: string) =>
      queryAt(store, at('2031-06-01'), `SELECT * FROM ${table} ORDER BY row_number`);
    return {
      rowsRead: record!.rowsRead,
      executions: await all('executions'),
      setAside: await all('set_aside'),
      fellBack,
      parts: (await store.current()).files.filter(({ table }) => table === 'executions').length,
    };
  } finally {
    await session.close();
  }
}
