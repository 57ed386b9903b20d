import {
  endOfDayInNewYork,
  type Fact,
  type Instant,
  type IsoDate,
  newYorkInstant,
  type TableRow,
  tickerOfToday,
} from '../../core/index.js';
import type { AnnouncedTime, EarningsList } from './layout.js';

type EventRow = TableRow<'earningsEvents'>;
type Figures = Partial<
  Pick<
    EventRow,
    | 'fiscalLabel'
    | 'fiscalYear'
    | 'fiscalQuarter'
    | 'fiscalPeriodEnd'
    | 'announcedDate'
    | 'announcedTime'
    | 'filedDate'
    | 'epsEstimate'
    | 'epsActual'
    | 'surprise'
    | 'surprisePercent'
    | 'revenue'
    | 'netIncome'
    | 'sharesOutstanding'
    | 'flags'
  >
>;

/** What every list leaves blank. */
const NO_FIGURES: Required<Figures> = {
  fiscalLabel: null,
  fiscalYear: null,
  fiscalQuarter: null,
  fiscalPeriodEnd: null,
  announcedDate: null,
  announcedTime: null,
  filedDate: null,
  epsEstimate: null,
  epsActual: null,
  surprise: null,
  surprisePercent: null,
  revenue: null,
  netIncome: null,
  sharesOutstanding: null,
  flags: null,
};

/** One stage of an event, as a list tells it. */
export interface Stage {
  readonly list: EarningsList;
  readonly stage: 'announcement' | 'filing';
  readonly listedSymbol: string;
  readonly eventDate: IsoDate;
  readonly perShareBasis: 'split-adjusted' | 'as-then';
  /** Which tickers the list has: those of the event's time, or today's. */
  readonly tickersOf: 'then' | 'today';
  readonly figures: Figures;
  readonly knownAt: Instant;
  readonly rowNumber: number;
}

export function stageFact(stage: Stage): Fact<'earningsEvents'> {
  const { list, listedSymbol, eventDate, perShareBasis, tickersOf, figures, knownAt, rowNumber } = stage;
  return {
    table: 'earningsEvents',
    row: {
      ...NO_FIGURES,
      ...figures,
      list,
      stage: stage.stage,
      symbol: tickersOf === 'then' ? tickerOfToday(listedSymbol, eventDate) : listedSymbol,
      listedSymbol,
      eventDate,
      currency: 'USD',
      perShareBasis,
    },
    periodStart: eventDate,
    periodEnd: eventDate,
    knownAt,
    knownAtKind: 'rule',
    rowNumber,
  };
}

/**
 * When an announcement is known: one before the open at 09:30 of its day; one after the close, which may come any time of
 * the evening, and one of unknown time at the end of its day in New York.
 */
export function announcedAt(date: IsoDate, time: AnnouncedTime): Instant {
  return time === 'pre' ? newYorkInstant(date, 9, 30) : endOfDayInNewYork(date);
}
