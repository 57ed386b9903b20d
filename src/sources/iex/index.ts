import type { TapeFileHead, TapeFormat, TapeReader } from '../../core/index.js';
import { Capture, isCapture } from './capture.js';
import { udpPayload } from './frame.js';
import { readTops, topsProtocol } from './tops.js';

/** TOPS of the Investors Exchange, as captured (pcap or pcapng). See docs/sources/iex.md. */
export const iexTapeReader: TapeReader = {
  source: 'iex',
  detect: detectTops,
  read: (file, _format, chunks) => readTops(file.name, chunks),
};

function detectTops({ head, name }: TapeFileHead): TapeFormat | null {
  if (!isCapture(head)) return null;
  const protocol = firstProtocol(name, head);
  if (protocol === null) return null;
  return {
    name: 'iex-tops',
    holds: 'both',
    quoteKind: 'venue',
    quoteSizeUnit: 'shares',
    clock: 'nanoseconds since 1970, UTC',
    hasSubPennyPrices: true,
    evidence: `a capture of packets of IEX-TP, message protocol 0x${protocol.toString(16)} (TOPS)`,
  };
}

/** The protocol of the first segment of TOPS in the beginning of a capture. */
function firstProtocol(name: string, head: Uint8Array): number | null {
  const capture = new Capture(name);
  capture.load(head);
  try {
    let at = 0;
    for (let behind = capture.advance(at); behind >= 0; behind = capture.advance(at)) {
      if (capture.start >= 0) {
        const payload = udpPayload(head, capture, capture.linkType);
        const protocol = payload === null ? null : topsProtocol(head, payload);
        if (protocol !== null) return protocol;
      }
      at = behind;
    }
  } catch {
    return null;
  }
  return null;
}
