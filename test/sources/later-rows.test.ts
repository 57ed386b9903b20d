import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, SourceReader } from '../../src/core/index.js';
import { cboeReader } from '../../src/sources/cboe/index.js';
import { earningsReader } from '../../src/sources/earnings/index.js';
import { fomcReader } from '../../src/sources/fomc/index.js';
import { sentimentReader } from '../../src/sources/sentiment/index.js';
import { shillerReader } from '../../src/sources/shiller/index.js';
import { xbrlReader } from '../../src/sources/xbrl/index.js';
import { readAll } from './text/read-all.js';
import { hasSharedData, sharedBytes } from './text/shared-data.js';

/** What a view knows of facts: their rows, in any order, without their place in the file. */
function knownRows(facts: readonly Fact[], asOf: number): string[] {
  return facts
    .filter(({ knownAt }) => knownAt <= asOf)
    .map(({ row, knownAt, periodStart, periodEnd }) => JSON.stringify([row, knownAt, periodStart, periodEnd]))
    .sort();
}

/** The file as it would have been: without the rows of which nothing was known yet. */
function fileAsOf(text: string, facts: readonly Fact[], asOf: number): string {
  const known = new Set(facts.filter(({ knownAt }) => knownAt <= asOf).map(({ rowNumber }) => rowNumber));
  return `${text
    .split('\n')
    .filter((line, index) => line !== '' && (index === 0 || known.has(index + 1)))
    .join('\n')}\n`;
}

function companyAsOf(text: string, asOf: number): string {
  const whole = JSON.parse(text) as {
    facts: Record<string, Record<string, { units: Record<string, { filed: string }[]> }>>;
  };
  const day = new Date(asOf - 6 * 3_600_000).toISOString().slice(0, 10);
  for (const concept of Object.values(whole.facts).flatMap((taxonomy) => Object.values(taxonomy)))
    for (const [unit, facts] of Object.entries(concept.units))
      concept.units[unit] = facts.filter(({ filed }) => filed <= day);
  return JSON.stringify(whole);
}

const FILES: readonly (readonly [path: string, reader: SourceReader, cuts: number])[] = [
  ['earnings/earnings-events-2009-2026.csv.gz', earningsReader, 1],
  ['earnings/eps-surprise-2012-2019.csv.gz', earningsReader, 1],
  ['earnings/alphavantage-eps-megacap-2008-2025.csv', earningsReader, 8],
  ['macro/fomc-meetings-2010-2026.csv', fomcReader, 8],
  ['macro/shiller-sp500-monthly-1871-2026.csv', shillerReader, 2],
  ['macro/vix-daily-1990-2026.csv', cboeReader, 1],
  ['sentiment/aaii-weekly-1987-2026.csv', sentimentReader, 4],
  ['sentiment/naaim-weekly-2006-2026.csv', sentimentReader, 4],
  ['sentiment/finra-margin-statistics-1997-2026.csv', sentimentReader, 8],
  ['xbrl/companyfacts-nvda-subset.json.gz', xbrlReader, 3],
];

describe.skipIf(!hasSharedData)('what was known of real files at a moment (needs ../shared/data)', () => {
  it.each(FILES)('is the same without the rows of later: %s', (path, reader, cuts) => {
    const text = new TextDecoder().decode(sharedBytes(path)).replaceAll('\r\n', '\n');
    const whole = readAll(reader, text).facts;
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (index) => {
        // The anchors by which the volatility index is recognised must be in the file.
        const asOf = Math.max(
          whole[index]!.knownAt,
          reader === cboeReader ? Date.UTC(1990, 0, 5) : -Infinity,
        );
        const cut = reader === xbrlReader ? companyAsOf(text, asOf) : fileAsOf(text, whole, asOf);
        expect(knownRows(readAll(reader, cut).facts, asOf)).toEqual(knownRows(whole, asOf));
      }),
      { seed: 2026, numRuns: cuts },
    );
  });
});
