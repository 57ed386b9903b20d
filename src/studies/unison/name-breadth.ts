import type { HerdingRow, IsoDate } from '../../core/index.js';
import { type TapeFlowRow, tapeFlowRows } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import { herdingRow, tradeGroups } from './herding.js';
import type { PeriodTrades } from './period-trades.js';

/** Which names were bought and sold on balance in one week of the tape, at the initiative of the other side's buyers and sellers. */
export interface NameTrades {
  /** By kind of print, which stands in the place of a manager. */
  readonly byClass: PeriodTrades;
  /** All signed prints of a name together, as if of one manager. */
  readonly together: PeriodTrades;
}

const SIGNED_TOGETHER = 'all signed prints';
const NO_INVESTORS = 'the tape tells kinds of prints, not who traded: names are counted, nobody is followed';

function tradesOf(rows: readonly TapeFlowRow[]): PeriodTrades {
  const classes = [...new Set(rows.map((row) => row.class))];
  const place = (row: TapeFlowRow): string => `${row.symbol} ${row.sector}`;
  const places = [...new Set(rows.map(place))];
  const placeOf = new Map(places.map((key, index) => [key, index]));
  const sectorOf = new Map(rows.map((row) => [place(row), row.sector]));
  return {
    basis: 'tape',
    periodStart: rows[0]!.periodStart,
    periodEnd: rows[0]!.periodEnd,
    knownAt: rows.reduce((last, { knownAt }) => (knownAt > last ? knownAt : last), ''),
    managers: classes.map((name) => ({ key: name, class: name, counts: true })),
    securities: places.map((key) => ({ key, sector: sectorOf.get(key)! })),
    manager: Uint32Array.from(rows, (row) => classes.indexOf(row.class)),
    security: Uint32Array.from(rows, (row) => placeOf.get(place(row))!),
    direction: Int8Array.from(rows, ({ net }) => Math.sign(net ?? 0)),
    heldNow: null,
    heldBefore: null,
  };
}

/**
 * The names of one market week of the tape.
 * @param periodEnd of the week, which the tape covers whole
 * @param classes kinds of prints that are signed
 * @returns null where none was printed
 */
export async function nameTrades(
  view: AsOfView,
  periodEnd: IsoDate,
  classes: readonly string[],
): Promise<NameTrades | null> {
  const asked = { every: 'week', from: periodEnd, to: periodEnd, classes } as const;
  const byClass = await tapeFlowRows(view, { ...asked, by: ['symbol', 'class', 'sector'] });
  if (byClass.length === 0) return null;
  const together = await tapeFlowRows(view, { ...asked, by: ['symbol', 'sector'] });
  return {
    byClass: tradesOf(byClass),
    together: tradesOf(together.map((row) => ({ ...row, class: SIGNED_TOGETHER }))),
  };
}

/** What is told of managers elsewhere and of nobody here. */
const NOBODY = {
  managers: null,
  followingOwn: null,
  followingOwnStandardError: null,
  followingOthers: null,
  followingOthersStandardError: null,
} as const;

/**
 * Were many names bought, or few (measures.md section 8, with names as the units)? By group of `tradeGroups`: names bought less
 * names sold on balance over names traded, and the correlation over names with the week before. The tape names no investor, so
 * that nothing is said of herding.
 */
export function nameBreadth(
  now: NameTrades,
  before: NameTrades | null,
  filter: { readonly sector?: string; readonly classes?: readonly string[] },
): HerdingRow[] {
  return tradeGroups(now.byClass, filter).map((group) => {
    const which = group.class === null ? 'together' : 'byClass';
    const row = herdingRow(now[which], before?.[which] ?? null, group, { resamples: 0, seed: 0 });
    const { breadthChange, netBuyerShare, following } = row.reasons;
    return {
      ...row,
      ...NOBODY,
      reasons: {
        managers: NO_INVESTORS,
        lsv: NO_INVESTORS,
        overdispersion: NO_INVESTORS,
        overdispersionP: NO_INVESTORS,
        followingOwn: NO_INVESTORS,
        followingOthers: NO_INVESTORS,
        ...(breadthChange === undefined ? {} : { breadthChange }),
        ...(netBuyerShare === undefined ? {} : { netBuyerShare }),
        ...(following === undefined ? {} : { following }),
      },
    };
  });
}
