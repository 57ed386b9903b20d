import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FormatError, InvalidRequest, type Progress, StoreError, silentLog } from '../../src/core/index.js';
import { isOfTape } from '../../src/ingest/index.js';
import { integrityProblems, queryAt } from '../store/store-fixtures.js';
import { newBench, seriesReader, seriesText, zipOf } from './ingest-fixtures.js';

const statuses = (report: { files: readonly { fileName: string; status: string }[] }) =>
  report.files.map(({ fileName, status }) => `${fileName}: ${status}`);

describe('files and folders', () => {
  it('are walked in the order of names, hidden ones left out, each with the path that was given', async () => {
    const { put, run, store } = await newBench();
    await put('b.txt', seriesText('B', 1, 2));
    await put('a/z.txt', seriesText('Z', 1));
    await put('B.txt', seriesText('C', 1));
    await put('.hidden.txt', seriesText('H', 1));
    await put('.cache/x.txt', seriesText('X', 1));
    await put('notes.md', 'hello\nworld');
    const report = await run();
    expect(statuses(report)).toEqual([
      'B.txt: imported',
      'a/z.txt: imported',
      'b.txt: imported',
      'notes.md: not-recognised',
    ]);
    expect(report.files.at(-1)?.message).toBe("text that begins 'hello'");
    expect(report.totals).toEqual({
      files: { imported: 3, unchanged: 0, 'not-recognised': 1, failed: 0 },
      rowsRead: 4,
      rowsKept: 4,
      rowsUnchanged: 0,
      rowsRevised: 0,
      rowsSetAside: 0,
    });
    expect(report.interrupted).toBe(false);
    expect((await store.current()).imports.map(({ fileName }) => fileName)).toEqual([
      'B.txt',
      'a/z.txt',
      'b.txt',
    ]);
  });

  it('that are tapes are left alone, and said to be so', async () => {
    const { put, run } = await newBench();
    await put('a.txt', seriesText('A', 1));
    const header =
      'ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size,tape';
    await put(
      'trades.csv',
      `${header}\nFLOW,,0,10,1,1762093800000000000,24.12,1,1762093800000000001,100,1\n`,
    );
    const { message = null } = (await run()).files.at(-1) ?? {};
    expect(message).toBe("a tape (polygon-flat-file-trades), which 'tidemark tape import' reads");
    expect([isOfTape(message), isOfTape("text that begins 'a tape'")]).toEqual([true, false]);
  });

  it('keeps its bare name where the file itself is given, even a hidden one', async () => {
    const { put, run } = await newBench();
    await put('deep/.x.txt', seriesText('X', 1));
    expect(statuses(await run(['deep/.x.txt']))).toEqual(['.x.txt: imported']);
  });

  it('follows links, survives loops and reports links to nothing', async () => {
    const { put, run, inbox } = await newBench();
    await put('a/x.txt', seriesText('X', 1));
    await symlink('..', join(inbox, 'a', 'up'));
    await symlink('a', join(inbox, 'linked'));
    await symlink('nowhere', join(inbox, 'lost.txt'));
    const report = await run();
    expect(statuses(report)).toEqual(['a/x.txt: imported', 'lost.txt: failed']);
    expect(report.files[1]?.message).toMatch(/^lost.txt: a link that leads nowhere/);
  });

  it('never walks into the store itself', async () => {
    const { put, run, store, inbox } = await newBench();
    await put('x.txt', seriesText('X', 1));
    await symlink(store.directory, join(inbox, 'store'));
    expect(statuses(await run())).toEqual(['x.txt: imported']);
  });

  it.skipIf(process.getuid?.() === 0)('reports a file that may not be read', async () => {
    const { put, run } = await newBench();
    await put('a.txt', seriesText('A', 1));
    await chmod(await put('b.txt', seriesText('B', 1)), 0);
    expect(statuses(await run())).toEqual(['a.txt: imported', 'b.txt: failed']);
  });
});

describe('importing again', () => {
  it('changes nothing where the bytes are the same, whatever the name', async () => {
    const { put, run, store } = await newBench();
    await put('x.txt', seriesText('X', 1, 2));
    await run();
    const before = await store.current();
    await put('again.txt', seriesText('X', 1, 2));
    expect(statuses(await run())).toEqual(['again.txt: unchanged', 'x.txt: unchanged']);
    expect(await store.current()).toEqual(before);
  });

  it('stores what a corrected file restates', async () => {
    const { put, run, clock } = await newBench();
    await put('x.txt', seriesText('X', 1, 2));
    await run();
    clock.set('2026-02-01');
    await put('x.txt', seriesText('X', 1, 3));
    expect((await run()).files[0]).toMatchObject({ status: 'imported', rowsUnchanged: 1, rowsRevised: 1 });
  });
});

