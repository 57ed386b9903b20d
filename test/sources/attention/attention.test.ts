import { describe, expect, it } from 'vitest';
import { FormatError, formatInstant } from '../../../src/core/index.js';
import { attentionReader } from '../../../src/sources/attention/index.js';
import { fuzzReader, readAll, rowsOf, sourceFile } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const GOOGLE = 'Category: All categories\n\nWeek,AI bubble: (United States),AI Startup: (United States)\n';
const PYTRENDS = 'date,chatGPT,GPT-4,isPartial\n';

describe('exports of Google Trends', () => {
  it('are one scale, known when their last week is complete', () => {
    const reading = readAll(attentionReader, `${GOOGLE}2020-10-18,0,<1\n2020-10-25,100,1\n`);
    expect(reading.detection.kind).toBe('trends-google');
    expect(rowsOf(reading, 'searchInterest').slice(0, 2)).toEqual([
      {
        windowStart: '2020-10-18',
        windowEnd: '2020-10-31',
        comparedWith: 'AI bubble; AI Startup',
        region: 'United States',
        term: 'AI bubble',
        weekStart: '2020-10-18',
        interest: 0,
        isBelowOne: false,
        isPartial: null,
      },
      {
        windowStart: '2020-10-18',
        windowEnd: '2020-10-31',
        comparedWith: 'AI bubble; AI Startup',
        region: 'United States',
        term: 'AI Startup',
        weekStart: '2020-10-18',
        interest: null,
        isBelowOne: true,
        isPartial: null,
      },
    ]);
    expect(new Set(reading.facts.map(({ knownAt }) => formatInstant(knownAt)))).toEqual(
      new Set(['2020-11-04T04:59:59Z']),
    );
  });

  it('are read as a spreadsheet saved them, and as the library gives them', () => {
    const saved = readAll(attentionReader, 'Week,ChatGPT: (Worldwide)\r\n1/1/2023,5\r\n1/8/2023,8\r\n');
    expect(rowsOf(saved, 'searchInterest').map(({ weekStart, region }) => [weekStart, region])).toEqual([
      ['2023-01-01', 'Worldwide'],
      ['2023-01-08', 'Worldwide'],
    ]);
    const library = readAll(attentionReader, `${PYTRENDS}2024-11-24,80,2,False\n2024-12-01,100,3,True\n`);
    expect(
      rowsOf(library, 'searchInterest').map(({ term, isPartial, region }) => [term, isPartial, region]),
    ).toEqual([
      ['chatGPT', false, 'unstated'],
      ['GPT-4', false, 'unstated'],
      ['chatGPT', true, 'unstated'],
      ['GPT-4', true, 'unstated'],
    ]);
  });

  it('are set aside by row, and refused without a week', () => {
    const reading = readAll(
      attentionReader,
      `${PYTRENDS}2024-12-01,100,3,True\n2024-12-02,100,3,True\n2024-11-24,101,3,False\n2024-11-17,1,x,False\n2024-11-10,1,1,maybe\n`,
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual(['week', 'chatGPT', 'GPT-4', 'isPartial']);
    expect(() => readAll(attentionReader, `${PYTRENDS}yesterday,1,1,False\n`)).toThrow(FormatError);
    for (const text of ['Week,AI bubble\n2020-10-18,0\n', 'date,isPartial\n', 'Month,AI: (US)\n2020-10,1\n'])
      expect(attentionReader.detect(sourceFile(text), {})).toBeNull();
  });

  it('survive damage with every row accounted for', () => {
    fuzzReader(attentionReader, `${GOOGLE}2020-10-18,0,<1\n2020-10-25,100,1\n`, 80);
    fuzzReader(attentionReader, `${PYTRENDS}2024-11-24,80,2,False\n2024-12-01,100,3,True\n`, 60);
  });
});

describe.skipIf(!hasSharedData)('real exports (needs ../shared/data)', () => {
  it.each([
    ['google-trends-ai-bubble-us-2020-2025', 262, 5, '2025-10-19'],
    ['google-trends-chatgpt-gemini-copilot-2023-2025', 141, 3, '2025-09-07'],
    ['pytrends-chatgpt-genai-2019-2024', 262, 4, '2024-12-01'],
  ])('%s', (name, weeks, terms, last) => {
    const reading = readAll(attentionReader, sharedBytes(`attention/${name}.csv`));
    expect([reading.rowsRead, reading.facts.length, reading.setAside]).toEqual([weeks, weeks * terms, []]);
    const rows = rowsOf(reading, 'searchInterest');
    expect(rows.at(-1)!.weekStart).toBe(last);
    expect(Math.max(...rows.map(({ interest }) => interest ?? 0))).toBe(100);
  });
});
