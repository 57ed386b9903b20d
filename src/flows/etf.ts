import {
  type FlowRow,
  formatInstant,
  type Instant,
  type IsoDate,
  isTradingDay,
  type SourceRef,
  sumUsd,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type FundDay, type FundHistory, readFundHistories } from './etf-days.js';
import { sectorFund } from './etf-funds.js';
import { fundWeeks } from './etf-weeks.js';
import { NO_SCALES } from './series-scales.js';

/** A flow row of basis etf. */
export interface EtfFlowRow extends FlowRow {
  readonly basis: 'etf';
  readonly symbol: string;
  readonly sides: 'net-only';
  /** True where the fund's index only resembles the sector. */
  readonly sectorIsProxy: boolean;
  /** Shares outstanding at the period's end. */
  readonly shares: number;
  /** Shares created (+) or redeemed (-). */
  readonly created: number | null;
  /** Of the period's last day; null where not known. */
  readonly nav: number | null;
  readonly navKind: FundDay['navKind'];
  /** What makes the row less than clean: no session, stale, one-day round trip ... */
  readonly flags: readonly string[];
}

export interface EtfFlowQuestion {
  readonly every: 'day' | 'week';
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly symbols?: readonly string[];
}

const NO_SIDES = 'creations and redemptions are seen net';

const NOTHING_ELSE = {
  contract: null,
  manager: null,
  class: 'fund-investors',
  sides: 'net-only',
  longBuy: null,
  longSell: null,
  shortSell: null,
  shortCover: null,
  grossBuy: null,
  grossSell: null,
  gross: null,
  grossing: null,
  buyRatio: null,
  ...NO_SCALES,
} as const;

/** What rows of days and weeks share. */
interface Period {
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: Instant;
  readonly shares: number;
  readonly created: number | null;
  readonly nav: number | null;
  readonly navKind: FundDay['navKind'];
  readonly net: number | null;
  readonly reason: string | null;
  readonly flags: readonly string[];
  readonly sources: readonly SourceRef[];
}

function flowRow(symbol: string, period: Period): EtfFlowRow {
  const fund = sectorFund(symbol);
  const { reason, knownAt, ...figures } = period;
  return {
    basis: 'etf',
    ...NOTHING_ELSE,
    symbol,
    sector: fund?.sector ?? null,
    sectorIsProxy: fund?.isProxy ?? false,
    ...figures,
    knownAt: formatInstant(knownAt),
    reasons: {
      grossBuy: NO_SIDES,
      grossSell: NO_SIDES,
      ...(figures.net === null && reason && { net: reason }),
    },
  };
}

const dayPeriod = ({ date, ...day }: FundDay): Period => ({ ...day, periodStart: date, periodEnd: date });

/** Weeks with a count on their last trading day; a week with a day that is not known is not known. */
function weekPeriods({ days }: FundHistory): Period[] {
  return fundWeeks(days).map(({ periodStart, periodEnd, sessions, last, missing }) => {
    const bad = sessions.find(({ net }) => net === null);
    const isKnown = missing === null && bad === undefined;
    const reason =
      missing === null ? (bad === undefined ? null : `${bad.date}: ${bad.reason}`) : `no count of ${missing}`;
    return {
      periodStart,
      periodEnd,
      knownAt: Math.max(...sessions.map(({ knownAt }) => knownAt)) as Instant,
      shares: last.shares,
      created: isKnown ? sessions.reduce((sum, { created }) => sum + created!, 0) : null,
      nav: last.nav,
      navKind: last.navKind,
      net: isKnown ? sumUsd(sessions.map(({ net }) => net!)) : null,
      reason,
      flags: sessions.flatMap(({ date, flags }) => flags.map((flag) => `${date}: ${flag}`)),
      sources: sessions.flatMap(({ sources }) => sources),
    };
  });
}

/**
 * The ledger of basis etf: creations less redemptions of each fund by day or market week (measures.md section 2.4), by fund,
 * oldest first. Days without a session are rows without a figure.
 */
export async function etfFlowRows(view: AsOfView, question: EtfFlowQuestion): Promise<EtfFlowRow[]> {
  const { every, from, to, symbols } = question;
  const histories = await readFundHistories(view);
  return histories
    .filter(({ symbol }) => symbols === undefined || symbols.includes(symbol))
    .flatMap((history) => {
      const periods = every === 'day' ? history.days.map(dayPeriod) : weekPeriods(history);
      return periods
        .filter(
          ({ periodEnd }) =>
            (from === undefined || periodEnd >= from) && (to === undefined || periodEnd <= to),
        )
        .map((period) => flowRow(history.symbol, period));
    });
}

/** Weekly figures of a fund by Monday, for series. */
export function fundWeekFlows(history: FundHistory): Period[] {
  return weekPeriods({ ...history, days: history.days.filter(({ date }) => isTradingDay(date)) });
}
