import { createHash } from 'node:crypto';
import {
  CHECKED_ACTIONS,
  CHECKED_MERGERS,
  type FigureCache,
  type IsoDate,
  MANAGER_REGISTER,
  type ManagerOverride,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type QuarterContents, readQuarterContents } from './thirteen-f-contents.js';
import {
  type PanelLists,
  quarterBefore,
  readPanelLists,
  readThirteenFPanel,
  type ThirteenFPanel,
} from './thirteen-f-panel.js';
import { type QuarterSummary, summariseQuarter } from './thirteen-f-quarter.js';

/** Raised with any change of panels, or of what is made of them and kept, that changes a figure. */
const KEPT_VERSION = 1;

/** What the program brings along: with a new version of a list all is made anew. */
const OWN_LISTS = [MANAGER_REGISTER, CHECKED_ACTIONS, CHECKED_MERGERS] as const;

export interface KeptOptions {
  /** The user's own classes of managers, by CIK. */
  readonly overrides?: ReadonlyMap<string, ManagerOverride>;
  /** Where what is made of quarters is kept; without it all is made anew. */
  readonly cache?: FigureCache;
}

/** Quarters of Form 13F of a view: panels read when asked for, and what is made of them kept from one command to the next. */
export class KeptQuarters {
  readonly #view: AsOfView;
  readonly #options: KeptOptions;
  readonly #panels = new Map<IsoDate, Promise<ThirteenFPanel>>();
  readonly #summaries = new Map<IsoDate, Promise<QuarterSummary>>();
  #lists: Promise<PanelLists> | undefined;
  #contents: Promise<QuarterContents> | undefined;

  constructor(view: AsOfView, options: KeptOptions = {}) {
    this.#view = view;
    this.#options = options;
  }

  /** The panel of a quarter, read once and held. */
  panel(end: IsoDate): Promise<ThirteenFPanel> {
    const held = this.#panels.get(end) ?? this.readPanel(end);
    this.#panels.set(end, held);
    return held;
  }

  /** The panel of a quarter, not held: one of millions of positions takes hundreds of megabytes. */
  async readPanel(end: IsoDate): Promise<ThirteenFPanel> {
    const held = this.#panels.get(end);
    if (held !== undefined) return held;
    this.#lists ??= readPanelLists(this.#view);
    const { overrides } = this.#options;
    return readThirteenFPanel(this.#view, end, { lists: await this.#lists, ...(overrides && { overrides }) });
  }

  summary(end: IsoDate): Promise<QuarterSummary> {
    const held = this.#summaries.get(end) ?? this.#summary(end);
    this.#summaries.set(end, held);
    return held;
  }

  #summary(end: IsoDate): Promise<QuarterSummary> {
    return this.keep('summary', [end], null, async () => summariseQuarter(await this.readPanel(end)));
  }

  /**
   * Plain data that was made of quarters alone, from where it is kept if the same was made of the same before.
   * @param ends       every quarter whose panel it is made of
   * @param parameters all else that it depends on
   */
  async keep<Value>(
    what: string,
    ends: readonly IsoDate[],
    parameters: unknown,
    make: () => Promise<Value>,
  ): Promise<Value> {
    const { cache } = this.#options;
    if (cache === undefined) return make();
    const key = await this.#keyOf([what, ends, parameters], ends);
    const kept = parsed<Value>(await cache.readText(key));
    if (kept !== null) return kept;
    const value = await make();
    await cache.writeText(key, JSON.stringify(value));
    return value;
  }

  async #keyOf(about: readonly unknown[], ends: readonly IsoDate[]): Promise<string> {
    this.#contents ??= readQuarterContents(this.#view, quarterBefore);
    const contents = await this.#contents;
    const overrides = [...(this.#options.overrides?.values() ?? [])].sort((a, b) => (a.cik < b.cik ? -1 : 1));
    const hashes = ends.map((end) => contents.hashOf(end));
    const content = JSON.stringify([KEPT_VERSION, OWN_LISTS, hashes, overrides, about]);
    return `thirteen-f-${createHash('sha256').update(content).digest('hex')}`;
  }
}

/** Null where nothing is kept, or what is kept is damaged. */
function parsed<Value>(text: string | null): Value | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}
