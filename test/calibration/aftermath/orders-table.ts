import type { CascadeRow } from '../../../src/core/index.js';
import { count, markdown, meanShare, share } from './shares.js';
import { type AskedMarket, names } from './worlds.js';

type Holds<Item> = (item: Item) => boolean;

const isOf = (leader: string, follower: string): Holds<CascadeRow> => {
  return (row) => row.leader === leader && row.follower === follower;
};

const marketsRow = (
  test: string,
  world: string,
  markets: readonly AskedMarket[],
  holds: Holds<AskedMarket>,
): string[] => [test, world, share(count(markets, holds), markets.length)];

const pairsRow = (
  test: string,
  world: string,
  markets: readonly AskedMarket[],
  holds: Holds<CascadeRow>,
  isAsked: Holds<CascadeRow> = () => true,
): string[] => {
  const shares = markets.map(({ cascade, truth }) => {
    const unplanted = cascade.filter(
      (row) => isAsked(row) && !truth.leads.some(({ leader, follower }) => isOf(leader, follower)(row)),
    );
    return count(unplanted, holds) / unplanted.length;
  });
  return [test, world, meanShare(shares)];
};

function leadRows(cascade: readonly AskedMarket[]): string[][] {
  return cascade[0]!.truth.leads.flatMap(({ leader, follower, weeks }) => {
    const found = (holds: Holds<CascadeRow>): Holds<AskedMarket> => {
      return ({ cascade: rows }) => rows.filter(isOf(leader, follower)).some(holds);
    };
    return [
      marketsRow(
        `${leader} leads ${follower}`,
        'cascade',
        cascade,
        found(({ verdict }) => verdict === 'leads'),
      ),
      marketsRow(
        `its lead is told as ${weeks} weeks`,
        'cascade',
        cascade,
        found(({ leadWeeks }) => leadWeeks === weeks),
      ),
    ];
  });
}

function loopRows(none: readonly AskedMarket[], loop: readonly AskedMarket[]): string[][] {
  return [0, 1].flatMap((order) => {
    const isLoop: Holds<AskedMarket> = ({ loops }) => loops[order]!.verdict === 'loop';
    const holds0: Holds<AskedMarket> = ({ loops }) => loops[order]!.low! <= 0 && loops[order]!.high! >= 0;
    const ordering = none[0]!.loops[order]!.ordering.replace(/ \(.*/, '');
    return [
      marketsRow(`loop, order ${ordering}`, 'none', none, isLoop),
      marketsRow('band of its gain holds 0', 'none', none, holds0),
      marketsRow(`loop, order ${ordering}`, 'loop', loop, isLoop),
    ];
  });
}

/** A row a test of the order of classes or of a loop. */
export function ordersTable({
  none,
  quiet,
  cascade,
  loop,
}: Readonly<Record<'none' | 'quiet' | 'cascade' | 'loop', readonly AskedMarket[]>>): string {
  const isRejected: Holds<CascadeRow> = ({ grangerP }) => grangerP! < 0.05;
  const rows = [
    pairsRow('Granger p < 0.05, a pair', 'no record weeks', quiet, isRejected),
    pairsRow('Granger p < 0.05, a pair', 'none', none, isRejected),
    pairsRow(
      'leveraged-fund foretells asset-manager, p < 0.05',
      'none',
      none,
      isRejected,
      isOf('leveraged-fund', 'asset-manager'),
    ),
    pairsRow('a pair leads, after Holm', 'none', none, ({ verdict }) => verdict === 'leads'),
    marketsRow('any of twelve pairs leads, after Holm', 'none', none, (market) => names(market, 'cascade')),
    pairsRow(
      'a lead of 1 to 8 weeks is beyond all bands, a pair',
      'none',
      none,
      ({ leadWeeks }) => leadWeeks !== null && leadWeeks > 0,
    ),
    ...leadRows(cascade),
    pairsRow('another pair leads, after Holm', 'cascade', cascade, ({ verdict }) => verdict === 'leads'),
    ...loopRows(none, loop),
  ];
  return markdown(['test', 'world', 'share'], rows, 2);
}