describe('bad input', () => {
  it('says so of a file without rows', async () => {
    const { put, run } = await newBench();
    await put('x.txt', '#series\n');
    await put('y.txt', seriesText('Y', 1));
    const report = await run();
    expect(report.files.map(({ status, rowsRead, message }) => [status, rowsRead, message])).toEqual([
      ['imported', 0, 'it has no rows'],
      ['imported', 1, null],
    ]);
  });

  it('sets rows aside, counted', async () => {
    const { put, run, store, clock } = await newBench();
    await put('x.txt', seriesText('X', 1, 'oops', 3));
    expect((await run()).files[0]).toMatchObject({ rowsRead: 3, rowsKept: 2, rowsSetAside: 1 });
    expect(await queryAt(store, clock.now(), 'SELECT line, "column", found FROM set_aside')).toEqual([
      { line: 3, column: 'VALUE', found: 'oops' },
    ]);
  });

  it('lets one failing file not stop the others, and stores nothing of it', async () => {
    const { put, run, store, clock } = await newBench();
    await put('a.txt', seriesText('A', 1, '!'));
    await put('b.txt', seriesText('B', 1, '?'));
    await put('c.txt', seriesText('C', 1));
    const report = await run();
    expect(report.files.map(({ status, message }) => [status, message])).toEqual([
      ['failed', 'a.txt: broken in row 3; get the file again'],
      [
        'failed',
        'b.txt: a fault of tidemark, not of the file; please report it: undefined is not a function',
      ],
      ['imported', null],
    ]);
    expect(await queryAt(store, clock.now(), 'SELECT DISTINCT series_id FROM macro')).toEqual([
      { seriesId: 'C' },
    ]);
    expect(await integrityProblems(store)).toEqual([]);
  });

  it('stops at the first such file with strict', async () => {
    const { put, run, store } = await newBench();
    await put('a.txt', seriesText('A', 1));
    await put('b.bin', new Uint8Array([0, 1, 2, 255]));
    await put('c.txt', seriesText('C', 1));
    await expect(run(undefined, { strict: true })).rejects.toThrow(
      new FormatError('b.bin: is binary data, of no kind that can be read (test-series)'),
    );
    expect((await store.current()).imports.map(({ fileName }) => fileName)).toEqual(['a.txt']);
    await put('b.bin', seriesText('B', '!'));
    await expect(run(undefined, { strict: true })).rejects.toThrow(
      'b.bin: broken in row 2; get the file again',
    );
  });

  it.each([
    [
      'a path that does not exist',
      ['missing.txt'],
      InvalidRequest,
      /there is no file or folder '.*missing.txt'/,
    ],
    ['an empty folder', ['empty'], FormatError, /'.*empty' holds no file; .*: test-series$/],
    [
      'a file of no kind',
      ['junk.bin'],
      FormatError,
      /none of 1 files .* \(test-series\): junk.bin is binary data$/,
    ],
    [
      'a workbook of today',
      ['new.xlsx'],
      FormatError,
      /none of 1 files .*: new.xlsx is an Excel workbook or another Office document \(save its sheet as CSV\)$/,
    ],
    [
      'an old workbook',
      ['old.xls'],
      FormatError,
      /old.xls is an Excel workbook or another document of old Office \(save its sheet as CSV\)$/,
    ],
    ['a text in UTF-16', ['wide.csv'], FormatError, /wide.csv is text in UTF-16 \(save it as UTF-8\)$/],
    ['an empty file', ['nothing.txt'], FormatError, /nothing.txt is an empty file$/],
    ['a broken file', ['broken.txt'], FormatError, /^broken.txt: broken in row 2; get the file again$/],
    ['a truncated gzip', ['cut.gz'], FormatError, /^cut.gz: the gzip data is truncated or damaged/],
    ['a truncated zip', ['cut.zip'], FormatError, /^cut.zip: the zip archive is truncated or damaged/],
    ['an empty zip', ['empty.zip'], FormatError, /empty.zip is an empty archive$/],
  ])('says in one line what is wrong with %s', async (_, names, kind, message) => {
    const { put, run, inbox, store } = await newBench();
    const before = await store.current();
    await mkdir(join(inbox, 'empty'));
    await put('junk.bin', new Uint8Array([0, 1, 2, 255]));
    await put(
      'new.xlsx',
      zipOf(
        { name: '[Content_Types].xml', contents: '<Types/>' },
        { name: 'xl/workbook.xml', contents: '<workbook/>' },
      ),
    );
    await put('old.xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'));
    await put('wide.csv', Buffer.from('\uFEFF#series\nA,2025-11-01,1\n', 'utf16le'));
    await put('nothing.txt', '');
    await put('broken.txt', seriesText('A', '!'));
    await put('cut.gz', gzipSync(seriesText('A', 1)).subarray(0, 20));
    await put('cut.zip', zipOf({ name: 'A', contents: seriesText('A', 1) }).subarray(0, 60));
    await put('empty.zip', zipOf());
    const error = await run(names).catch((caught: unknown) => caught as Error);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
    expect(await store.current()).toEqual(before);
  });

  it('says what was seen where nothing in a folder can be read', async () => {
    const { put, run } = await newBench();
    for (const name of ['a', 'b', 'c', 'd']) await put(name, `${name} text`);
    await expect(run()).rejects.toThrow(
      /none of 4 files in '.*inbox' is of a kind that can be read \(test-series\): a is text that begins 'a text'; .*; \.\.\.$/,
    );
  });
});

