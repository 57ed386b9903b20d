/** A place of a report where what is printed is not what comes out. */
export interface DifferenceRow {
  readonly kind: 'difference';
  readonly file: string;
  /** The figure's id, the JSON Pointer of a value, or 'line n'. */
  readonly at: string;
  readonly printed: string | null;
  readonly recomputed: string | null;
}

const TEXT_LENGTH = 120;

function short(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > TEXT_LENGTH ? `${text.slice(0, TEXT_LENGTH)}...` : text;
}

const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function* valueDifferences(
  printed: unknown,
  recomputed: unknown,
  at: string,
): Generator<Pick<DifferenceRow, 'at' | 'printed' | 'recomputed'>> {
  const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (!isNested(printed) || !isNested(recomputed) || Array.isArray(printed) !== Array.isArray(recomputed)) {
    if (printed !== recomputed) yield { at, printed: short(printed), recomputed: short(recomputed) };
    return;
  }
  const [left, right] = [printed, recomputed] as [Record<string, unknown>, Record<string, unknown>];
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)]))
    yield* valueDifferences(left[name], right[name], `${at}/${step(name)}`);
}

interface JsonReport {
  readonly asOf: unknown;
  readonly query: unknown;
  readonly notes: unknown;
  readonly data: readonly [Record<string, unknown> & { figures?: readonly { readonly id: string }[] }];
}

/** Values of two JSON reports that differ: each value by its pointer, each printed figure by its id. */
export function jsonDifferences(file: string, printed: string, recomputed: string): DifferenceRow[] {
  const [left, right] = [JSON.parse(printed) as JsonReport, JSON.parse(recomputed) as JsonReport];
  const parts = (report: JsonReport) => {
    const { figures = [], ...data } = report.data?.[0] ?? {};
    const byId = Object.fromEntries(figures.map((figure) => [figure.id, figure]));
    return { rest: { query: report.query, notes: report.notes, data }, byId };
  };
  const [ours, theirs] = [parts(left), parts(right)];
  return [
    ...valueDifferences(ours.rest, theirs.rest, ''),
    ...valueDifferences(ours.byId, theirs.byId, 'figure '),
  ].map((difference) => ({ kind: 'difference', file, ...difference }));
}

const FIGURE = /data-figure="([^"]*)"[^>]*>([^<]*)</g;

function figuresOf(html: string): { readonly id: string; readonly text: string }[] {
  return [...html.matchAll(FIGURE)].map(([, id, text]) => ({ id: id!, text: text! }));
}

/** Figures whose printed text differs; where none does and the texts are not equal, the first line that is not. */
export function textDifferences(
  file: string,
  printed: string,
  recomputed: string,
  isSameVersion: boolean,
): DifferenceRow[] {
  const [ours, theirs] = [figuresOf(printed), figuresOf(recomputed)];
  const found: DifferenceRow[] = [];
  for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
    const [left, right] = [ours[i], theirs[i]];
    if (left?.id === right?.id && left?.text === right?.text) continue;
    const at = `figure ${i + 1}, ${left?.id ?? right?.id}`;
    found.push({
      kind: 'difference',
      file,
      at,
      printed: left?.text ?? null,
      recomputed: right?.text ?? null,
    });
  }
  if (found.length > 0 || printed === recomputed || !isSameVersion) return found;
  return [lineDifference(file, printed.split('\n'), recomputed.split('\n'))];
}

function lineDifference(
  file: string,
  printed: readonly string[],
  recomputed: readonly string[],
): DifferenceRow {
  const line = printed.findIndex((text, i) => text !== recomputed[i]);
  const at = line < 0 ? printed.length : line;
  const [left, right] = [printed[at] ?? '', recomputed[at] ?? ''];
  let same = 0;
  while (same < left.length && left[same] === right[same]) same++;
  const from = Math.max(0, same - 40);
  return {
    kind: 'difference',
    file,
    at: `line ${at + 1}`,
    printed: short(left.slice(from)),
    recomputed: short(right.slice(from)),
  };
}

/** Figures printed in a report. */
export function countFigures(html: string): number {
  return figuresOf(html).length;
}
