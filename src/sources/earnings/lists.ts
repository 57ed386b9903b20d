import { endOfDayInNewYork, type IsoDate, type ReadBatch, type SourceFile } from '../../core/index.js';
import { type Cells, type Columns, readCells } from '../text/index.js';
import { announcedAt, stageFact } from './event.js';
import { ANNOUNCED_TIMES, type AnnouncedTime } from './layout.js';
import { FiledScales } from './scales.js';

const FISCAL_LABEL = /^Q([1-4]) ((?:19|20|21)\d\d)$/;
/** Percent of a fraction, in the digits that the fraction has. */
const percentOf = (fraction: number): number => Number((fraction * 100).toPrecision(12));

/**
 * Reads events with figures as filed: an announcement, where it is dated, gives the earnings per share of its day; the
 * filing, never earlier, gives revenue, net income and shares of its own.
 */
export function readEvents(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const scales = new FiledScales();
  return readCells(file.bytes, columns, (cells, facts) => {
    const listedSymbol = cells.symbol('ticker');
    cells.concern({ subject: listedSymbol });
    const filedDate = cells.date('filing_date');
    const filedAt = endOfDayInNewYork(filedDate);
    cells.concern({ periodEnd: filedDate, knownAt: filedAt });
    const label = FISCAL_LABEL.exec(cells.text('period'));
    if (label === null)
      return cells.refuse('period', "a fiscal quarter such as 'Q1 2026'", 'no fiscal quarter');
    const announcedDate = cells.optionalDate('announcement_date');
    if (announcedDate !== null && announcedDate > filedDate)
      cells.refuse('announcement_date', `a day to ${filedDate}`, 'announced after it was filed');
    const fiscal = { fiscalLabel: label[0], fiscalQuarter: Number(label[1]), fiscalYear: Number(label[2]) };
    const epsActual = cells.optionalNumber('eps_actual');
    const epsEstimate = cells.optionalNumber('eps_estimate');
    const fraction = cells.optionalNumber('eps_surprise_pct');
    const filed = {
      revenue: cells.optionalNumber('revenue'),
      netIncome: cells.optionalNumber('net_income'),
      sharesOutstanding: cells.optionalNumber('shares_outstanding'),
    };
    const about = { list: 'events', listedSymbol, tickersOf: 'today', rowNumber: cells.line } as const;
    if (announcedDate !== null) {
      const surprisePercent = fraction === null ? null : percentOf(fraction);
      const announced = { announcedDate, announcedTime: 'unknown', epsActual, epsEstimate, surprisePercent };
      facts.push(
        stageFact({
          ...about,
          stage: 'announcement',
          eventDate: announcedDate,
          perShareBasis: 'split-adjusted',
          figures: { ...fiscal, ...announced },
          knownAt: announcedAt(announcedDate, 'unknown'),
        }),
      );
    }
    facts.push(
      stageFact({
        ...about,
        stage: 'filing',
        eventDate: filedDate,
        perShareBasis: 'as-then',
        figures: {
          ...{ ...fiscal, announcedDate, filedDate },
          ...scales.judge(listedSymbol, label[0], filed, epsActual),
        },
        knownAt: filedAt,
      }),
    );
  });
}

/** Reads surprises with the time of day, tickers of their time; `qtr`, which a spreadsheet spoilt, is not read. */
export function readSurprises(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  return readCells(file.bytes, columns, (cells, facts) => {
    const listedSymbol = cells.symbol('symbol');
    cells.concern({ subject: listedSymbol });
    const announcedDate = cells.date('date');
    const announcedTime = timeOf(cells, cells.text('release_time'), announcedDate);
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
    const announcedTime = timeOf(cells, cells.optionalText('reporttime') ?? 'unknown', announcedDate);
    const fiscalPeriodEnd = cells.date('fiscaldateending');
    if (fiscalPeriodEnd > announcedDate)
      cells.refuse('reporteddate', `a day from ${fiscalPeriodEnd}`, 'announced before the quarter was over');
    return {
      list: 'alpha-vantage',
      stage: 'announcement',
      listedSymbol,
      tickersOf: 'today',
      eventDate: announcedDate,
      perShareBasis: 'split-adjusted',
      figures: {
        ...{ fiscalPeriodEnd, announcedDate, announcedTime },
        epsEstimate: cells.optionalNumber('estimatedeps'),
        epsActual: cells.optionalNumber('reportedeps'),
        surprise: cells.optionalNumber('surprise'),
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

/** 'pre' and 'post' of one list, 'pre-market' and 'post-market' of the other. */
function timeOf(cells: Cells, text: string, date: IsoDate): AnnouncedTime {
  const time = ANNOUNCED_TIMES.find((known) => known === text.replace('-market', ''));
  cells.concern({ periodEnd: date, knownAt: announcedAt(date, time ?? 'unknown') });
  return time ?? cells.refuse('release_time', ANNOUNCED_TIMES.join(', '), 'no time of day');
}
