import type { FileRef, SourceRef } from '../../core/index.js';
import { type Context, weekAnchor } from '../context.js';
import { type EvidenceList, STORE_EVIDENCE } from '../figures.js';
import { formatValue } from '../format.js';
import type { Block, Prose, Section, TableBlock, TableRowContent } from '../model.js';
import { joinProse, prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';

/** A file with the number it is called by in the report. */
interface NumberedFile {
  readonly number: number;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly source: string;
  /** Place in the input's list of files; null where only rows name the file. */
  readonly index: number | null;
}

const fileKey = (file: Pick<FileRef, 'fileName' | 'fileSha256'>): string =>
  `${file.fileSha256} ${file.fileName}`;

/** Rows, files and the weekly series: where every figure comes from. Written last, when the figures are known. */
export function sourcesSection(context: Context): Section {
  const lists = context.book.evidenceLists;
  const files = numberedFiles(context, lists);
  const { store, command } = context.input;
  return {
    anchor: 'sources',
    title: 'Sources: the rows behind every figure',
    short: 'Sources',
    blocks: [
      {
        kind: 'paragraph',
        content: prose`Every figure is a link: to the rows it was read from, or to the series or the looks it was computed from. File numbers (F1, F2 ...) are those of the table of files.`,
      },
      { kind: 'heading', text: 'The store', anchor: 'store' },
      {
        kind: 'paragraph',
        content: prose`Store ${{ kind: 'code', text: store.id }}, ${formatValue(store.rows, 'rows')}. The same report is made again from it by`,
      },
      { kind: 'paragraph', content: [{ kind: 'code', text: command }] },
      filesTable(context, files),
      { kind: 'heading', text: 'Rows behind single figures' },
      ...foldedIfLong(rowsTable(lists, files)),
      { kind: 'heading', text: `The ${context.period.each.toLowerCase()} series`, anchor: 'series' },
      {
        kind: 'details',
        summary: `Every ${context.period.one} of the series: ${words.measureWords(context.input.record.measure, context.input.record.class)} of ${words.classShort(context.input.record.class, context.input.record.basis)}`,
        blocks: [seriesTable(context, files)],
      },
    ],
  };
}

/** A table longer than a page stands folded; a link into it opens it. */
function foldedIfLong(table: TableBlock): readonly Block[] {
  if (table.rows.length <= 40) return [table];
  return [{ kind: 'details', summary: 'Rows of files, by what they are behind', blocks: [table] }];
}

function numberedFiles(
  { input }: Context,
  lists: readonly EvidenceList[],
): ReadonlyMap<string, NumberedFile> {
  const files = new Map<string, NumberedFile>();
  const add = (file: Pick<FileRef, 'fileName' | 'fileSha256' | 'source'>, index: number | null): void => {
    if (files.has(fileKey(file))) return;
    const { fileName, fileSha256, source } = file;
    files.set(fileKey(file), { number: files.size + 1, fileName, fileSha256, source, index });
  };
  input.files.forEach((file, index) => {
    add(file, index);
  });
  for (const ref of lists.flatMap((list) => list.sources)) add(ref, null);
  for (const ref of input.series.flatMap((point) => point.sources)) add(ref, null);
  return files;
}

function filesTable({ book }: Context, files: ReadonlyMap<string, NumberedFile>): Block {
  return {
    kind: 'table',
    caption: ['Files. The hash is SHA-256 of the file as it was brought.'],
    columns: [
      { label: 'No' },
      { label: 'File and its SHA-256' },
      { label: 'Source' },
      { label: 'Kind' },
      { label: 'Stored at' },
      { label: 'Rows read', numeric: true },
      { label: 'Rows set aside', numeric: true },
    ],
    rows: [...files.values()].map((file) => {
      const at = `/files/${file.index}`;
      const of = (field: string, unit: 'text' | 'instant' | 'rows'): Prose =>
        file.index === null ? ['–'] : [withoutUnit(book.at(`${at}/${field}`, unit, STORE_EVIDENCE))];
      return {
        anchor: `file-${file.number}`,
        cells: [
          [`F${file.number}`],
          [`${file.fileName} `, { kind: 'code', text: file.fileSha256 }],
          [file.source],
          of('kind', 'text'),
          of('storedAt', 'instant'),
          of('rowsRead', 'rows'),
          of('rowsSetAside', 'rows'),
        ],
      };
    }),
  };
}

/** One line a figure's file: its rows together, so that a week of two reports and a price takes two lines. */
function rowsTable(lists: readonly EvidenceList[], files: ReadonlyMap<string, NumberedFile>): TableBlock {
  return {
    kind: 'table',
    caption: [
      'Rows read, by what they are behind. Row 1 is the first line of the file. Whole hashes are in the table of files.',
    ],
    columns: [{ label: 'Behind' }, { label: 'File' }, { label: 'Rows' }, { label: 'SHA-256 of the file' }],
    rows: lists.flatMap((list) => evidenceRows(list, files)),
  };
}

function evidenceRows(list: EvidenceList, files: ReadonlyMap<string, NumberedFile>): TableRowContent[] {
  const byFile = new Map<NumberedFile, SourceRef[]>();
  for (const ref of list.sources) {
    const file = files.get(fileKey(ref))!;
    byFile.set(file, [...(byFile.get(file) ?? []), ref]);
  }
  return [...byFile].map(([file, refs], index) => ({
    ...(index === 0 ? { anchor: list.anchor } : {}),
    cells: [
      [list.label],
      [{ kind: 'link', anchor: `file-${file.number}`, text: `F${file.number}` }, ` ${file.fileName}`],
      [refs.map((ref) => ref.rowNumber).join(', ')],
      [{ kind: 'code', text: `${file.fileSha256.slice(0, 16)}…` }],
    ],
  }));
}

function seriesTable({ input, period }: Context, files: ReadonlyMap<string, NumberedFile>): Block {
  const isFutures = input.record.basis === 'cot';
  return {
    kind: 'table',
    dense: true,
    caption: [
      `${period.each} ${words.measureWords(input.record.measure, input.record.class)} of ${words.classShort(input.record.class, input.record.basis)} in ${words.marketWords(input.record)}. Sources are file:row.`,
    ],
    columns: [
      { label: `${words.capitalised(period.one)} to` },
      { label: 'Dollars', numeric: true },
      ...(isFutures ? [{ label: 'Contracts', numeric: true }] : []),
      { label: 'Volatility-scaled', numeric: true },
      { label: isFutures ? 'Share of open interest' : 'Share of daily volume', numeric: true },
      { label: 'Flags' },
      { label: 'Sources' },
    ],
    rows: input.series.map((point) => ({
      anchor: weekAnchor(point.periodEnd),
      emphasis: point.periodEnd === input.record.periodEnd,
      cells: [
        [point.periodEnd],
        [formatValue(point.dollars, 'USD')],
        ...(isFutures ? [[formatValue(point.contracts, 'contracts')]] : []),
        [formatValue(point.volScaled, 'times own volatility')],
        [formatValue(isFutures ? point.pctOi : point.pctAdv, 'share')],
        [point.flags.join(', ')],
        rowsOfWeek(point.sources, files),
      ],
    })),
  };
}

function rowsOfWeek(sources: readonly SourceRef[], files: ReadonlyMap<string, NumberedFile>): Prose {
  const refs = sources.map((ref): Prose => [`F${files.get(fileKey(ref))!.number}:${ref.rowNumber}`]);
  return joinProse(refs, ' ');
}
