import {
  type Instant,
  type IsoDate,
  MANAGER_CLASSES,
  type Measure,
  SECTORS,
  type SourceRef,
} from '../core/index.js';
import type { DataQuality, NameBreadth } from './flow-series.js';
import type { PanelManager } from './thirteen-f-managers.js';
import type { ThirteenFPanel } from './thirteen-f-panel.js';

/** The sectors that are summed; null = all securities, those without a known sector included. */
export const SUMMED_SECTORS: readonly (string | null)[] = [null, ...SECTORS];

/** What managers of one class did in one sector and quarter. */
export interface QuarterGroup {
  /** US dollars. */
  readonly longBuy: number;
  readonly longSell: number;
  readonly breadth: Readonly<Record<Measure, NameBreadth>>;
}

/** A panel summed by sector and class, without its positions, so that many quarters fit into memory. */
export interface QuarterSummary {
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  group(sector: string | null, managerClass: string): QuarterGroup | null;
  knownAt(managerClass: string): Instant | null;
  sources(managerClass: string): readonly SourceRef[];
  quality(managerClass: string): DataQuality;
}

const CLASS_INDEX = new Map<string, number>(MANAGER_CLASSES.map((name, index) => [name, index]));

/** Purchases and sales by name, of one class in one sector. */
interface NameAmounts {
  readonly buys: Float64Array;
  readonly sells: Float64Array;
  readonly isHeld: Uint8Array;
}

/** @param asOf the moment of the view, to tell a quarter whose managers may still file */
export function summariseQuarter(panel: ThirteenFPanel, asOfDay: IsoDate): QuarterSummary {
  const { positions, securities, managers } = panel;
  const classOf = Uint8Array.from(managers, ({ classification }) => CLASS_INDEX.get(classification.class)!);
  const byClass: NameAmounts[] = MANAGER_CLASSES.map(() => ({
    buys: new Float64Array(securities.length),
    sells: new Float64Array(securities.length),
    isHeld: new Uint8Array(securities.length),
  }));
  const bare = new Uint32Array(MANAGER_CLASSES.length);
  const held = new Uint32Array(MANAGER_CLASSES.length);
  for (let i = 0; i < positions.manager.length; i++) {
    const group = classOf[positions.manager[i]!]!;
    const name = positions.security[i]!;
    const net = positions.netUsd[i]!;
    held[group]!++;
    if (Number.isNaN(net)) {
      bare[group]!++;
      continue;
    }
    const amounts = byClass[group]!;
    amounts.isHeld[name] = 1;
    const cents = Math.round(net * 100);
    if (cents > 0) amounts.buys[name]! += cents;
    else amounts.sells[name]! -= cents;
  }
  const groups = new Map<string, QuarterGroup>();
  for (const [index, name] of MANAGER_CLASSES.entries()) {
    for (const sector of SUMMED_SECTORS) {
      const names = securities.flatMap((security, at) =>
        byClass[index]!.isHeld[at] === 1 && (sector === null || security.sector === sector) ? [at] : [],
      );
      if (names.length > 0) groups.set(`${sector}|${name}`, sumNames(byClass[index]!, names));
    }
  }
  const members = (name: string): PanelManager[] =>
    managers.filter(({ classification }) => classification.class === name);
  return {
    periodStart: panel.periodStart,
    periodEnd: panel.periodEnd,
    group: (sector, name) => groups.get(`${sector}|${name}`) ?? null,
    knownAt: (name) => {
      const own = members(name);
      return own.length === 0 ? null : (Math.max(...own.map(({ knownAt }) => knownAt)) as Instant);
    },
    sources: (name) => members(name).flatMap(({ sources }) => sources),
    quality: (name) => {
      const index = CLASS_INDEX.get(name) ?? 0;
      return qualityOf(panel, members(name), { held: held[index]!, bare: bare[index]! }, asOfDay);
    },
  };
}

function sumNames({ buys, sells }: NameAmounts, names: readonly number[]): QuarterGroup {
  const longBuy = names.reduce((sum, name) => sum + buys[name]!, 0);
  const longSell = names.reduce((sum, name) => sum + sells[name]!, 0);
  const nets = names.map((name) => buys[name]! - sells[name]!);
  const bought = names.map((name) => buys[name]!);
  const buyers = nets.reduce((count, net) => count + (net > 0 ? 1 : 0), 0) / names.length;
  const long = breadthOf(bought, buyers);
  return {
    longBuy: longBuy / 100,
    longSell: longSell / 100,
    breadth: { net: breadthOf(nets, buyers), grossBuy: long, longBuy: long },
  };
}

/** @param cents the measure by name */
function breadthOf(cents: readonly number[], buyers: number): NameBreadth {
  const total = cents.reduce((sum, amount) => sum + amount, 0);
  const largest = cents.toSorted((a, b) => b - a).slice(0, 5);
  return {
    buyers,
    names: cents.length,
    topFive: total > 0 ? largest.reduce((sum, amount) => sum + amount, 0) / total : null,
    withoutLargest: (total - largest[0]!) / 100,
  };
}

/** Faults that a reader should know, as the first words of managers' flags. */
const FAULTS = ['unreconciled', 'value unit undecided', 'revised'] as const;
const NAMED_FAULTS = 3;

function qualityOf(
  { coverage, deadline, excluded }: ThirteenFPanel,
  members: readonly PanelManager[],
  { held, bare }: { readonly held: number; readonly bare: number },
  asOfDay: IsoDate,
): DataQuality {
  const faults: string[] = [];
  if (asOfDay <= deadline)
    faults.push(
      `managers may file until ${deadline}; ${coverage.managers} of ${coverage.ofManagers} have been counted`,
    );
  for (const fault of FAULTS) {
    const found = members.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith(fault)));
    const rest = found.length - NAMED_FAULTS;
    if (found.length > 0)
      faults.push(`${found.slice(0, NAMED_FAULTS).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`);
  }
  const brought = members.filter(({ grade }) => grade === 'brought').length;
  const remarks = [
    `${members.length} managers of the class, ${coverage.managers} of ${coverage.ofManagers} of all counted in both quarters, ${excluded.length} left out`,
    `${bare} of ${held} positions have no dollars`,
  ];
  if (brought > 0) remarks.push(`${brought} managers are brought from a list that a third party made`);
  return { faults, remark: remarks.join('; '), broughtRows: brought };
}
