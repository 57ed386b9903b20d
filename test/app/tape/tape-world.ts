import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppContext, importTape, showFlows, type TapeImportQuestion } from '../../../src/app/index.js';
import {
  type Instant,
  type IsoDate,
  newYorkInstant,
  silentLog,
  silentProgress,
} from '../../../src/core/index.js';
import type { TapeFlowRow } from '../../../src/flows/index.js';
import { openStore } from '../../../src/store/index.js';

/** A print, or a quote of the one venue that quotes. Times are clocks in New York. */
export interface Print {
  readonly date: IsoDate;
  readonly time: string;
  readonly price: string;
  readonly shares: number;
  readonly symbol?: string;
  readonly venue?: string;
  readonly conditions?: string;
  readonly correction?: string;
}

export interface Quote {
  readonly date: IsoDate;
  readonly time: string;
  readonly bid: string;
  readonly ask: string;
  readonly symbol?: string;
}

const TRADES =
  'DATE,TIME_M,EX,SYM_ROOT,SYM_SUFFIX,TR_SCOND,SIZE,PRICE,TR_STOPIND,TR_CORR,TR_SEQNUM,TR_SOURCE,TR_RF';
const QUOTES =
  'DATE,TIME_M,EX,BID,BIDSIZ,ASK,ASKSIZ,QU_COND,QU_SEQNUM,NATBBO_IND,QU_CANCEL,QU_SOURCE,SYM_ROOT,SYM_SUFFIX';

const day = (date: IsoDate): string => date.replaceAll('-', '');
const parts = (symbol: string): [string, string] =>
  symbol.split('.').concat('').slice(0, 2) as [string, string];

function tradesText(prints: readonly Print[]): string {
  const rows = prints.map(({ date, time, price, shares, symbol = 'AAA', ...rest }, i) => {
    const { venue = 'N', conditions = '@', correction = '00' } = rest;
    const [root, suffix] = parts(symbol);
    return `${day(date)},${time},${venue},${root},${suffix},${conditions},${shares},${price},N,${correction},${i + 1},C,\n`;
  });
  return `${TRADES}\n${rows.join('')}`;
}

function quotesText(quotes: readonly Quote[]): string {
  const rows = quotes.map(({ date, time, bid, ask, symbol = 'AAA' }, i) => {
    const [root, suffix] = parts(symbol);
    return `${day(date)},${time},N,${bid},1,${ask},1,R,${i + 1},A,,C,${root},${suffix}\n`;
  });
  return `${QUOTES}\n${rows.join('')}`;
}

export const LATER = newYorkInstant('2026-10-01' as IsoDate, 12);

/** A store of its own, to which tapes are imported as a user would. */
export class TapeWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'tidemark-tape-test-'));
  readonly storeDirectory = join(this.folder, 'store');
  #files = 0;

  context(asOf: Instant = LATER, now: Instant = LATER): AppContext {
    const effects = { clock: { now: () => now }, progress: silentProgress, log: silentLog };
    return { storeDirectory: this.storeDirectory, asOf, effects };
  }

  async import(
    prints: readonly Print[],
    quotes: readonly Quote[] = [],
    options: Partial<TapeImportQuestion> & { readonly now?: Instant } = {},
  ) {
    const { now = LATER, ...question } = options;
    const files: [string, string][] = [[`trades-${this.#files++}.csv`, tradesText(prints)]];
    if (quotes.length > 0) files.push([`quotes-${this.#files++}.csv`, quotesText(quotes)]);
    const paths = files.map(([name, text]) => {
      writeFileSync(join(this.folder, name), text);
      return join(this.folder, name);
    });
    return importTape(this.context(LATER, now), { paths, existing: 'combine', ...question });
  }

  async flows(
    every: 'minute' | 'day' | 'week' | 'month' | 'quarter',
    by: readonly ('symbol' | 'class' | 'sector')[] = ['class'],
    asOf: Instant = LATER,
  ): Promise<TapeFlowRow[]> {
    const answer = await showFlows(this.context(asOf), { basis: 'tape', report: 'futures-only', every, by });
    return answer.data as TapeFlowRow[];
  }

  async snapshotId(): Promise<string> {
    const store = await openStore(this.storeDirectory, this.context().effects);
    return (await store.current()).id;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
