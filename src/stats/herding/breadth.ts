import { InvalidRequest } from '../../core/index.js';
import { groupBySecurity } from './group-by-security.js';

/** Who holds what at the end of one period, one position a manager and security held; sparse, in any order. */
export interface HoldingPanel {
  readonly manager: Uint32Array;
  readonly security: Uint32Array;
  /** By manager: 1 where the manager is present in the period, with or without holdings. */
  readonly present: Uint8Array;
}

export interface BreadthChange {
  /** Managers present in both periods. */
  readonly managers: number;
  /** By security, among those managers. */
  readonly holdersBefore: Uint32Array;
  readonly holdersNow: Uint32Array;
  /** (holdersNow - holdersBefore) / managers, by security; null where no manager was present in both. */
  readonly change: Float64Array | null;
}

/**
 * Change in breadth of ownership (Chen, Hong and Stein 2002, JFE 66): holders now less holders before, among managers present
 * in both periods, so that neither a new nor a vanished filer counts as buying or selling. Divided by those managers (the
 * paper divides by all managers of the period before, which differs by a factor common to all securities).
 *
 * @throws {InvalidRequest} for columns of unequal length, an index out of range, a manager that holds but is not present,
 *   a manager and security twice
 */
export function breadthChange(now: HoldingPanel, before: HoldingPanel, securities: number): BreadthChange {
  if (now.present.length !== before.present.length) {
    throw new InvalidRequest(
      `${now.present.length} managers now and ${before.present.length} before; number them alike`,
    );
  }
  const both = now.present.map((here, manager) => here & before.present[manager]!);
  const managers = both.reduce((sum, here) => sum + here, 0);
  const holdersNow = holders(now, both, securities);
  const holdersBefore = holders(before, both, securities);
  const change =
    managers === 0
      ? null
      : Float64Array.from(holdersNow, (count, security) => (count - holdersBefore[security]!) / managers);
  return { managers, holdersBefore, holdersNow, change };
}

function holders({ manager, security, present }: HoldingPanel, counted: Uint8Array, securities: number) {
  if (manager.length !== security.length) {
    throw new InvalidRequest(
      `columns of ${manager.length} managers and ${security.length} securities; give equal lengths`,
    );
  }
  const wrong = security.findIndex((held) => held >= securities);
  if (wrong >= 0) {
    throw new InvalidRequest(`security ${security[wrong]} at position ${wrong}; there are ${securities}`);
  }
  const count = new Uint32Array(securities);
  const groups = groupBySecurity(
    { security, manager, direction: new Int8Array(security.length) },
    securities,
  );
  /** By manager, 1 + the last security seen. */
  const seen = new Uint32Array(present.length);
  for (let held = 0; held < securities; held++) {
    for (let i = groups.start[held]!; i < groups.start[held + 1]!; i++) {
      const holder = groups.manager[i]!;
      if (present[holder] !== 1) {
        throw new InvalidRequest(`manager ${holder} holds security ${held} but is not marked present`);
      }
      if (seen[holder] === held + 1) {
        throw new InvalidRequest(`manager ${holder} holds security ${held} twice; add them up first`);
      }
      seen[holder] = held + 1;
      count[held]! += counted[holder]!;
    }
  }
  return count;
}

/**
 * (buyers - sellers) / active managers, in [-1, 1].
 * @param active managers that could have traded, at least buyers + sellers
 * @returns null where nobody was active
 * @throws {InvalidRequest} for more buyers and sellers than active managers
 */
export function netBuyerShare(buyers: number, sellers: number, active: number): number | null {
  if (!(buyers >= 0 && sellers >= 0 && buyers + sellers <= active)) {
    throw new InvalidRequest(`${buyers} buyers and ${sellers} sellers of ${active} active managers`);
  }
  return active === 0 ? null : (buyers - sellers) / active;
}