describe('archives', () => {
  it('reads gzip and zip by content, and a member by its own name', async () => {
    const { put, run, store } = await newBench();
    await put('plain.dat', gzipSync(seriesText('G', 1)));
    await put(
      'many.zip',
      zipOf(
        { name: 'one.txt', contents: seriesText('A', 1) },
        { name: 'folder/two.gz', contents: gzipSync(seriesText('B', 1, 'x')), method: 0 },
        { name: 'folder/readme', contents: 'read me' },
        { name: '__MACOSX/one.txt', contents: 'x' },
        { name: 'folder/', contents: '' },
      ),
    );
    const report = await run();
    expect(statuses(report)).toEqual([
      'many.zip/one.txt: imported',
      'many.zip/folder/two.gz: imported',
      'many.zip/folder/readme: not-recognised',
      'plain.dat: imported',
    ]);
    const { imports, files } = await store.current();
    expect(
      new Set(imports.slice(0, 2).map(({ fileSha256, storedAt }) => `${fileSha256} ${storedAt}`)).size,
    ).toBe(1);
    expect(files.map(({ table, rows }) => [table, rows])).toEqual([
      ['macro', 2],
      ['setAside', 1],
      ['macro', 1],
    ]);
    expect(statuses(await run())).toEqual([
      'many.zip/one.txt: unchanged',
      'many.zip/folder/two.gz: unchanged',
      'many.zip/folder/readme: not-recognised',
      'plain.dat: unchanged',
    ]);
  });

  it('stores no member where one fails', async () => {
    const { put, run, store } = await newBench();
    await put('good.txt', seriesText('G', 1));
    await put(
      'half.zip',
      zipOf({ name: 'a', contents: seriesText('A', 1) }, { name: 'b', contents: seriesText('B', '!') }),
    );
    const report = await run();
    expect(statuses(report)).toEqual(['good.txt: imported', 'half.zip/a: failed', 'half.zip/b: failed']);
    expect(report.files[1]?.message).toBe('half.zip/b: broken in row 2; get the file again');
    expect((await store.current()).imports.map(({ fileName }) => fileName)).toEqual(['good.txt']);
  });

  it('leaves an archive whole that a reader wants as it is', async () => {
    const { put, run } = await newBench();
    const archiveReader = {
      ...seriesReader,
      source: 'test-archive',
      detect: ({ bytes }: { bytes: Uint8Array }) =>
        bytes[0] === 0x50 ? { kind: 'workbook', evidence: 'PK' } : null,
      *read() {
        yield { facts: [], setAside: [], rowsRead: 0 };
      },
    };
    await put('book.zip', zipOf({ name: 'a', contents: seriesText('A', 1) }));
    const report = await run(undefined, { readers: [archiveReader, seriesReader] });
    expect(report.files).toMatchObject([{ fileName: 'book.zip', kind: 'workbook', status: 'imported' }]);
  });
});

describe('interruption', () => {
  it('keeps the files before, nothing of the one under way, and goes on when run again', async () => {
    const { put, run, store } = await newBench();
    const long = seriesText('L', ...Array.from({ length: 28 }, (_, index) => index));
    await put('a.txt', seriesText('A', 1));
    await put('b.txt', long + Array.from({ length: 500 }, (_, i) => `L${i},2025-11-01,1\n`).join(''));
    await put('c.txt', seriesText('C', 1));
    const stop = new AbortController();
    const progress: Progress = {
      start: () => ({
        advance: (_, note) => note === 'b.txt: 200 rows' && stop.abort(),
        finish() {},
      }),
    };
    const effects = { clock: { now: () => 0 as never }, progress, log: silentLog };
    const report = await run(undefined, { effects, signal: stop.signal });
    expect(report.interrupted).toBe(true);
    expect(statuses(report)).toEqual(['a.txt: imported']);
    expect((await store.current()).imports).toHaveLength(1);
    expect(statuses(await run())).toEqual(['a.txt: unchanged', 'b.txt: imported', 'c.txt: imported']);
    expect(await integrityProblems(store)).toEqual([]);
  });
});

describe('the lock', () => {
  it('is held while importing and given back whatever happens', async () => {
    const { put, run, store } = await newBench();
    await put('x.txt', seriesText('X', '!'));
    await expect(run()).rejects.toThrow(FormatError);
    const session = await store.beginImport({ command: 'another import' });
    await expect(run()).rejects.toThrow(StoreError);
    await expect(run()).rejects.toThrow(
      /locked by 'another import' \(process \d+ on .*, since 2026-01-05T17:00:00Z\)/,
    );
    await session.close();
    await put('x.txt', seriesText('X', 1));
    expect(statuses(await run())).toEqual(['x.txt: imported']);
  });
});
