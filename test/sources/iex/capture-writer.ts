/** Writes captures of IEX-TP as a network card would see them; offsets stand here as the specification prints them. */

const uint = (value: number, bytes: number, isLittle = true): Buffer => {
  const buffer = Buffer.alloc(bytes);
  if (isLittle) buffer.writeUIntLE(value, 0, bytes);
  else buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};
const int64 = (value: bigint): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigInt64LE(value);
  return buffer;
};
const symbolBytes = (symbol: string): Buffer => Buffer.from(symbol.padEnd(8, ' '), 'ascii');
const front = (type: string, flags: number, time: bigint, symbol: string): Buffer =>
  Buffer.concat([Buffer.from(type), uint(flags, 1), int64(time), symbolBytes(symbol)]);

/** Prices are ten-thousandths of a dollar. */
export const quoteUpdate = (
  time: bigint,
  symbol: string,
  [bidSize, bid, ask, askSize]: readonly [number, number, number, number],
  flags = 0,
): Buffer =>
  Buffer.concat([
    front('Q', flags, time, symbol),
    uint(bidSize, 4),
    int64(BigInt(bid)),
    int64(BigInt(ask)),
    uint(askSize, 4),
  ]);

export const tradeReport = (
  time: bigint,
  symbol: string,
  trade: {
    readonly size: number;
    readonly price: number;
    readonly id: bigint;
    readonly flags?: number;
    readonly type?: 'T' | 'B';
  },
): Buffer =>
  Buffer.concat([
    front(trade.type ?? 'T', trade.flags ?? 0, time, symbol),
    uint(trade.size, 4),
    int64(BigInt(trade.price)),
    int64(trade.id),
  ]);

/** A segment of TOPS with its messages. */
export function segment(
  first: number,
  messages: readonly Buffer[],
  { protocol = 0x8003, session = 77 } = {},
): Buffer {
  const payload = Buffer.concat(messages.flatMap((message) => [uint(message.length, 2), message]));
  return Buffer.concat([
    ...[uint(1, 1), uint(0, 1), uint(protocol, 2), uint(1, 4), uint(session, 4)],
    ...[uint(payload.length, 2), uint(messages.length, 2), int64(0n), int64(BigInt(first)), int64(0n)],
    payload,
  ]);
}

/** UDP over IPv4 over Ethernet, with or without a VLAN tag. */
export function frame(payload: Buffer, { isTagged = false } = {}): Buffer {
  const udp = Buffer.concat([
    uint(10_000, 2, false),
    uint(10_378, 2, false),
    uint(payload.length + 8, 2, false),
    uint(0, 2),
  ]);
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip.writeUInt16BE(20 + udp.length + payload.length, 2);
  ip[8] = 64;
  ip[9] = 17;
  const tag = isTagged ? Buffer.from([0x81, 0x00, 0x00, 0x05]) : Buffer.alloc(0);
  return Buffer.concat([Buffer.alloc(12, 1), tag, Buffer.from([0x08, 0x00]), ip, udp, payload]);
}

export function pcap(
  packets: readonly Buffer[],
  { isLittle = true, magic = 0xa1b2c3d4, link = 1 } = {},
): Buffer {
  const word = (value: number, bytes = 4): Buffer => uint(value, bytes, isLittle);
  const header = [word(magic), word(2, 2), word(4, 2), word(0), word(0), word(65_535), word(link)];
  const records = packets.flatMap((packet) => [
    word(1),
    word(2),
    word(packet.length),
    word(packet.length),
    packet,
  ]);
  return Buffer.concat([...header, ...records]);
}

export function pcapng(packets: readonly Buffer[], { isLittle = true } = {}): Buffer {
  const word = (value: number, bytes = 4): Buffer => uint(value, bytes, isLittle);
  const block = (type: number, body: Buffer): Buffer => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    const length = word(padded.length + 12);
    return Buffer.concat([word(type), length, padded, length]);
  };
  const section = block(
    0x0a0d0d0a,
    Buffer.concat([word(0x1a2b3c4d), word(1, 2), word(0, 2), Buffer.alloc(8, 0xff)]),
  );
  const device = block(1, Buffer.concat([word(1, 2), word(0, 2), word(65_535)]));
  const blocks = packets.map((packet, i) =>
    i % 2 === 0
      ? block(6, Buffer.concat([word(0), word(0), word(0), word(packet.length), word(packet.length), packet]))
      : block(3, Buffer.concat([word(packet.length), packet])),
  );
  return Buffer.concat([section, device, block(5, Buffer.alloc(8)), ...blocks]);
}
