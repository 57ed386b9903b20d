import { SaxesParser } from 'saxes';
import { FormatError } from '../../core/index.js';
import { MAX_XML_BYTES, MAX_XML_DEPTH, MAX_XML_TEXT } from './layout.js';

/** What a caller hears of a document: element names without their prefix, whatever prefix the filer chose. */
export interface XmlVisitor {
  open?(name: string, path: readonly string[]): void;
  /** @param text the element's own character data, blanks taken off its ends */
  close(name: string, text: string, path: readonly string[]): void;
}

/**
 * Walks a well-formed XML document. A DOCTYPE is refused, and with it every entity of the document's own making; so are
 * undefined entities, nesting deeper than 32, texts longer than 65,536 characters and documents of more than 256 MB.
 * @param file name for error messages
 * @throws {FormatError} where the document is refused or not well formed
 */
export function walkXml(xml: string, file: string, visitor: XmlVisitor): void {
  if (xml.length > MAX_XML_BYTES) {
    throw new FormatError(
      `${file}: an XML document of ${xml.length} characters; at most ${MAX_XML_BYTES} are read`,
    );
  }
  const parser = new SaxesParser({ xmlns: false, position: true });
  const path: string[] = [];
  const texts: string[] = [];
  const refuse = (what: string): never => {
    throw new FormatError(
      `${file}: ${what} at line ${parser.line}, column ${parser.column}; get the file again`,
      {
        place: { file, line: parser.line },
      },
    );
  };
  const addText = (text: string): void => {
    if (path.length === 0) return;
    const sum = texts[texts.length - 1]! + text;
    if (sum.length > MAX_XML_TEXT) refuse(`an element holds more than ${MAX_XML_TEXT} characters`);
    texts[texts.length - 1] = sum;
  };
  parser.on('error', (error) => refuse(`not well-formed XML (${error.message.replace(/^\d+:\d+: /, '')})`));
  parser.on('doctype', () => refuse('a DOCTYPE, which no SEC form has (entities are not expanded)'));
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', (tag) => {
    if (path.length >= MAX_XML_DEPTH) refuse(`elements nested deeper than ${MAX_XML_DEPTH}`);
    path.push(localName(tag.name));
    texts.push('');
    visitor.open?.(path[path.length - 1]!, path);
  });
  parser.on('closetag', () => {
    visitor.close(path[path.length - 1]!, texts[texts.length - 1]!.trim(), path);
    path.pop();
    texts.pop();
  });
  parser.write(xml.trimStart()).close();
}

const PROLOG =
  /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>\s*)?(?:<!--[\s\S]*?-->\s*)*/;

/** Local name of the first element after whatever may stand before it; null where no element follows. */
export function rootElement(text: string): string | null {
  const prolog = PROLOG.exec(text)?.[0] ?? '';
  return /^<(?:[\w.-]+:)?([\w.-]+)/.exec(text.slice(prolog.length))?.[1] ?? null;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
