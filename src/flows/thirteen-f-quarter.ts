import {
  type Instant,
  type IsoDate,
  MANAGER_CLASSES,
  type ManagerClassification,
  type Measure,
  SECTORS,
  type SourceRef,
} from '../core/index.js';
import type { DataQuality, NameBreadth } from './flow-series.js';
import { churnByManager } from './thirteen-f-churn.js';
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

/** What stands behind the figures of one class. */
interface ClassSummary {
  readonly knownAt: Instant;
  /** Files behind the class, and index of the file and row number of each source, one after the other. */
  readonly files: readonly Omit<SourceRef, 'rowNumber'>[];
  readonly rows: readonly number[];
  readonly faults: readonly string[];
  readonly remark: string;
  readonly brought: number;
}

/** Managers of one class and kind: how many, and what they bought. */
export interface ManagerKind {
  readonly classification: Pick<ManagerClassification, 'class' | 'passive' | 'marketMaking'>;
  readonly managers: number;
  /** US dollars by sector; 'all' = all securities. A sector in which nobody bought is not in it. */
  readonly bought: Readonly<Record<string, number>>;
}

/** A panel summed, without its positions, as plain data: many quarters fit into memory, and it can be kept as text. */
export interface QuarterSummary {
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly deadline: IsoDate;
  /** When the last filing counted was accepted; null where no manager counts. */
  readonly knownAt: Instant | null;
  readonly managers: number;
  readonly ofManagers: number;
  readonly groups: Readonly<Record<string, QuarterGroup>>;
  readonly classes: Readonly<Record<string, ClassSummary>>;
  readonly kinds: readonly ManagerKind[];
  /** Churn ratio by what names a manager. */
  readonly churn: Readonly<Record<string, number>>;
}

const ALL_SECTORS = 'all';
const groupKey = (sector: string | null, managerClass: string): string =>
  `${sector ?? ALL_SECTORS}|${managerClass}`;

/** What a class did in a sector, null = all securities; null where it held nothing that has dollars. */
export function groupOf(
  { groups }: QuarterSummary,
  sector: string | null,
  managerClass: string,
): QuarterGroup | null {
  return groups[groupKey(sector, managerClass)] ?? null;
}

/** Every group of the quarter; sector null = all securities. */
export function quarterGroups({
  groups,
}: QuarterSummary): (QuarterGroup & { readonly sector: string | null; readonly class: string })[] {
  return Object.entries(groups).map(([key, group]) => {
    const [sector, name] = key.split('|') as [string, string];
    return { ...group, sector: sector === ALL_SECTORS ? null : sector, class: name };
  });
}

/** What the managers of a kind bought in a sector, undefined = all securities, in US dollars. */
export function boughtBy({ bought }: ManagerKind, sector: string | undefined): number {
  return bought[sector ?? ALL_SECTORS] ?? 0;
}

export function sourcesOf({ classes }: QuarterSummary, managerClass: string): SourceRef[] {
  const { files, rows } = classes[managerClass] ?? { files: [], rows: [] };
  return Array.from({ length: rows.length / 2 }, (_, i) => ({
    ...files[rows[2 * i]!]!,
    rowNumber: rows[2 * i + 1]!,
  }));
}

/** @param asOfDay day of the view, to tell a quarter whose managers may still file */
export function qualityOf(summary: QuarterSummary, managerClass: string, asOfDay: IsoDate): DataQuality {
  const { deadline, managers, ofManagers, classes } = summary;
  const own = classes[managerClass];
  const late =
    asOfDay <= deadline
      ? [`managers may file until ${deadline}; ${managers} of ${ofManagers} have been counted`]
      : [];
  return {
    faults: [...late, ...(own?.faults ?? [])],
    remark: own?.remark ?? 'no manager of the class',
    broughtRows: own?.brought ?? 0,
  };
}

const CLASS_INDEX = new Map<string, number>(MANAGER_CLASSES.map((name, index) => [name, index]));

/** Purchases and sales by name, of one class. */
interface NameAmounts {
  readonly buys: Float64Array;
  readonly sells: Float64Array;
  readonly isHeld: Uint8Array;
  positions: number;
  withoutDollars: number;
}

function amountsByClass({ positions, securities, managers }: ThirteenFPanel): NameAmounts[] {
  const classOf = Uint8Array.from(managers, ({ classification }) => CLASS_INDEX.get(classification.class)!);
  const byClass: NameAmounts[] = MANAGER_CLASSES.map(() => ({
    buys: new Float64Array(securities.length),
    sells: new Float64Array(securities.length),
    isHeld: new Uint8Array(securities.length),
    positions: 0,
    withoutDollars: 0,
  }));
  for (let i = 0; i < positions.manager.length; i++) {
    const amounts = byClass[classOf[positions.manager[i]!]!]!;
    const name = positions.security[i]!;
    const net = positions.netUsd[i]!;
    amounts.positions++;
    if (Number.isNaN(net)) {
      amounts.withoutDollars++;
      continue;
    }
    amounts.isHeld[name] = 1;
    const cents = Math.round(net * 100);
    if (cents > 0) amounts.buys[name]! += cents;
    else amounts.sells[name]! -= cents;
  }
  return byClass;
}

