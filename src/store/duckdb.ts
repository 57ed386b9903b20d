import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBInstance } from './engine.js';
import { sqlText } from './schema.js';

/** A DuckDB in this process and in memory; nothing of it outlives `close`. */
export interface Database {
  readonly connection: DuckDBConnection;
  /** Runs work that the engine cannot split by itself at once, each with a connection of its own to the same tables. */
  atOnce<Work, Result>(
    works: readonly Work[],
    run: (work: Work, connection: DuckDBConnection) => Promise<Result>,
  ): Promise<Result[]>;
  close(): void;
}

/**
 * @param options.threads one thread gives sums of doubles the same last digit in every run
 * @param options.spillDirectory where to put what does not fit into memoryLimit; without it such work fails
 */
export async function openDatabase(options: {
  threads: number;
  memoryLimit: string;
  spillDirectory?: string;
}): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads),
    memory_limit: options.memoryLimit,
    temp_directory: options.spillDirectory ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  return {
    connection,
    async atOnce(works, run) {
      // A thread of the engine's own would do the work of one of them, who would spin meanwhile.
      await connection.run('SET threads = 1');
      const ended = await Promise.allSettled(
        works.map(async (work) => {
          const own = await instance.connect();
          return run(work, own).finally(() => own.closeSync());
        }),
      );
      await connection.run(`SET threads = ${options.threads}`);
      return ended.map((end) => {
        if (end.status === 'rejected') throw end.reason;
        return end.value;
      });
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Runs work without some of the engine's optimizers, which are named as DuckDB names them. */
export async function withoutOptimizers<Result>(
  connection: DuckDBConnection,
  names: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  await connection.run(`SET disabled_optimizers = ${sqlText(names.join())}`);
  try {
    return await work();
  } finally {
    await connection.run("SET disabled_optimizers = ''");
  }
}

/** SQL that reads Parquet files, in the order given. */
export function readParquetSql(paths: readonly string[]): string {
  return `read_parquet([${paths.map(sqlText).join(', ')}], hive_partitioning = false)`;
}
