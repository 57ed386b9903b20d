import { type ManagerClass, normalDraw, type Random } from '../../core/index.js';
import { randomStream } from '../random-streams.js';

export interface SimulatedManager {
  /** Ten digits, from 9100001: no filer has reached seven million yet. */
  readonly cik: string;
  readonly name: string;
  readonly class: ManagerClass;
  /** Holds an index and buys what flows in, all names alike. */
  readonly passive: boolean;
  /** Its name alone does not tell its class. */
  readonly needsOverride: boolean;
  /** Portfolio at the first quarter's end in US dollars. */
  readonly assets: number;
}

/** How the managers of a class hold and trade. */
export interface ClassHabits {
  readonly managers: number;
  /** '%' stands for an invented place or family. */
  readonly name: string;
  /** Class words in the name give the class, by the patterns that Form 13F filers' names follow. */
  readonly tellsClass: boolean;
  /** Share of all names that a manager follows. */
  readonly reach: number;
  /** Probability that a followed name is traded in a quarter, and the median share of the position that is. */
  readonly activity: number;
  readonly turnover: number;
  /** Median portfolio in US dollars. */
  readonly assets: number;
  /** How much of the common news, of following and of the planted unison reaches the class. */
  readonly responds: number;
  /** Which way it goes when technology is bought in unison: 1 with the buyers, -1 on the other side, 0 neither. */
  readonly inUnison: -1 | 0 | 1;
}

export const CLASS_HABITS = {
  'hedge-fund': {
    managers: 30,
    name: '% Partners LP',
    tellsClass: false,
    reach: 0.45,
    activity: 0.85,
    turnover: 0.35,
    assets: 2e9,
    responds: 1,
    inUnison: 1,
  },
  'asset-manager': {
    managers: 36,
    name: '% Asset Management Inc',
    tellsClass: true,
    reach: 0.75,
    activity: 0.75,
    turnover: 0.12,
    assets: 9e9,
    responds: 1,
    inUnison: 1,
  },
  pension: {
    managers: 14,
    name: '% Public Employees Retirement System',
    tellsClass: true,
    reach: 0.9,
    activity: 0.6,
    turnover: 0.06,
    assets: 1.2e10,
    responds: 1,
    inUnison: 1,
  },
  'sovereign-wealth': {
    managers: 8,
    name: '% Sovereign Fund',
    tellsClass: true,
    reach: 0.9,
    activity: 0.6,
    turnover: 0.06,
    assets: 2.5e10,
    responds: 1,
    inUnison: 1,
  },
  bank: {
    managers: 9,
    name: 'Bank of %',
    tellsClass: true,
    reach: 0.85,
    activity: 0.7,
    turnover: 0.1,
    assets: 6e9,
    responds: 1,
    inUnison: -1,
  },
  insurance: {
    managers: 8,
    name: '% Mutual Insurance Co',
    tellsClass: true,
    reach: 0.8,
    activity: 0.5,
    turnover: 0.06,
    assets: 7e9,
    responds: 1,
    inUnison: -1,
  },
  endowment: {
    managers: 5,
    name: '% University',
    tellsClass: true,
    reach: 0.4,
    activity: 0.5,
    turnover: 0.1,
    assets: 1.5e9,
    responds: 1,
    inUnison: 0,
  },
  'family-office': {
    managers: 5,
    name: '% Family Office LLC',
    tellsClass: true,
    reach: 0.4,
    activity: 0.5,
    turnover: 0.1,
    assets: 8e8,
    responds: 1,
    inUnison: -1,
  },
  'market-maker': {
    managers: 4,
    name: '% Trading LLC',
    tellsClass: false,
    reach: 1,
    activity: 1,
    turnover: 0.6,
    assets: 4e9,
    responds: 0,
    inUnison: 0,
  },
  other: {
    managers: 1,
    name: 'Commonwealth of %',
    tellsClass: false,
    reach: 0.5,
    activity: 0.5,
    turnover: 0.05,
    assets: 9e8,
    responds: 1,
    inUnison: 0,
  },
} as const satisfies Record<ManagerClass, ClassHabits>;

/** Invented: none is a place or a firm of this name that files. */
const FIRST_PARTS = ['Alder', 'Bracken', 'Corvin', 'Dunmar', 'Eskel', 'Farrow', 'Garrin', 'Hollin', 'Istrel'];
const SECOND_PARTS = ['moor', 'fell', 'wick', 'stead', 'garth', 'haven', 'mere', 'holt', 'combe', 'lund'];

const FIRST_CIK = 9_100_001;
/** How many asset managers, the first of their class, hold an index. */
const PASSIVE_MANAGERS = 3;
const PASSIVE_NAME = '% Index Portfolio Advisors';
const ASSETS_LOG_DEVIATION = 1.1;

export const CLASSES = Object.keys(CLASS_HABITS) as ManagerClass[];

export function habitsOf(manager: Pick<SimulatedManager, 'class'>): ClassHabits {
  return CLASS_HABITS[manager.class];
}

/** Managers of every class, with invented names and CIKs; equal seeds give equal ones. */
export function simulateManagers(seed: number): SimulatedManager[] {
  const random = randomStream(seed, '13f managers');
  const managers: SimulatedManager[] = [];
  for (const name of CLASSES) {
    const habits: ClassHabits = CLASS_HABITS[name];
    for (let i = 0; i < habits.managers; i++) {
      const passive = name === 'asset-manager' && i < PASSIVE_MANAGERS;
      managers.push({
        cik: String(FIRST_CIK + managers.length).padStart(10, '0'),
        name: (passive ? PASSIVE_NAME : habits.name).replace('%', inventedWord(managers.length)),
        class: name,
        passive,
        needsOverride: passive || !habits.tellsClass,
        assets: (passive ? 8 : 1) * habits.assets * lognormal(random, ASSETS_LOG_DEVIATION),
      });
    }
  }
  return managers;
}

function inventedWord(number: number): string {
  const first = FIRST_PARTS[number % FIRST_PARTS.length]!;
  const turn = Math.floor(number / FIRST_PARTS.length) + 3 * (number % FIRST_PARTS.length);
  const second = SECOND_PARTS[turn % SECOND_PARTS.length]!;
  const round = Math.floor(number / (FIRST_PARTS.length * SECOND_PARTS.length));
  return round === 0 ? `${first}${second}` : `New ${first}${second}`;
}

/** A positive draw with median 1, cut so that no class is its largest member alone. */
function lognormal(random: Random, deviation: number): number {
  return Math.exp(deviation * Math.max(-1.5, Math.min(1.5, normalDraw(random))));
}

/** Classes by CIK for managers whose names do not tell, in the form in which users give their own. */
export function managerClassesJson(managers: readonly SimulatedManager[]): string {
  const entries = managers
    .filter(({ needsOverride }) => needsOverride)
    .map(({ cik, class: itsClass, passive }) => ({
      cik,
      class: itsClass,
      ...(passive ? { passive: true } : {}),
      ...(itsClass === 'market-maker' ? { marketMaking: true } : {}),
      reason: 'simulated',
    }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
