import { readFile } from 'node:fs/promises';
import {
  classifyManager,
  endOfDayInNewYork,
  type FigureCache,
  formatInstant,
  type Instant,
  InvalidRequest,
  type IsoDate,
  type ManagerOverride,
  NotCovered,
  parseManagerOverrides,
  quarterEnd,
  thirteenFDeadline,
} from '../core/index.js';
import {
  KeptQuarters,
  type ManagerKind,
  type QuarterSummary,
  quarterBefore,
  type ThirteenFPanel,
} from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { basisMissing } from './bases.js';

const EXCLUSIONS = ['passive', 'market-maker'] as const;
type Exclusion = (typeof EXCLUSIONS)[number];

/** Which managers of Form 13F count, and as what. */
export interface ManagerQuestion {
  readonly exclude?: readonly Exclusion[];
  /** The user's own classes of managers, by CIK. */
  readonly overrides?: ReadonlyMap<string, ManagerOverride>;
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseExclusion(text: string): Exclusion {
  const found = EXCLUSIONS.find((kind) => kind === text);
  if (found === undefined)
    throw new InvalidRequest(
      `managers of kind '${text}' cannot be left out; one of ${EXCLUSIONS.join(', ')}`,
    );
  return found;
}

/**
 * Reads a user's file of manager classes.
 * @throws {InvalidRequest} where it cannot be read, or an entry of it is wrong
 */
export async function readManagerOverrides(file: string): Promise<Map<string, ManagerOverride>> {
  let json: string;
  try {
    json = await readFile(file, 'utf8');
  } catch (cause) {
    throw new InvalidRequest(`--managers '${file}' cannot be read; give the path of a JSON file`, { cause });
  }
  return parseManagerOverrides(json, file);
}

/** Whether a manager, or managers of a kind, count. */
export function managerCounts(
  exclude: readonly Exclusion[] = [],
): (manager: Pick<ManagerKind, 'classification'>) => boolean {
  return ({ classification }) =>
    !(exclude.includes('passive') && classification.passive) &&
    !(exclude.includes('market-maker') && classification.marketMaking);
}

/** The last day of the quarter that contains a day. */
export function quarterOf(day: IsoDate): IsoDate {
  const quarter = Math.ceil(Number(day.slice(5, 7)) / 3) as 1 | 2 | 3 | 4;
  return quarterEnd(Number(day.slice(0, 4)), quarter);
}

/** A panel in which at least one manager counts. */
type FilledPanel = ThirteenFPanel & { readonly knownAt: Instant };

export const isFilled = (panel: ThirteenFPanel): panel is FilledPanel => panel.knownAt !== null;

/** The quarters whose purchases a view can tell, their panels, and their summaries. */
export class Quarters {
  readonly #view: AsOfView;
  readonly #overrides: ReadonlyMap<string, ManagerOverride> | undefined;
  readonly #kept: KeptQuarters;
  /** Quarter ends with holdings of that quarter and the one before, oldest first. */
  readonly ends: readonly IsoDate[];

  private constructor(
    view: AsOfView,
    ends: readonly IsoDate[],
    { overrides }: ManagerQuestion,
    cache: FigureCache,
  ) {
    this.#view = view;
    this.ends = ends;
    this.#overrides = overrides;
    this.#kept = new KeptQuarters(view, { cache, ...(overrides && { overrides }) });
  }

  static async of(view: AsOfView, question: ManagerQuestion, cache: FigureCache): Promise<Quarters> {
    const rows = await view.query<{ end: IsoDate }>(
      `SELECT DISTINCT period_of_report AS "end" FROM filings WHERE entries_read IS NOT NULL AND period_of_report IS NOT NULL
       UNION SELECT DISTINCT quarter_end FROM fund_holdings WHERE quarter_end IS NOT NULL ORDER BY 1`,
    );
    const held = new Set(rows.map(({ end }) => end));
    const ends = [...held].filter((end) => quarterOf(end) === end && held.has(quarterBefore(end)));
    return new Quarters(view, ends, question, cache);
  }

  /** True once every manager had to file: before that a panel holds the early ones alone. */
  isComplete(end: IsoDate): boolean {
    return this.#view.asOf >= endOfDayInNewYork(thirteenFDeadline(end));
  }

  /**
   * The quarter that contains the day; without a day the newest that is complete, else the newest.
   * @throws {NotCovered} where the view does not know it
   */
  locate(day: IsoDate | undefined): IsoDate {
    const newest = this.ends.findLast((end) => this.isComplete(end)) ?? this.ends.at(-1);
    if (newest === undefined) throw basisMissing('13f');
    if (day === undefined) return newest;
    const end = quarterOf(day);
    if (this.ends.includes(end)) return end;
    const deadline = thirteenFDeadline(end);
    throw new NotCovered(
      end > newest
        ? `the quarter to ${end} is not known as of ${formatInstant(this.#view.asOf)}: its Forms 13F are due on ${deadline} and the newest quarter in the store is ${newest}; ask with a later --as-of, or import the SEC's 13F data set of it`
        : `no Form 13F of the quarter to ${end} and the one before is in the store; import the SEC's 13F data sets of both`,
    );
  }

