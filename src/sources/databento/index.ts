import type { TapeFileHead, TapeFormat, TapeReader } from '../../core/index.js';
import { firstLines } from '../text/tape/index.js';
import { readDatabentoCsv, schemaOfHeader } from './csv.js';
import { readDbn } from './dbn.js';
import { HEADER } from './layout.js';
import { dbnPrefix } from './metadata.js';
import { databentoFormat } from './mode.js';
import { publisherOf } from './publishers.js';

/** Data sets whose quotes are the best over several venues, where no record in sight tells. */
const CONSOLIDATED_DATASETS = ['EQUS.MINI', 'EQUS.SUMMARY'];
const CONSOLIDATED_SCHEMAS = ['cmbp-1', 'tcbbo'];
const LINES_LOOKED_AT = 1000;

/** Databento's trades, tbbo, mbp-1 and the trades of mbo, as DBN or CSV. See docs/sources/databento.md. */
export const databentoTapeReader: TapeReader = {
  source: 'databento',
  detect: (file) => detectDbn(file) ?? detectCsv(file),
  read: (file, format, chunks) =>
    format.name.startsWith('databento-dbn-')
      ? readDbn(file.name, format, chunks)
      : readDatabentoCsv(file.name, format, chunks),
};

function detectDbn({ head }: TapeFileHead): TapeFormat | null {
  const prefix = dbnPrefix(head);
  if (prefix === null || prefix.schema === null) return null;
  const publisherAt = prefix.bytes + HEADER.publisher;
  const publisher =
    publisherAt + 2 <= head.length ? publisherOf(head[publisherAt]! + 256 * head[publisherAt + 1]!) : null;
  return databentoFormat({
    encoding: 'dbn',
    schema: prefix.schema,
    isConsolidated:
      CONSOLIDATED_SCHEMAS.includes(prefix.schema) ||
      (publisher?.isConsolidated ?? CONSOLIDATED_DATASETS.includes(prefix.dataset)),
    evidence: `DBN version ${prefix.version}, data set ${prefix.dataset}, schema ${prefix.schema}`,
  });
}

function detectCsv({ head }: TapeFileHead): TapeFormat | null {
  const lines = firstLines(head, ',', LINES_LOOKED_AT);
  const header = lines?.[0];
  if (header === undefined) return null;
  let schema = schemaOfHeader(header);
  if (schema === null) return null;
  const rows = lines!.slice(1).filter((fields) => fields.length === header.length);
  const actionAt = header.indexOf('action');
  const holdsTradesAlone = rows.length > 0 && rows.every((fields) => fields[actionAt] === 'T');
  if (schema === 'mbp-1' && holdsTradesAlone) schema = 'tbbo';
  if (schema === 'cmbp-1' && holdsTradesAlone) schema = 'tcbbo';
  const publisher = publisherOf(Number(rows[0]?.[header.indexOf('publisher_id')] ?? -1));
  return databentoFormat({
    encoding: 'csv',
    schema,
    isConsolidated: CONSOLIDATED_SCHEMAS.includes(schema) || publisher?.isConsolidated === true,
    evidence: `a header with the columns of schema ${schema}`,
  });
}
