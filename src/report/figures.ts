import {
  type AftermathAnswerRow,
  type DriversAnswerRow,
  type FileRef,
  LOOKBACK_QUARTERS,
  LOOKBACK_WEEKS,
  type Lookback,
  type ReportBuyers,
  type ReportClaims,
  type ReportInput,
  type ReportStudy,
  type ReportTape,
  type ReportUnison,
  type SourceRef,
  sumUsd,
} from '../core/index.js';
import { formatValue, withoutUnitWord } from './format.js';
import type { Evidence, Figure, Prose, Unit } from './model.js';

/** What every face of the report calls `data[0]`: figures are addressed by JSON Pointer into it. */
export interface ReportData {
  readonly record: ReportInput['record'];
  readonly series: ReportInput['series'];
  readonly flowsOfWeek: ReportInput['flowsOfWeek'];
  readonly buyers?: ReportBuyers;
  readonly unison?: ReportUnison;
  readonly tape?: ReportTape;
  readonly drivers?: ReportStudy<DriversAnswerRow>;
  readonly aftermath?: ReportStudy<AftermathAnswerRow>;
  readonly claims?: ReportClaims;
  readonly otherRecords: ReportInput['otherRecords'];
  readonly screen: ReportInput['screen'];
  readonly looks: ReportInput['looks'];
  readonly status: ReportInput['status'];
  readonly files: readonly FileRef[];
}

export function reportData(input: ReportInput): ReportData {
  const { record, series, flowsOfWeek, otherRecords, screen, looks, status, files } = input;
  const { buyers, unison, tape, drivers, aftermath, claims } = input;
  return {
    record,
    series,
    flowsOfWeek,
    ...(buyers === undefined ? {} : { buyers }),
    ...(unison === undefined ? {} : { unison }),
    ...(tape === undefined ? {} : { tape }),
    ...(drivers === undefined ? {} : { drivers }),
    ...(aftermath === undefined ? {} : { aftermath }),
    ...(claims === undefined ? {} : { claims }),
    otherRecords,
    screen,
    looks,
    status,
    files,
  };
}

type Scalar = number | string | boolean | null;

export const SERIES_EVIDENCE: Evidence = { anchor: 'series', sources: null };
export const LOOKS_EVIDENCE: Evidence = { anchor: 'looks', sources: null };
export const STORE_EVIDENCE: Evidence = { anchor: 'store', sources: null };

/** Lists of source rows that figures point to, in the order of first use. */
export interface EvidenceList {
  readonly anchor: string;
  readonly label: string;
  readonly sources: readonly SourceRef[];
}

/**
 * Hands out figures by their place in the input, so that no number enters a report in any other way, and keeps count of
 * those that were printed.
 */
export class FigureBook {
  readonly data: ReportData;
  readonly #figures = new Map<string, Figure>();
  readonly #lists = new Map<string, EvidenceList>();

  constructor(data: ReportData) {
    this.data = data;
  }

  /** All figures handed out, in the order of first use. */
  get figures(): readonly Figure[] {
    return [...this.#figures.values()];
  }

  get evidenceLists(): readonly EvidenceList[] {
    return [...this.#lists.values()];
  }

  /** Evidence by rows of files; without rows the figure points to the store. */
  rows(anchor: string, label: string, sources: readonly SourceRef[] | undefined): Evidence {
    if (sources === undefined || sources.length === 0) return STORE_EVIDENCE;
    if (!this.#lists.has(anchor)) this.#lists.set(anchor, { anchor, label, sources });
    return { anchor, sources };
  }

  /**
   * The figure at a JSON Pointer of the report's data.
   * @param reason why it is null, where it may be
   * @throws {Error} where the pointer leads to nothing or to more than a single value
   */
  at(pointer: string, unit: Unit, evidence: Evidence, reason?: string | undefined): Figure {
    return this.#keep(pointer, this.valueAt(pointer), unit, evidence, reason);
  }

  /** How many items of a list of the data pass, as a figure; the id says what was counted, without a condition all. */
  count<Item>(
    pointer: string,
    items: readonly Item[],
    condition: string,
    passes: (item: Item) => boolean,
    evidence: Evidence,
  ): Figure {
    return this.#keep(
      condition === '' ? `count:${pointer}` : `count:${pointer}?${condition}`,
      items.filter(passes).length,
      'count',
      evidence,
    );
  }

  /** The sum of one field over a list of the data, as a figure; null where one of them is. */
  sum(
    pointer: string,
    field: string,
    values: readonly (number | null)[],
    unit: Unit,
    evidence: Evidence,
  ): Figure {
    const known = values.filter((value) => value !== null);
    const complete = known.length === values.length && known.length > 0;
    const reason = 'not every class has this figure';
    return this.#keep(`sum:${pointer}/*/${field}`, complete ? sumUsd(known) : null, unit, evidence, reason);
  }

  /** Periods that a look-back of years expects, by the definition of look-backs; null for all history. */
  expectedPeriods(lookback: Lookback, unit: 'weeks' | 'quarters', evidence: Evidence): Figure | null {
    if (lookback === 'all') return null;
    const expected = unit === 'weeks' ? LOOKBACK_WEEKS : LOOKBACK_QUARTERS;
    return this.#keep(`lookback:${lookback}`, expected[lookback], unit, evidence);
  }

  valueAt(pointer: string): Scalar {
    let value: unknown = this.data;
    for (const step of pointer.split('/').slice(1)) {
      value = (value as Record<string, unknown> | undefined)?.[unescapePointer(step)];
    }
    if (value === undefined || (typeof value === 'object' && value !== null)) {
      throw new Error(`report: ${pointer} is not a single value of the input`);
    }
    return value as Scalar;
  }

  #keep(id: string, value: Scalar, unit: Unit, evidence: Evidence, reason?: string): Figure {
    const known = this.#figures.get(id);
    if (known !== undefined) return known;
    const text = formatValue(value, unit);
    const figure: Figure = {
      kind: 'figure',
      id,
      value,
      unit,
      text,
      bare: value === null ? text : withoutUnitWord(text),
      reason: value === null ? (reason ?? null) : null,
      evidence,
    };
    this.#figures.set(id, figure);
    return figure;
  }
}

export function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The figure, and where it is null the reason in words. */
export function withReason(figure: Figure): Prose {
  if (figure.value !== null) return [figure];
  return [figure, ` (${figure.reason ?? 'no reason given'})`];
}
