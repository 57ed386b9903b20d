import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InvalidRequest, isCusip, type TableRow } from '../../src/core/index.js';
import { type QuarterAtScale, writeQuarterAtScale } from '../../src/simulate/index.js';
import { edgarReader } from '../../src/sources/edgar/index.js';

interface Written {
  readonly files: Map<string, Uint8Array>;
  readonly largestPiece: number;
}

async function write(question: QuarterAtScale): Promise<Written> {
  const files = new Map<string, Uint8Array>();
  let largestPiece = 0;
  await writeQuarterAtScale(
    {
      async open(path) {
        const pieces: Uint8Array[] = [];
        return {
          async write(bytes) {
            largestPiece = Math.max(largestPiece, bytes.length);
            pieces.push(bytes);
          },
          async close() {
            files.set(path, Buffer.concat(pieces));
          },
        };
      },
    },
    question,
  );
  return { files, largestPiece };
}

describe('a quarter of real size', () => {
  const question = { filings: 300, rows: 40_000, seed: 1 };

  it('has as many filings and rows as asked for, in pieces of about a megabyte', async () => {
    const { files, largestPiece } = await write(question);
    const lines = (name: string) => Buffer.from(files.get(name)!).toString('latin1').split('\n').length - 2;
    expect(files.size).toBe(7);
    expect(['SUBMISSION.tsv', 'COVERPAGE.tsv', 'SUMMARYPAGE.tsv'].map(lines)).toEqual([300, 300, 300]);
    expect(lines('INFOTABLE.tsv')).toBe(40_000);
    expect(largestPiece).toBeLessThan(1.1e6);
    expect(files.get('INFOTABLE.tsv')!.length).toBeGreaterThan(3 * largestPiece);
  });

  it('reads back whole, every unit in dollars, every total reconciled, tables of very different sizes', async () => {
    const { files } = await write(question);
    const group = [...files].map(([name, bytes]) => {
      const file = { name, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
      return { file, detection: edgarReader.detect(file, {})! };
    });
    const filings: TableRow<'filings'>[] = [];
    let rows = 0;
    for (const { facts, setAside } of edgarReader.readGroup!(group, {})) {
      expect(setAside).toEqual([]);
      for (const { table, row } of facts) {
        if (table === 'filings') filings.push(row as TableRow<'filings'>);
        else {
          rows++;
          if (!isCusip((row as TableRow<'holdings'>).cusip!)) throw new Error(JSON.stringify(row));
        }
      }
    }
    expect(rows).toBe(40_000);
    expect(filings.filter(({ reconciled, valueUnit }) => !reconciled || valueUnit !== 'dollars')).toEqual([]);
    const sizes = filings.map(({ entriesRead }) => entriesRead!).sort((a, b) => a - b);
    expect(sizes.at(-1)!).toBeGreaterThan(10 * sizes[150]!);
  });

  it('is the same again for a seed, and another for another quarter', async () => {
    const small = { filings: 5, rows: 200, seed: 3 };
    const table = async (asked: QuarterAtScale) => (await write(asked)).files.get('INFOTABLE.tsv')!;
    const first = await table(small);
    expect(Buffer.compare(await table(small), first)).toBe(0);
    expect(Buffer.compare(await table({ ...small, periodEnd: '2026-03-31' }), first)).not.toBe(0);
  });

  it('refuses more filings than rows', async () => {
    await expect(write({ filings: 10, rows: 9, seed: 1 })).rejects.toThrow(InvalidRequest);
  });
});
