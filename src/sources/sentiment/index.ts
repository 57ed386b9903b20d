import type { Detection, ReadBatch, SourceFile, SourceReader } from '../../core/index.js';
import { type Columns, hasColumns, headerColumns, requireColumns } from '../text/index.js';
import { SENTIMENT_COLUMNS, type SentimentKind } from './layout.js';
import { readDailyCounts, readObservedCounts } from './robintrack.js';
import { readAaii, readMargin, readNaaim } from './surveys.js';

const READ: Readonly<Record<SentimentKind, (file: SourceFile, columns: Columns) => Iterable<ReadBatch>>> = {
  'aaii-weekly': readAaii,
  'naaim-weekly': readNaaim,
  'finra-margin': readMargin,
  'robintrack-daily': readDailyCounts,
  'robintrack-observed': readObservedCounts,
};

/** Reads surveys of investors, margin debt, and counts of Robinhood's accounts. See docs/sources/sentiment.md. */
export const sentimentReader: SourceReader = {
  source: 'sentiment',
  detect: detectSentiment,
  read: (file, { kind }) =>
    READ[kind as SentimentKind](file, requireColumns(headerColumns(file), file, 'sentiment.md')),
};

function detectSentiment(file: SourceFile): Detection | null {
  const columns = headerColumns(file);
  if (columns === null) return null;
  for (const [kind, names] of Object.entries(SENTIMENT_COLUMNS)) {
    if (kind === 'robintrack-observed' && columns.width !== names.length) continue;
    if (hasColumns(columns, names)) return { kind, evidence: `header with ${names.join(', ')}` };
  }
  return null;
}
