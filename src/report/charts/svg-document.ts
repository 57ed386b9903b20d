const SVG = 'http://www.w3.org/2000/svg';
const PREFIXES: Readonly<Record<string, string>> = { 'http://www.w3.org/1999/xlink': 'xlink:' };

const escapeText = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/\u00a0/g, '&nbsp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
const escapeAttribute = (text: string): string => escapeText(text).replace(/"/g, '&quot;');

/** A node of a drawing: what the plotting library asks of one, and its text. */
abstract class SvgNode {
  readonly ownerDocument: SvgDocument;
  parentNode: SvgElement | null = null;

  constructor(ownerDocument: SvgDocument) {
    this.ownerDocument = ownerDocument;
  }

  abstract get outerHTML(): string;
  abstract get textContent(): string;

  get nextSibling(): SvgNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }
}

class SvgText extends SvgNode {
  readonly textContent: string;

  constructor(ownerDocument: SvgDocument, text: string) {
    super(ownerDocument);
    this.textContent = text;
  }

  get outerHTML(): string {
    return this.parentNode?.localName === 'style' ? this.textContent : escapeText(this.textContent);
  }
}

class SvgElement extends SvgNode {
  readonly namespaceURI = SVG;
  readonly localName: string;
  readonly childNodes: SvgNode[] = [];
  readonly #attributes = new Map<string, string>();

  constructor(ownerDocument: SvgDocument, localName: string) {
    super(ownerDocument);
    this.localName = localName;
  }

  get firstChild(): SvgNode | null {
    return this.childNodes[0] ?? null;
  }

  get textContent(): string {
    return this.childNodes.map((child) => child.textContent).join('');
  }

  set textContent(text: string) {
    for (const child of this.childNodes) child.parentNode = null;
    this.childNodes.length = 0;
    if (text !== '') this.appendChild(new SvgText(this.ownerDocument, text));
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  setAttributeNS(namespace: string, name: string, value: unknown): void {
    this.setAttribute((PREFIXES[namespace] ?? '') + name, value);
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  appendChild<Child extends SvgNode>(child: Child): Child {
    return this.insertBefore(child, null);
  }

  insertBefore<Child extends SvgNode>(child: Child, before: SvgNode | null): Child {
    child.remove();
    const place = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    this.childNodes.splice(place, 0, child);
    child.parentNode = this;
    return child;
  }

  append(...children: readonly (SvgNode | string)[]): void {
    for (const child of children)
      this.appendChild(typeof child === 'string' ? new SvgText(this.ownerDocument, child) : child);
  }

  removeChild<Child extends SvgNode>(child: Child): Child {
    this.childNodes.splice(this.childNodes.indexOf(child), 1);
    child.parentNode = null;
    return child;
  }

  /** The first element of a name inside; other selectors are not understood. */
  querySelector(name: string): SvgElement | null {
    for (const child of this.childNodes) {
      if (!(child instanceof SvgElement)) continue;
      const found = child.localName === name ? child : child.querySelector(name);
      if (found !== null) return found;
    }
    return null;
  }

  get outerHTML(): string {
    const attributes = Array.from(
      this.#attributes,
      ([name, value]) => ` ${name}="${escapeAttribute(value)}"`,
    ).join('');
    const inside = this.childNodes.map((child) => child.outerHTML).join('');
    return `<${this.localName}${attributes}>${inside}</${this.localName}>`;
  }
}

/**
 * A document that can hold one drawing: as much of the DOM as Observable Plot uses to draw, and text as HTML has it (HTML
 * Standard, 13.3). A browser's whole document takes half a second to load.
 */
export class SvgDocument {
  readonly documentElement = new SvgElement(this, 'svg');

  createElementNS(_namespace: string, name: string): SvgElement {
    return new SvgElement(this, name);
  }

  createTextNode(text: string): SvgText {
    return new SvgText(this, text);
  }
}
