import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError, type SourceFile } from '../../../src/core/index.js';
import { edgarReader } from '../../../src/sources/edgar/index.js';
import { dataSetFiles, SAMPLE } from './data-set-support.js';
import { collect, coverXml, entryXml, fileOf, type Read, submissionText, tableXml } from './edgar-support.js';

const RUNS = 400;
const entries = [
  entryXml(),
  entryXml({ cusip: '594918104', putCall: 'Put' }),
  entryXml({ type: 'PRN', value: '99', amount: '100' }),
];
const SEEDS: Readonly<Record<string, string>> = {
  submission: submissionText([
    { type: '13F-HR', body: coverXml({ entries: 3 }) },
    { type: 'INFORMATION TABLE', body: tableXml(entries, 'ns1:') },
  ]),
  table: tableXml(entries),
  cover: coverXml(),
  text: `Form 13F COVER PAGE\nInstitutional Investment Manager\nQuarter Ended: March 31, 2009\nName: X\n<TABLE>\n<S> <C> <C> <C> <C> <C> <C> <C> <C> <C> <C>\nABBOTT LABS   COM   002824100   1234   23,000 SH   SOLE   23000 0 0\nFORD   NOTE   345370CF5    1000   900000 PRN   OTHER   0 0 9\n              10,000  20,000\n</TABLE>`,
  index: `Description:  Daily Index of EDGAR Dissemination Feed by Company Name\n${'-'.repeat(90)}\n${'SOME LP'.padEnd(62)}13F-HR      1234567     20250214    edgar/data/1/0001234567-25-000001.txt\n`,
  tickers: '{"0":{"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."}}',
  funds:
    'Quarter,Fund,CUSIP,Ticker,Company,Shares,Delta_Shares,Value,Delta\n2025Q1,A,037833100,AAPL,"APPLE, INC",1,0,1.5M,NEW\n2025Q1,A,Total,,,,,1.5M,+1%\n',
};

/** A text with pieces of it cut out, doubled, or overwritten. */
const mutations = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 40 }),
    put: fc.oneof(
      fc.constantFrom(
        '',
        '<',
        '>',
        '&',
        '"',
        '\t',
        '\n',
        '\r\n',
        '\0',
        '<!DOCTYPE x>',
        '<infoTable>',
        '</infoTable>',
        '-',
        '9'.repeat(20),
        '\uFFFD',
        '<TABLE>',
        '</TEXT>',
      ),
      fc.string({ maxLength: 8 }),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function mutated(text: string, changes: readonly { at: number; length: number; put: string }[]): string {
  let result = text;
  for (const { at, length, put } of changes) {
    const start = Math.floor(at * result.length);
    result = result.slice(0, start) + put + result.slice(start + length);
  }
  return result;
}

function readOrRefuse(read: () => Read): Read | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError && !error.message.includes('\n')) return null;
    throw error;
  }
}

function expectAccountedFor(read: Read): void {
  expect(read.facts.length + read.setAside.length).toBe(read.rowsRead);
  for (const { row } of read.facts) {
    for (const value of Object.values(row))
      expect(typeof value !== 'number' || Number.isFinite(value)).toBe(true);
  }
}

function readDetected(file: SourceFile): Read | null {
  const detection = edgarReader.detect(file, {});
  return detection === null
    ? null
    : readOrRefuse(() => collect(detection.kind, edgarReader.read(file, detection, {})));
}

describe('damaged files are read, or refused in one line', () => {
  test.each(Object.keys(SEEDS))('%s', (name) => {
    let read = 0;
    fc.assert(
      fc.property(mutations, (changes) => {
        const result = readDetected(fileOf('x', mutated(SEEDS[name]!, changes)));
        if (result !== null) {
          read += 1;
          expectAccountedFor(result);
        }
      }),
      { numRuns: RUNS, examples: [[[]]] },
    );
    expect(read).toBeGreaterThan(0);
  });

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const result = readDetected(fileOf('x', bytes));
        if (result !== null) expectAccountedFor(result);
      }),
      { numRuns: RUNS },
    );
  });

  test('a data set: every row of the damaged member is counted', () => {
    const files = dataSetFiles(SAMPLE);
    const detections = files.map((file) => edgarReader.detect(file, {})!);
    const which = fc.integer({ min: 0, max: files.length - 1 });
    fc.assert(
      fc.property(which, mutations, (index, changes) => {
        const text = new TextDecoder().decode(files[index]!.bytes);
        const [header, ...rest] = text.split('\n');
        const damaged = fileOf(files[index]!.name, `${header}\n${mutated(rest.join('\n'), changes)}`);
        const group = files.map((file, at) => ({
          file: at === index ? damaged : file,
          detection: detections[at]!,
        }));
        const batches = [...edgarReader.readGroup!(group, {})];
        const lines = new TextDecoder()
          .decode(damaged.bytes)
          .split(/\r\n|\r|\n/)
          .slice(1);
        const counted = batches
          .filter(({ member }) => member === index)
          .reduce((sum, { rowsRead }) => sum + rowsRead, 0);
        expect(counted).toBe(lines.filter((line) => line !== '').length);
      }),
      { numRuns: RUNS },
    );
  });
});