/** Sums a panel by sector and class, by kind of manager, and by manager. */
export function summariseQuarter(panel: ThirteenFPanel): QuarterSummary {
  const { securities, managers, coverage } = panel;
  const byClass = amountsByClass(panel);
  const groups: Record<string, QuarterGroup> = {};
  const classes: Record<string, ClassSummary> = {};
  for (const [index, name] of MANAGER_CLASSES.entries()) {
    for (const sector of SUMMED_SECTORS) {
      const names = securities.flatMap((security, at) =>
        byClass[index]!.isHeld[at] === 1 && (sector === null || security.sector === sector) ? [at] : [],
      );
      if (names.length > 0) groups[groupKey(sector, name)] = sumNames(byClass[index]!, names);
    }
    const own = managers.filter(({ classification }) => classification.class === name);
    if (own.length > 0) classes[name] = classSummary(panel, own, byClass[index]!);
  }
  return {
    periodStart: panel.periodStart,
    periodEnd: panel.periodEnd,
    deadline: panel.deadline,
    knownAt: panel.knownAt,
    managers: coverage.managers,
    ofManagers: coverage.ofManagers,
    groups,
    classes,
    kinds: kindsOf(panel),
    churn: Object.fromEntries(churnByManager(panel)),
  };
}

/** Sums are of whole cents, which a double adds exactly up to 90 trillion dollars. */
function kindsOf({ managers, securities, positions }: ThirteenFPanel): ManagerKind[] {
  const kinds = new Map<
    string,
    { managers: number; cents: Map<string, number> } & Pick<ManagerKind, 'classification'>
  >();
  const kindOf = managers.map(({ classification }) => {
    const { class: name, passive, marketMaking } = classification;
    const key = `${name}|${passive}|${marketMaking}`;
    const kind = kinds.get(key) ?? {
      classification: { class: name, passive, marketMaking },
      managers: 0,
      cents: new Map<string, number>(),
    };
    kind.managers++;
    kinds.set(key, kind);
    return kind;
  });
  for (let i = 0; i < positions.manager.length; i++) {
    const cents = Math.round(positions.netUsd[i]! * 100);
    if (!(cents > 0)) continue;
    const sums = kindOf[positions.manager[i]!]!.cents;
    const { sector } = securities[positions.security[i]!]!;
    sums.set(ALL_SECTORS, (sums.get(ALL_SECTORS) ?? 0) + cents);
    if (sector !== null) sums.set(sector, (sums.get(sector) ?? 0) + cents);
  }
  return [...kinds.values()].map(({ cents, ...kind }) => ({
    ...kind,
    bought: Object.fromEntries([...cents].map(([sector, sum]) => [sector, sum / 100])),
  }));
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

function classSummary(
  { coverage, excluded }: ThirteenFPanel,
  members: readonly PanelManager[],
  { positions, withoutDollars }: NameAmounts,
): ClassSummary {
  const faults: string[] = [];
  for (const fault of FAULTS) {
    const found = members.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith(fault)));
    const rest = found.length - NAMED_FAULTS;
    if (found.length > 0)
      faults.push(`${found.slice(0, NAMED_FAULTS).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`);
  }
  const brought = members.filter(({ grade }) => grade === 'brought').length;
  const remarks = [
    `${members.length} managers of the class, ${coverage.managers} of ${coverage.ofManagers} of all counted in both quarters, ${excluded.length} left out`,
    `${withoutDollars} of ${positions} positions have no dollars`,
  ];
  if (brought > 0) remarks.push(`${brought} managers are brought from a list that a third party made`);
  return {
    knownAt: members.reduce(
      (latest, { knownAt }) => (knownAt > latest ? knownAt : latest),
      members[0]!.knownAt,
    ),
    ...numberedSources(members.flatMap(({ sources }) => sources)),
    faults,
    remark: remarks.join('; '),
    brought,
  };
}

/** Thousands of rows stand in a few files. */
function numberedSources(sources: readonly SourceRef[]): Pick<ClassSummary, 'files' | 'rows'> {
  const numbers = new Map<string, number>();
  const files: Omit<SourceRef, 'rowNumber'>[] = [];
  const rows = sources.flatMap(({ rowNumber, ...file }) => {
    const key = `${file.fileSha256} ${file.fileName}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = files.push(file) - 1;
      numbers.set(key, number);
    }
    return [number, rowNumber];
  });
  return { files, rows };
}
