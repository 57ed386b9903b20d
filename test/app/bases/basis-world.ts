import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type AppContext, importFiles, importTape } from '../../../src/app/index.js';
import {
  type Instant,
  type IsoDate,
  normalDraw,
  parseInstant,
  seededRandom,
  silentLog,
  silentProgress,
  tradingDays,
} from '../../../src/core/index.js';
import { type SimulatedMarket, writeMarket } from '../../../src/simulate/index.js';

const TAPE_COLUMNS =
  'DATE,TIME_M,EX,SYM_ROOT,SYM_SUFFIX,TR_SCOND,SIZE,PRICE,TR_STOPIND,TR_CORR,TR_SEQNUM,TR_SOURCE,TR_RF';

/** A market in its files, and a store of its own to which they are imported as a user would. */
export class BasisWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'tidemark-bases-test-'));
  readonly storeDirectory = join(this.folder, 'store');
  readonly end: Instant = parseInstant('2026-11-20');

  /** @param wanted which of the market's files are in the folder */
  constructor(files: ReadonlyMap<string, Uint8Array>, wanted: RegExp) {
    for (const [path, bytes] of files) if (wanted.test(path)) this.write(`market/${path}`, bytes);
  }

  context(asOf: Instant = this.end): AppContext {
    const effects = { clock: { now: () => this.end }, progress: silentProgress, log: silentLog };
    return { storeDirectory: this.storeDirectory, asOf, effects };
  }

  write(path: string, content: string | Uint8Array): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** Keeps the lines of a delimited file from a day on, by its first column. */
  keepFrom(path: string, day: string): void {
    const [head, ...lines] = readFileSync(join(this.folder, path), 'utf8').split('\n');
    this.write(path, [head, ...lines.filter((line) => line >= day)].join('\n').concat('\n'));
  }

  async import(...paths: string[]): Promise<void> {
    const { data } = await importFiles(this.context(), {
      paths: paths.map((path) => join(this.folder, path)),
      strict: false,
    });
    const failed = data.filter(({ status }) => status !== 'imported');
    if (failed.length > 0) throw new Error(JSON.stringify(failed));
  }

  /** A print of each symbol on each trading day. */
  async importTape(from: IsoDate, to: IsoDate, symbols: readonly string[]): Promise<void> {
    const rows = tradingDays(from, to).flatMap((date, day) =>
      symbols.map((symbol, i) => {
        const price = (50 + day + i).toFixed(2);
        return `${date.replaceAll('-', '')},10:00:0${i},N,${symbol},,@,${100 * (i + 1)},${price},N,00,${i + 1},C,`;
      }),
    );
    const file = this.write('tape/trades.csv', `${TAPE_COLUMNS}\n${rows.join('\n')}\n`);
    await importTape(this.context(), { paths: [file], existing: 'combine' });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The files of a market, by path. */
export async function filesOf(market: SimulatedMarket): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  await writeMarket(market, {
    async write(path, bytes) {
      files.set(path, bytes);
    },
  });
  return files;
}

/**
 * Shares outstanding of funds by day, in the layout of docs/sources/etf.md, as a random walk of creations.
 * @param pull what each fund's creations of a day go with, in its own standard deviations
 */
export function fundShares(
  funds: readonly string[],
  [from, to]: readonly [IsoDate, IsoDate],
  pull: (fund: string, date: IsoDate) => number = () => 0,
): string {
  const random = seededRandom(7);
  const counts = new Map(funds.map((fund) => [fund, 400_000_000]));
  const lines = tradingDays(from, to).flatMap((date) =>
    funds.map((fund) => {
      const created = 200_000 * (normalDraw(random) + pull(fund, date));
      counts.set(fund, counts.get(fund)! + Math.round(created));
      return `${date},${fund},${counts.get(fund)},100.00`;
    }),
  );
  return `date,ticker,shares,price\n${lines.join('\n')}\n`;
}
