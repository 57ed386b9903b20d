import type { ReadBatch } from '../../core/index.js';
import { type Columns, cellOf, dataRecords, readRows } from '../text/index.js';
import { MISSING_VALUES, SERIES_ID, VINTAGE_COLUMN } from './layout.js';
import { Dates, dateProblem, Releases, valueFact } from './observations.js';

/** Reads a file with a row for each value: series_id, date, value, and vintage_date where the file has editions. */
export function* readLong(bytes: Uint8Array, columns: Columns): Generator<ReadBatch> {
  const seriesOf = cellOf(columns, 'series_id')!;
  const dateOf = cellOf(columns, 'date')!;
  const textOf = cellOf(columns, 'value')!;
  const vintageOf = cellOf(columns, VINTAGE_COLUMN);
  const releases = observeLong(bytes, columns);
  const dates = new Dates();
  yield* readRows(bytes, columns.width, ({ line, fields }, facts) => {
    const seriesId = seriesOf(fields);
    if (!SERIES_ID.test(seriesId)) {
      const expected = 'an id such as DGS10';
      return { column: 'series_id', found: seriesId, expected, reason: 'the series id cannot be read' };
    }
    const date = dates.of(dateOf(fields));
    if (date === null) return dateProblem('date', dateOf(fields), seriesId);
    const vintageDate = vintageOf === null ? null : dates.of(vintageOf(fields));
    if (vintageOf !== null && vintageDate === null)
      return dateProblem(VINTAGE_COLUMN, vintageOf(fields), seriesId);
    const cell = { seriesId, date, vintageDate, text: textOf(fields), column: 'value', line };
    const fact = valueFact(cell, releases.stampOf(seriesId, date));
    if ('problem' in fact) return fact.problem;
    facts.push(fact);
    return null;
  });
}

function observeLong(bytes: Uint8Array, columns: Columns): Releases {
  const seriesOf = cellOf(columns, 'series_id')!;
  const dateOf = cellOf(columns, 'date')!;
  const textOf = cellOf(columns, 'value')!;
  const releases = new Releases();
  for (const { fields } of dataRecords(bytes)) {
    if (fields.length !== columns.width || MISSING_VALUES.includes(textOf(fields))) continue;
    releases.observe(seriesOf(fields), dateOf(fields));
  }
  return releases;
}
