import { randomStream } from '../random-streams.js';
import type { FilingInputs, TableRow } from './filings.js';
import type { SimulatedManager } from './managers.js';
import type { HeldBond, HeldSecurity } from './securities.js';

/** Share of each position that a filer holds for the manager whose holdings it includes. */
const INCLUDED_SHARE = 0.3;
/** One position in so many has an option row beside it. */
const OPTION_EVERY = 9;
const OPTION_SHARE = 0.25;
/** Principal as a share of the portfolio. */
const BOND_SHARE = 0.004;

const OPTION_CLASSES: ReadonlySet<string> = new Set(['hedge-fund', 'market-maker']);
const BOND_CLASSES: ReadonlySet<string> = new Set(['asset-manager', 'insurance']);

/**
 * The information table of a manager at a quarter's end: shares, options beside some of them, bonds by principal.
 * @param splitsRows whether each position is in two rows, its own and that for the included manager
 */
export function informationTable(
  inputs: FilingInputs,
  at: { readonly m: number; readonly q: number },
  splitsRows: boolean,
): TableRow[] {
  const { managers, securities, holdings, bonds, seed } = inputs;
  const manager = managers[at.m]!;
  const hasOptions = OPTION_CLASSES.has(manager.class);
  const rows: TableRow[] = [];
  for (const [j, security] of securities.entries()) {
    const shares = holdings.shares[at.q]![at.m * securities.length + j]!;
    const price = security.endPrice[at.q]!;
    if (price === null || shares === 0) continue;
    const included = splitsRows ? Math.round(shares * INCLUDED_SHARE) : 0;
    rows.push(shareRow(security, price, shares - included));
    if (included > 0)
      rows.push({ ...shareRow(security, price, included), discretion: 'DFND', otherManager: '1' });
    if (hasOptions && (j + at.m) % OPTION_EVERY === 0) {
      const underlying = 100 * Math.max(1, Math.round((shares * OPTION_SHARE) / 100));
      const putCall = (j + at.q) % 2 === 0 ? 'Put' : 'Call';
      rows.push({ ...shareRow(security, price, underlying), putCall });
    }
  }
  return BOND_CLASSES.has(manager.class) ? [...rows, ...bondRows(seed, manager, bonds)] : rows;
}

function shareRow({ issuerName, cusip }: HeldSecurity, price: number, amount: number): TableRow {
  return {
    issuerName,
    titleOfClass: 'COM',
    cusip,
    value: Math.round(amount * price),
    amount,
    amountType: 'SH',
    putCall: '',
    discretion: 'SOLE',
    otherManager: '',
  };
}

function bondRows(seed: number, manager: SimulatedManager, bonds: readonly HeldBond[]): TableRow[] {
  const random = randomStream(seed, `13f bonds ${manager.cik}`);
  return bonds.map(({ issuerName, cusip, price }) => {
    const amount = 1000 * Math.max(1, Math.round((manager.assets * BOND_SHARE * random.next()) / 1000));
    return {
      issuerName,
      titleOfClass: 'NOTE 2.125%12/1',
      cusip,
      value: Math.round(amount * price),
      amount,
      amountType: 'PRN',
      putCall: '',
      discretion: 'SOLE',
      otherManager: '',
    };
  });
}
