import { FormatError, type TapeBatch } from '../../core/index.js';
import { parseRecords } from '../text/tape/byte-records.js';
import { TapeWriter } from '../text/tape/index.js';
import { Capture } from './capture.js';
import { type Payload, udpPayload } from './frame.js';
import { SEGMENT, TOPS_PROTOCOLS, TRANSPORT_VERSION } from './layout.js';
import { MessageReader } from './messages.js';
import { SessionSequence } from './sequence.js';

const TWO_32 = 2 ** 32;

/** The TOPS protocol number of a payload; null where it is no segment of TOPS. */
export function topsProtocol(bytes: Uint8Array, { start, end }: Payload): number | null {
  if (start + SEGMENT.bytes > end || bytes[start + SEGMENT.version] !== TRANSPORT_VERSION) return null;
  const protocol = bytes[start + SEGMENT.protocol]! + 256 * bytes[start + SEGMENT.protocol + 1]!;
  return TOPS_PROTOCOLS.some((known) => known === protocol) ? protocol : null;
}

/**
 * Reads quotes, trades and trade breaks of a capture of TOPS. Messages are the rows; packets of other protocols count as
 * one row each.
 * @throws {FormatError} where a length in the capture is damaged, or the file ends inside a packet
 */
export async function* readTops(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TapeBatch> {
  const parser = new TopsParser(file);
  const rest = yield* parseRecords(chunks, (bytes) => parser.parse(bytes));
  parser.finish(rest.length);
  const last = parser.writer.take();
  if (last !== null) yield last;
}

class TopsParser {
  readonly writer: TapeWriter;
  readonly #file: string;
  readonly #capture: Capture;
  readonly #messages: MessageReader;
  readonly #sessions = new Map<number, SessionSequence>();
  #rows = 0;

  constructor(file: string) {
    this.#file = file;
    this.writer = new TapeWriter(file, { hasTradeIds: true });
    this.#capture = new Capture(file);
    this.#messages = new MessageReader(this.writer);
  }

  *parse(bytes: Uint8Array): Generator<TapeBatch, number, undefined> {
    const capture = this.#capture;
    capture.load(bytes);
    this.#messages.load(bytes);
    let at = 0;
    for (let behind = capture.advance(at); behind >= 0; behind = capture.advance(at)) {
      if (capture.start >= 0) yield* this.#packet(bytes);
      at = behind;
    }
    return at;
  }

  /**
   * Sets aside what the sessions announced and the capture does not hold.
   * @throws {FormatError} where bytes are left over
   */
  finish(bytesLeft: number): void {
    if (bytesLeft > 0) {
      const line = this.#capture.packets + 1;
      throw new FormatError(`${this.#file}: ends inside packet ${line}; get the file again`, {
        place: { file: this.#file, line },
      });
    }
    for (const [session, { missing }] of this.#sessions) {
      for (const { from, until } of missing) {
        this.writer.rowsRead += 1;
        this.writer.setAsideRow(this.#rows, {
          column: null,
          found: `nothing between messages ${from - 1} and ${until} of session ${session}`,
          expected: `${until - from} messages`,
          reason: 'the capture lost messages; quotes may be out of date behind them',
        });
      }
    }
  }

  *#packet(bytes: Uint8Array): Generator<TapeBatch, void, undefined> {
    const payload = udpPayload(bytes, this.#capture, this.#capture.linkType);
    if (payload === null || topsProtocol(bytes, payload) === null) {
      if (this.writer.isFull) yield this.writer.take()!;
      this.#beginRow();
      this.writer.otherRows += 1;
      return;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { start } = payload;
    const first =
      view.getUint32(start + SEGMENT.firstSequence, true) +
      TWO_32 * view.getUint32(start + SEGMENT.firstSequence + 4, true);
    const session = this.#sessionOf(view.getUint32(start + SEGMENT.session, true), first);
    const messages = view.getUint16(start + SEGMENT.messages, true);
    const end = Math.min(
      payload.end,
      start + SEGMENT.bytes + view.getUint16(start + SEGMENT.payloadBytes, true),
    );
    session.expect(first);
    let at = start + SEGMENT.bytes;
    for (let i = 0; i < messages; i += 1) {
      if (this.writer.isFull) yield this.writer.take()!;
      this.#beginRow();
      const length = at + 2 <= end ? view.getUint16(at, true) : 0;
      if (at + 2 + length > end || length === 0) {
        this.#setAsideCut(messages - i);
        return;
      }
      if (session.accept(first + i)) {
        this.#messages.read(at + 2, at + 2 + length, { number: this.#rows, sequence: first + i });
      } else {
        this.writer.otherRows += 1;
      }
      at += 2 + length;
    }
  }

  #beginRow(): void {
    this.#rows += 1;
    this.writer.rowsRead += 1;
  }

  #sessionOf(id: number, first: number): SessionSequence {
    let session = this.#sessions.get(id);
    if (session === undefined) {
      session = new SessionSequence(first);
      this.#sessions.set(id, session);
    }
    return session;
  }

  #setAsideCut(messages: number): void {
    this.writer.setAsideRow(this.#rows, {
      column: null,
      found: `packet ${this.#capture.packets} ends before its last ${messages} messages do`,
      expected: 'whole packets',
      reason: 'the packet was cut when it was captured',
    });
  }
}
