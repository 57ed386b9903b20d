import {
  endOfDayInNewYork,
  type Fact,
  type IsoDate,
  type ReadBatch,
  type SourceFile,
} from '../../core/index.js';
import { type Cells, type Columns, lookOver, readCells } from '../text/index.js';
import { announcedAt, stageFact } from './event.js';
import { ANNOUNCED_TIMES, type AnnouncedTime } from './layout.js';
import { type JudgedFigures, judgeFilings, type ListedFiling } from './scales.js';

const FISCAL_LABEL = /^Q([1-4]) ((?:19|20|21)\d\d)$/;
/** Percent of a fraction, in the digits that the fraction has. */
const percentOf = (fraction: number): number => Number((fraction * 100).toPrecision(12));

interface ListedEvent extends ListedFiling {
  readonly fiscalYear: number;
  readonly fiscalQuarter: number;
  readonly announcedDate: IsoDate | null;
  readonly filedDate: IsoDate;
  readonly epsEstimate: number | null;
  readonly surprisePercent: number | null;
}

function readEvent(cells: Cells): ListedEvent {
  const symbol = cells.symbol('ticker');
  cells.concern({ subject: symbol });
  const filedDate = cells.date('filing_date');
  cells.concern({ periodEnd: filedDate, knownAt: endOfDayInNewYork(filedDate) });
  const label = FISCAL_LABEL.exec(cells.text('period'));
  if (label === null)
    return cells.refuse('period', "a fiscal quarter such as 'Q1 2026'", 'no fiscal quarter');
  const announcedDate = cells.optionalDate('announcement_date');
  if (announcedDate !== null && announcedDate > filedDate)
    cells.refuse('announcement_date', `a day to ${filedDate}`, 'announced after it was filed');
  const fraction = cells.optionalNumber('eps_surprise_pct');
  return {
    line: cells.line,
    symbol,
    filedDate,
    fiscalLabel: label[0],
    fiscalQuarter: Number(label[1]),
    fiscalYear: Number(label[2]),
    announcedDate,
    eps: cells.optionalNumber('eps_actual'),
    epsEstimate: cells.optionalNumber('eps_estimate'),
    surprisePercent: fraction === null ? null : percentOf(fraction),
    revenue: cells.optionalNumber('revenue'),
    netIncome: cells.optionalNumber('net_income'),
    sharesOutstanding: cells.optionalNumber('shares_outstanding'),
  };
}

/**
 * Reads events with figures as filed: an announcement, where it is dated, gives the earnings per share of its day; the
 * filing, never earlier, gives revenue, net income and shares of its own.
 */
export function readEvents(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const events: ListedEvent[] = [];
  lookOver(file.bytes, columns, (cells) => events.push(readEvent(cells)));
  const judged = judgeFilings(events);
  return readCells(file.bytes, columns, (cells, facts) => {
    facts.push(...eventFacts(readEvent(cells), judged.get(cells.line)!));
  });
}

function eventFacts(event: ListedEvent, judged: JudgedFigures): Fact<'earningsEvents'>[] {
  const { symbol, fiscalLabel, fiscalYear, fiscalQuarter, announcedDate, filedDate, line } = event;
  const about = { list: 'events', listedSymbol: symbol, tickersOf: 'today', rowNumber: line } as const;
  const fiscal = { fiscalLabel, fiscalYear, fiscalQuarter };
  const filing = stageFact({
    ...about,
    stage: 'filing',
    eventDate: filedDate,
    perShareBasis: 'as-then',
    figures: { ...fiscal, announcedDate, filedDate, ...judged },
    knownAt: endOfDayInNewYork(filedDate),
  });
  if (announcedDate === null) return [filing];
  const { eps, epsEstimate, surprisePercent } = event;
  const figures = { announcedTime: 'unknown', epsActual: eps, epsEstimate, surprisePercent };
  const announcement = stageFact({
    ...about,
    stage: 'announcement',
    eventDate: announcedDate,
    perShareBasis: 'split-adjusted',
    figures: { ...fiscal, announcedDate, ...figures },
    knownAt: announcedAt(announcedDate, 'unknown'),
  });
  return [announcement, filing];
}

/** Reads surprises with the time of day, tickers of their time; `qtr`, which a spreadsheet spoilt, is not read. */
export function readSurprises(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  return readCells(file.bytes, columns, (cells, facts) => {
    const listedSymbol = cells.symbol('symbol');
    cells.concern({ subject: listedSymbol });
    const announcedDate = cells.date('date');
    const announcedTime = timeOf(cells, 'release_time', announcedDate);
    const epsEstimate = cells.number('eps_est');
    const epsActual = cells.number('eps');
    const surprise = cells.number('surprise');
    if (Math.abs(epsActual - epsEstimate - surprise) > 0.0051)
      cells.refuse(
        'surprise',
        `${epsActual} less ${epsEstimate}`,
        'the surprise is not actual less estimate',
      );
    facts.push(
      stageFact({
        list: 'surprises',
        stage: 'announcement',
        listedSymbol,
        tickersOf: 'then',
        eventDate: announcedDate,
        perShareBasis: 'as-then',
        figures: { announcedDate, announcedTime, epsEstimate, epsActual, surprise },
        knownAt: announcedAt(announcedDate, announcedTime),
        rowNumber: cells.line,
      }),
    );
  });
}

/** Reads Alpha Vantage's quarterly earnings: split-adjusted, 'None' for what is missing. */
export function readAlphaVantage(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const read = (cells: Cells): Parameters<typeof stageFact>[0] => {
    const listedSymbol = cells.symbol('symbol');
    cells.concern({ subject: listedSymbol });
    const announcedDate = cells.date('reporteddate');
    const announcedTime = timeOf(cells, 'reporttime', announcedDate);
    const fiscalPeriodEnd = cells.date('fiscaldateending');
    if (fiscalPeriodEnd > announcedDate)
      cells.refuse('reporteddate', `a day from ${fiscalPeriodEnd}`, 'announced before the quarter was over');
    const epsEstimate = cells.optionalNumber('estimatedeps');
    const epsActual = cells.optionalNumber('reportedeps');
    const surprise = cells.optionalNumber('surprise');
    return {
      list: 'alpha-vantage',
      stage: 'announcement',
      listedSymbol,
      tickersOf: 'today',
      eventDate: announcedDate,
      perShareBasis: 'split-adjusted',
      figures: {
        ...{ fiscalPeriodEnd, announcedDate, announcedTime },
        epsEstimate,
        epsActual,
        // The list writes 0 where it has no estimate.
        surprise: epsEstimate === null || epsActual === null ? null : surprise,
        surprisePercent: cells.optionalNumber('surprisepercentage'),
      },
      knownAt: announcedAt(announcedDate, announcedTime),
      rowNumber: cells.line,
    };
  };
  return readCells(file.bytes, columns, (cells, facts) => facts.push(stageFact(read(cells))), {
    blanks: ['None'],
  });
}

/** 'pre' and 'post' of one list, 'pre-market' and 'post-market' of the other, which may leave it out. */
function timeOf(cells: Cells, column: 'release_time' | 'reporttime', date: IsoDate): AnnouncedTime {
  const text = column === 'reporttime' ? (cells.optionalText(column) ?? 'unknown') : cells.text(column);
  const time = ANNOUNCED_TIMES.find((known) => known === text.replace('-market', ''));
  cells.concern({ periodEnd: date, knownAt: announcedAt(date, time ?? 'unknown') });
  return time ?? cells.refuse(column, ANNOUNCED_TIMES.join(', '), 'no time of day');
}
