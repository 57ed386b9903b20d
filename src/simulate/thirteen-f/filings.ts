import { addDays, dayNumber, type IsoDate, isTradingDay, thirteenFDeadline } from '../../core/index.js';
import { randomStream } from '../random-streams.js';
import { informationTable } from './filing-tables.js';
import type { Holdings } from './holdings.js';
import type { SimulatedManager } from './managers.js';
import type { HoldingsQuarter } from './quarters.js';
import type { HeldBond, HeldSecurity } from './securities.js';

/** One row of an information table. */
export interface TableRow {
  readonly issuerName: string;
  readonly titleOfClass: string;
  readonly cusip: string;
  /** In whole dollars; the filing's unit is applied when it is written. */
  readonly value: number;
  readonly amount: number;
  readonly amountType: 'SH' | 'PRN';
  readonly putCall: '' | 'Put' | 'Call';
  readonly discretion: 'SOLE' | 'DFND';
  /** Sequence number of the manager on whose behalf the row is held; '' = the filer's own. */
  readonly otherManager: string;
}

export interface SimulatedFiling {
  readonly accession: string;
  readonly manager: SimulatedManager;
  readonly quarter: number;
  readonly filed: IsoDate;
  readonly form: '13F-HR' | '13F-HR/A' | '13F-NT';
  readonly amendment: 'RESTATEMENT' | 'NEW HOLDINGS' | null;
  readonly rows: readonly TableRow[];
  /** What the values are divided by before they are printed. */
  readonly unit: 1 | 1000;
  /** Added to the total on the summary page, in the filing's unit; 0 = it adds up. */
  readonly totalError: number;
  readonly confidentialOmitted: boolean;
  /** Managers whose holdings are in this table. */
  readonly includes: readonly SimulatedManager[];
  /** Manager that reports the holdings of a notice. */
  readonly reportedBy: SimulatedManager | null;
}

/** Who does what is peculiar, as a place among the managers of a class. */
export interface Peculiar {
  readonly restates: number;
  readonly addsHoldings: number;
  readonly wrongUnit: number;
  readonly wrongTotal: number;
  readonly firstFiling: number;
  readonly notice: number;
  readonly reportsForNotice: number;
}

/** Quarters in which something is peculiar. */
export const PECULIAR_QUARTERS = { restates: 2, addsHoldings: 3, wrongTotal: 5, firstFiling: 3 } as const;

/** The class of each peculiar manager, and its place among them. */
export function peculiarManagers(managers: readonly SimulatedManager[]): Peculiar {
  const at = (name: SimulatedManager['class'], place: number): number =>
    managers.findIndex((manager) => manager.class === name) + place;
  return {
    restates: at('hedge-fund', 4),
    addsHoldings: at('hedge-fund', 9),
    wrongUnit: at('asset-manager', 12),
    wrongTotal: at('bank', 2),
    firstFiling: at('asset-manager', 20),
    notice: at('insurance', 1),
    reportsForNotice: at('insurance', 0),
  };
}

/** Filings made before this day state thousands, by the rule of the SEC; later ones dollars. */
const DOLLARS_FROM = '2023-01-03' as IsoDate;
const DAYS_TO_RESTATEMENT = 24;
const DAYS_TO_NEW_HOLDINGS = 160;
/** How many of the largest positions are kept back at first. */
const KEPT_BACK = 2;
const MISTYPED_FACTOR = 10;

export interface FilingInputs {
  readonly seed: number;
  readonly managers: readonly SimulatedManager[];
  readonly securities: readonly HeldSecurity[];
  readonly bonds: readonly HeldBond[];
  readonly quarters: readonly HoldingsQuarter[];
  readonly holdings: Holdings;
  /** False leaves out all that is peculiar but the notice. */
  readonly planted: boolean;
}

