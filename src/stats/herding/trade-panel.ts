import { InvalidRequest } from '../../core/index.js';

/**
 * Who traded what in one period, one position a manager and security that the manager traded; sparse, in any order. Columns
 * of equal length.
 */
export interface TradePanel {
  readonly manager: Uint32Array;
  readonly security: Uint32Array;
  /** 1 bought, -1 sold; a pair that did not trade is left out. */
  readonly direction: Int8Array;
}

/** How many managers bought a security and how many traded it at all; one position a security. */
export interface BuyerCounts {
  readonly buyers: Uint32Array;
  /** Buyers and sellers together. */
  readonly active: Uint32Array;
}

/**
 * Buyers and active managers of every security 0 .. securities - 1.
 * @throws {InvalidRequest} for columns of unequal length, a direction other than 1 and -1, a security out of range
 */
export function countBuyers(panel: TradePanel, securities: number): BuyerCounts {
  checkPanel(panel, securities);
  const buyers = new Uint32Array(securities);
  const active = new Uint32Array(securities);
  for (let i = 0; i < panel.security.length; i++) {
    const security = panel.security[i]!;
    active[security]!++;
    if (panel.direction[i] === 1) buyers[security]!++;
  }
  return { buyers, active };
}

/** Throws `InvalidRequest` where a panel cannot be what its columns say. */
function checkPanel({ manager, security, direction }: TradePanel, securities: number): void {
  if (manager.length !== security.length || manager.length !== direction.length) {
    throw new InvalidRequest(
      `columns of ${manager.length} managers, ${security.length} securities and ${direction.length} directions; give equal lengths`,
    );
  }
  for (let i = 0; i < security.length; i++) {
    if (security[i]! >= securities) {
      throw new InvalidRequest(`security ${security[i]} at position ${i}; there are ${securities}`);
    }
    if (direction[i] !== 1 && direction[i] !== -1) {
      throw new InvalidRequest(`direction ${direction[i]} at position ${i}; give 1 (bought) or -1 (sold)`);
    }
  }
}

/** Throws `InvalidRequest` where counts cannot be counts. */
export function checkCounts({ buyers, active }: BuyerCounts): void {
  if (buyers.length !== active.length) {
    throw new InvalidRequest(
      `${buyers.length} buyer counts for ${active.length} securities; give equal lengths`,
    );
  }
  const wrong = buyers.findIndex((count, i) => count > active[i]!);
  if (wrong >= 0) {
    throw new InvalidRequest(
      `${buyers[wrong]} buyers of ${active[wrong]} active at position ${wrong}; buyers are a part of the active`,
    );
  }
}
