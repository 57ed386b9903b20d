/** How the clients of one class trade through the prime broker. */
export interface LedgerClass {
  readonly accounts: number;
  readonly prefix: string;
  /** Deviation of a week's net in a name, as a share of the name's usual dollar volume of a week. */
  readonly size: number;
  /** Share of trades that are on the short side. */
  readonly shortShare: number;
}

export const LEDGER_CLASSES = {
  'hedge-fund': { accounts: 12, prefix: 'HF', size: 0.006, shortShare: 0.35 },
  'asset-manager': { accounts: 8, prefix: 'AM', size: 0.007, shortShare: 0.05 },
  pension: { accounts: 5, prefix: 'PF', size: 0.0035, shortShare: 0 },
  'sovereign-wealth': { accounts: 3, prefix: 'SW', size: 0.003, shortShare: 0 },
  insurance: { accounts: 4, prefix: 'IN', size: 0.002, shortShare: 0 },
  endowment: { accounts: 3, prefix: 'EN', size: 0.001, shortShare: 0 },
  retail: { accounts: 6, prefix: 'RT', size: 0.003, shortShare: 0.08 },
} as const satisfies Record<string, LedgerClass>;

export type LedgerClassName = keyof typeof LEDGER_CLASSES;

export const LEDGER_CLASS_NAMES = Object.keys(LEDGER_CLASSES) as LedgerClassName[];

/** The classes whose purchases are the planted record: those of the note. */
export const INSTITUTIONS = ['hedge-fund', 'asset-manager', 'pension', 'sovereign-wealth'] as const;

export const LEDGER_PROCESS = {
  /** Probability that a class trades a name in a week. */
  tradedInTechnology: 0.75,
  tradedElsewhere: 0.16,
  /** Probability of a second trade in the other direction, and its size. */
  secondTrade: 0.2,
  secondSize: 0.4,
  /** Share of the variance of a class's trades that is common to all names, and its persistence from week to week. */
  commonShare: 0.2,
  persistence: 0.25,
  volatility: { persistence: 0.94, deviation: 0.25 },
  /** Sessions over which a name's usual dollar volume is taken. */
  volumeSessions: 60,
} as const;
