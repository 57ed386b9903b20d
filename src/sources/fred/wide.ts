import type { ReadBatch } from '../../core/index.js';
import { dataRecords, readRows } from '../text/index.js';
import { MISSING_VALUES } from './layout.js';
import { Dates, dateProblem, Releases, valueFact } from './observations.js';

/**
 * Reads a graph download: a date and a column for each series. A row with one unreadable value is set aside whole.
 * @param header the date column first, then the ids of the series
 */
export function* readWide(bytes: Uint8Array, header: readonly string[]): Generator<ReadBatch> {
  const [dateColumn, ...series] = header as [string, ...string[]];
  const releases = observeWide(bytes, series);
  const dates = new Dates();
  yield* readRows(bytes, header.length, ({ line, fields }, facts) => {
    const date = dates.of(fields[0]!);
    if (date === null) return dateProblem(dateColumn, fields[0]!);
    for (const [index, seriesId] of series.entries()) {
      const cell = { seriesId, date, vintageDate: null, text: fields[index + 1]!, column: seriesId, line };
      const fact = valueFact(cell, releases.stampOf(seriesId, date));
      if ('problem' in fact) return fact.problem;
      facts.push(fact);
    }
    return null;
  });
}

function observeWide(bytes: Uint8Array, series: readonly string[]): Releases {
  const releases = new Releases();
  for (const { fields } of dataRecords(bytes)) {
    for (const [index, seriesId] of series.entries()) {
      const text = fields[index + 1];
      if (text !== undefined && !MISSING_VALUES.includes(text)) releases.observe(seriesId, fields[0]!);
    }
  }
  return releases;
}
