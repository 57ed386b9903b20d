/** Link types of captures (tcpdump.org, Link-layer header types). */
const LINK = {
  null: 0,
  ethernet: 1,
  rawBsd: 12,
  raw: 101,
  loop: 108,
  cooked: 113,
  ipv4: 228,
  ipv6: 229,
  cooked2: 276,
};
const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd, vlan: 0x8100, serviceVlan: 0x88a8 };
const UDP = 17;
const UDP_HEADER_BYTES = 8;
const IPV6_HEADER_BYTES = 40;

/** Where the payload of a UDP datagram stands. */
export interface Payload {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the payload of a captured UDP datagram.
 * @returns null for other protocols, fragments, unknown link types and packets that are cut in their headers
 */
export function udpPayload(bytes: Uint8Array, packet: Payload, linkType: number): Payload | null {
  const ip = internetPacket(bytes, packet, linkType);
  if (ip < 0 || ip >= packet.end) return null;
  const udp = bytes[ip]! >> 4 === 6 ? behindIpv6(bytes, ip, packet.end) : behindIpv4(bytes, ip, packet.end);
  if (udp < 0 || udp + UDP_HEADER_BYTES > packet.end) return null;
  const length = uint16(bytes, udp + 4);
  if (length < UDP_HEADER_BYTES) return null;
  return { start: udp + UDP_HEADER_BYTES, end: Math.min(udp + length, packet.end) };
}

const uint16 = (bytes: Uint8Array, at: number): number => bytes[at]! * 256 + bytes[at + 1]!;

/** Where the internet protocol's header begins; -1 where there is none. */
function internetPacket(bytes: Uint8Array, { start, end }: Payload, linkType: number): number {
  switch (linkType) {
    case LINK.ethernet:
      return behindEthernet(bytes, start, end);
    case LINK.cooked:
      return start + 16;
    case LINK.cooked2:
      return start + 20;
    case LINK.null:
    case LINK.loop:
      return start + 4;
    case LINK.raw:
    case LINK.rawBsd:
    case LINK.ipv4:
    case LINK.ipv6:
      return start;
    default:
      return -1;
  }
}

function behindEthernet(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 12;
  while (at + 6 <= end) {
    const type = uint16(bytes, at);
    if (type === ETHERTYPE.ipv4 || type === ETHERTYPE.ipv6) return at + 2;
    if (type !== ETHERTYPE.vlan && type !== ETHERTYPE.serviceVlan) return -1;
    at += 4;
  }
  return -1;
}

function behindIpv4(bytes: Uint8Array, at: number, end: number): number {
  if (at + 20 > end || bytes[at]! >> 4 !== 4 || bytes[at + 9] !== UDP) return -1;
  const isFragment = (uint16(bytes, at + 6) & 0x3fff) !== 0;
  const length = (bytes[at]! & 0x0f) * 4;
  return isFragment || length < 20 ? -1 : at + length;
}

function behindIpv6(bytes: Uint8Array, at: number, end: number): number {
  return at + IPV6_HEADER_BYTES <= end && bytes[at + 6] === UDP ? at + IPV6_HEADER_BYTES : -1;
}
