import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { sqlText } from './schema.js';

/** A DuckDB in this process and in memory; nothing of it outlives `close`. */
export interface Database {
  readonly connection: DuckDBConnection;
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
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** SQL that reads Parquet files, in the order given. */
export function readParquetSql(paths: readonly string[]): string {
  return `read_parquet([${paths.map(sqlText).join(', ')}], hive_partitioning = false)`;
}