/** All filings in the order in which they were made. */
export function simulateFilings(inputs: FilingInputs): SimulatedFiling[] {
  const { seed, managers, quarters, planted } = inputs;
  const random = randomStream(seed, '13f filings');
  const peculiar = peculiarManagers(managers);
  const filings: Omit<SimulatedFiling, 'accession'>[] = [];
  for (const [q, quarter] of quarters.entries()) {
    const deadline = thirteenFDeadline(quarter.end);
    for (const [m, manager] of managers.entries()) {
      const days = dayNumber(deadline) - dayNumber(quarter.end);
      const filed = businessDay(addDays(quarter.end, days - Math.floor(32 * random.next() ** 2)));
      const includes = m === peculiar.reportsForNotice ? [managers[peculiar.notice]!] : [];
      const rows = informationTable(inputs, { m, q }, includes.length > 0);
      const plain = { ...plainFiling(manager, q, filed), rows, includes };
      if (m === peculiar.notice)
        filings.push({
          ...plain,
          form: '13F-NT',
          rows: [],
          reportedBy: managers[peculiar.reportsForNotice]!,
        });
      else if (!planted) filings.push(plain);
      else if (m !== peculiar.firstFiling || q >= PECULIAR_QUARTERS.firstFiling)
        filings.push(...peculiarFilings(plain, { m, deadline, peculiar }));
    }
  }
  const inOrder = filings.sort((a, b) => (a.filed < b.filed ? -1 : a.filed > b.filed ? 1 : 0));
  const made = new Map<string, number>();
  return inOrder.map((filing) => {
    const year = filing.filed.slice(2, 4);
    const key = `${filing.manager.cik}-${year}`;
    made.set(key, (made.get(key) ?? 0) + 1);
    return { ...filing, accession: `${key}-${String(made.get(key)).padStart(6, '0')}` };
  });
}

function plainFiling(
  manager: SimulatedManager,
  quarter: number,
  filed: IsoDate,
): Omit<SimulatedFiling, 'accession' | 'rows' | 'includes'> {
  return {
    manager,
    quarter,
    filed,
    form: '13F-HR',
    amendment: null,
    unit: filed < DOLLARS_FROM ? 1000 : 1,
    totalError: 0,
    confidentialOmitted: false,
    reportedBy: null,
  };
}

type Draft = Omit<SimulatedFiling, 'accession'>;

/** A manager's filings of a quarter where something is peculiar about it; else the plain one. */
function peculiarFilings(
  plain: Draft,
  { m, deadline, peculiar }: { m: number; deadline: IsoDate; peculiar: Peculiar },
): Draft[] {
  const { quarter, rows } = plain;
  const amended = (days: number): Pick<Draft, 'form' | 'filed'> => ({
    form: '13F-HR/A',
    filed: businessDay(addDays(deadline, days)),
  });
  if (m === peculiar.wrongUnit) return [{ ...plain, unit: plain.unit === 1 ? 1000 : 1 }];
  if (m === peculiar.wrongTotal && quarter === PECULIAR_QUARTERS.wrongTotal) {
    const total = rows.reduce((sum, { value }) => sum + value, 0);
    return [{ ...plain, totalError: Math.round(total / plain.unit / 7) }];
  }
  if (m === peculiar.restates && quarter === PECULIAR_QUARTERS.restates) {
    const mistyped = rows.map((row, i) => (i === 0 ? timesTen(row) : row));
    return [
      { ...plain, rows: mistyped },
      { ...plain, ...amended(DAYS_TO_RESTATEMENT), amendment: 'RESTATEMENT' },
    ];
  }
  if (m === peculiar.addsHoldings && quarter === PECULIAR_QUARTERS.addsHoldings) {
    const shares = rows.filter(({ putCall, amountType }) => putCall === '' && amountType === 'SH');
    const kept = new Set(shares.toSorted((a, b) => b.value - a.value).slice(0, KEPT_BACK));
    return [
      { ...plain, rows: rows.filter((row) => !kept.has(row)), confidentialOmitted: true },
      {
        ...plain,
        ...amended(DAYS_TO_NEW_HOLDINGS),
        amendment: 'NEW HOLDINGS',
        rows: rows.filter((row) => kept.has(row)),
      },
    ];
  }
  return [plain];
}

function timesTen(row: TableRow): TableRow {
  return { ...row, value: row.value * MISTYPED_FACTOR, amount: row.amount * MISTYPED_FACTOR };
}

function businessDay(date: IsoDate): IsoDate {
  let day = date;
  while (!isTradingDay(day)) day = addDays(day, -1);
  return day;
}
