import { type Document, isMap, isNode, LineCounter, parseDocument, stringify, visit } from 'yaml';
import { z } from 'zod';
import { FormatError, type UnreadSentence } from '../core/index.js';
import type { ClaimSet } from './check.js';
import { type Claim, defaultHorizon } from './claim.js';
import { claimHead, THRESHOLDS } from './claim-schema.js';

const VERSION = 1;
/** Faults that one error line names; the rest are counted. */
const FAULTS_NAMED = 5;

const fileHead = z.strictObject({
  version: z.literal(VERSION, `is no version known here; write 'version: ${VERSION}'`),
  claims: z.array(z.unknown()),
  unread: z.array(z.strictObject({ line: z.int(), text: z.string(), reason: z.string() })).optional(),
});

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A parsed file with the line of each of its fields. */
interface Source {
  readonly fileName: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

function lineOf({ document, lines }: Source, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function fieldWords(path: readonly PropertyKey[]): string {
  return path.length === 0
    ? 'the file'
    : path
        .map((part, i) =>
          typeof part === 'number' ? `[${part + 1}]` : `${i === 0 ? '' : '.'}${String(part)}`,
        )
        .join('');
}

function foundWords({ document }: Source, path: readonly PropertyKey[]): string {
  const value: unknown = path.length === 0 ? undefined : document.getIn(path);
  return value === undefined || isNode(value) || isMap(value) ? '' : ` '${String(value)}'`;
}

/** zod's message, or one that says what is possible here. */
function issueWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has a field that is not known here: ${issue.keys.join(', ')}; see docs/concepts/claims.md`;
    case 'invalid_value':
      return issue.message.startsWith('is ') ? issue.message : `is not one of ${issue.values.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; write a ${issue.expected}`
        : `is not ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'invalid_union':
      return issue.message.startsWith('is ')
        ? issue.message
        : 'is none of the forms allowed here; see docs/concepts/claims.md';
    case 'too_small':
      return `is too small; at least ${issue.minimum}`;
    case 'too_big':
      return `is too large; at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const faultsOf = (error: z.ZodError, at: readonly PropertyKey[]): Fault[] =>
  error.issues.map((issue) => ({ path: [...at, ...issue.path], message: issueWords(issue) }));

function readClaim(value: unknown, index: number, source: Source): Claim | Fault[] {
  const at = ['claims', index];
  const head = claimHead.loose().safeParse(value, { reportInput: true });
  if (!head.success) return faultsOf(head.error, at);
  const { id, text, measure, scope, horizon, line, threshold, ...rest } = head.data;
  const unknown = Object.keys(rest);
  if (unknown.length > 0)
    return [
      {
        path: at,
        message: `has a field that is not known here: ${unknown.join(', ')}; see docs/concepts/claims.md`,
      },
    ];
  const read = (THRESHOLDS[measure] as z.ZodType).safeParse(threshold ?? {}, { reportInput: true });
  if (!read.success) return faultsOf(read.error, [...at, 'threshold']);
  const usual = defaultHorizon(measure);
  if (horizon !== undefined && usual === null)
    return [
      {
        path: [...at, 'horizon'],
        message: `is not for measure ${measure}, which looks at one week; leave it out`,
      },
    ];
  return {
    id: String(id ?? index + 1),
    text,
    line: line ?? lineOf(source, at),
    measure,
    scope: scope ?? {},
    threshold: read.data,
    horizonWeeks: horizon ?? usual,
  } as Claim;
}

function refuse(source: Source, faults: readonly Fault[]): never {
  const named = faults
    .slice(0, FAULTS_NAMED)
    .map(
      (fault) =>
        `line ${lineOf(source, fault.path)}, ${fieldWords(fault.path)}${foundWords(source, fault.path)}: ${fault.message}`,
    );
  const more = faults.length - named.length;
  throw new FormatError(`${source.fileName}: ${named.join(' | ')}${more > 0 ? ` | and ${more} more` : ''}`, {
    place: { file: source.fileName, line: lineOf(source, faults[0]!.path) },
  });
}

/**
 * Reads a file of claims (docs/concepts/claims.md).
 * @throws {FormatError} naming line, field, what was found and the way out, for every fault up to five
 */
export function readClaimFile(text: string, fileName: string): ClaimSet {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const source = { fileName, document, lines };
  const [error] = document.errors;
  if (error !== undefined)
    throw new FormatError(
      `${fileName}: line ${lines.linePos(error.pos[0]).line}: not readable as YAML: ${error.message}; mend that line`,
    );
  let anchors = 0;
  visit(document, { Alias: () => void anchors++ });
  if (anchors > 0) refuse(source, [{ path: [], message: 'uses YAML aliases; write the fields out' }]);
  const head = fileHead.safeParse(document.toJS(), { reportInput: true });
  if (!head.success) refuse(source, faultsOf(head.error, []));
  const read = head.data.claims.map((value, index) => readClaim(value, index, source));
  const faults = read.flatMap((one) => (Array.isArray(one) ? one : []));
  if (faults.length > 0) refuse(source, faults);
  const claims = read as Claim[];
  const ids = claims.map(({ id }) => id);
  const twice = ids.findIndex((id, i) => ids.indexOf(id) < i);
  if (twice >= 0)
    refuse(source, [
      { path: ['claims', twice, 'id'], message: 'stands twice; give each claim an id of its own' },
    ]);
  return { claims, unread: head.data.unread ?? [] };
}

const HEADER = '# Claims for `tidemark claims check`; the fields are explained in docs/concepts/claims.md.\n';

function plain(claim: Claim) {
  const { id, line, text, measure, scope, threshold, horizonWeeks } = claim;
  return {
    id,
    ...(line === null ? {} : { line }),
    text,
    measure,
    ...(Object.keys(scope).length === 0 ? {} : { scope }),
    ...(Object.keys(threshold).length === 0 ? {} : { threshold }),
    ...(horizonWeeks === null ? {} : { horizon: horizonWeeks }),
  };
}

/** The file that reads back as these claims. */
export function writeClaimFile({ claims, unread }: ClaimSet): string {
  const listed = (each: readonly UnreadSentence[]) =>
    each.map(({ line, text, reason }) => ({ line, text, reason }));
  const content = {
    version: VERSION,
    claims: claims.map(plain),
    ...(unread.length === 0 ? {} : { unread: listed(unread) }),
  };
  return HEADER + stringify(content, { lineWidth: 0, aliasDuplicateObjects: false, keepUndefined: false });
}