  /** Read once and held. */
  panel(end: IsoDate): Promise<ThirteenFPanel> {
    return this.#kept.panel(end);
  }

  /** Read and not held. */
  readPanel(end: IsoDate): Promise<ThirteenFPanel> {
    return this.#kept.readPanel(end);
  }

  summary(end: IsoDate): Promise<QuarterSummary> {
    return this.#kept.summary(end);
  }

  /** Plain data made of quarters alone, see `KeptQuarters`. */
  keep<Value>(
    what: string,
    ends: readonly IsoDate[],
    parameters: unknown,
    make: () => Promise<Value>,
  ): Promise<Value> {
    return this.#kept.keep(what, ends, parameters, make);
  }

  /**
   * The panel of a quarter in which managers count.
   * @param hold whether it is asked for again
   * @throws {NotCovered} where none has holdings of both quarter ends
   */
  async filledPanel(end: IsoDate, { hold = false } = {}): Promise<FilledPanel> {
    const panel = await (hold ? this.panel(end) : this.readPanel(end));
    if (!isFilled(panel))
      throw new NotCovered(
        `no manager has holdings of ${end} and of the quarter before; import the SEC's 13F data sets of both quarters`,
      );
    return panel;
  }

  /** Summaries of the quarters right before one, newest first, at most `most`, as far as managers count in them. */
  async summariesBefore(end: IsoDate, most: number): Promise<QuarterSummary[]> {
    const summaries: QuarterSummary[] = [];
    for (
      let one = quarterBefore(end);
      summaries.length < most && this.ends.includes(one);
      one = quarterBefore(one)
    ) {
      const summary = await this.summary(one);
      if (summary.knownAt === null) break;
      summaries.push(summary);
    }
    return summaries;
  }

  /** Whether any manager of the store is of one of the classes, in whatever quarter. */
  async hasManagerOf(classes: readonly string[]): Promise<boolean> {
    const managers = await this.#view.query<{ cik: string | null; name: string | null }>(
      `SELECT DISTINCT cik, manager_name AS name FROM filings
       UNION SELECT m.cik, coalesce(m.legal_name, h.fund) FROM (SELECT DISTINCT fund FROM fund_holdings) h
       LEFT JOIN fund_managers m ON m.fund = h.fund ORDER BY 1, 2`,
    );
    return managers.some((manager) =>
      classes.includes(classifyManager(manager, this.#overrides ?? new Map()).class),
    );
  }

  /** Reads panels one after the other, oldest first, and keeps none but those read before. */
  async *each(ends: readonly IsoDate[]): AsyncGenerator<ThirteenFPanel> {
    for (const end of ends) yield await this.#kept.readPanel(end);
  }
}

/** What a 13F answer rests on, in words. */
export function coverageNotes(
  panel: ThirteenFPanel,
  isComplete: boolean,
  exclude: readonly Exclusion[] = [],
): string[] {
  const { coverage, managers, excluded, deadline, periodEnd } = panel;
  const notes = [
    `Quarter to ${periodEnd}: ${coverage.managers} of ${coverage.ofManagers} managers of the quarter before count, those with holdings of both quarter ends known; they held $${Math.round(coverage.valueUsd / 1e6).toLocaleString('en-US')} m at its end. ${coverage.withoutDollars} of ${coverage.positions} positions have no dollars and are in no sum.`,
  ];
  if (coverage.sectorShare !== null)
    notes.push(`The sector is known for ${(100 * coverage.sectorShare).toFixed(1)} % of the value held.`);
  const brought = managers.filter(({ grade }) => grade === 'brought').length;
  if (brought > 0)
    notes.push(
      `${brought} of the managers come from a list that a third party summed, not from the filings.`,
    );
  if (excluded.length > 0)
    notes.push(
      `${excluded.length} ${excluded.length === 1 ? 'manager does' : 'managers do'} not count, such as ${excluded[0]!.name}: ${excluded[0]!.reason}.`,
    );
  if (!isComplete)
    notes.push(`Managers may file until ${deadline}: only those that had filed by then are in the answer.`);
  if (exclude.length > 0)
    notes.push(
      `Left out on demand: managers that are ${exclude.join(' or ')}, ${managers.filter((one) => !managerCounts(exclude)(one)).length} of them.`,
    );
  return notes;
}
