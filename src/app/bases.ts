import { type Basis, COT_CLASSES, InvalidRequest, MANAGER_CLASSES, NotCovered } from '../core/index.js';
import {
  type FlowSeries,
  type KeptOptions,
  readEtfFlows,
  readLedgerFlows,
  readTapeFlows,
  readThirteenFFlows,
} from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { COUNTED_CLASSES } from '../tape/index.js';

/** Bases whose flows are in the store as series of one calendar each. */
const SERIES_BASES = ['13f', 'ledger', 'etf', 'tape'] as const satisfies readonly Basis[];
export type SeriesBasis = (typeof SERIES_BASES)[number];

/** Every basis that flows and records take. */
export const FLOW_BASES = ['cot', ...SERIES_BASES] as const;
export type FlowBasis = (typeof FLOW_BASES)[number];

const MISSING: Readonly<Record<SeriesBasis, string>> = {
  '13f':
    "the store holds no Form 13F of two quarters in a row known by then; run 'tidemark import' on the SEC's 13F data sets",
  ledger:
    "the store holds no complete week of executions known by then; run 'tidemark import' on your ledger, see docs/sources/ledger.md",
  etf: "the store holds no shares outstanding of funds over a whole week known by then; run 'tidemark import' on a file of them, see docs/sources/etf.md",
  tape: "the store holds no tape of a week that is over by then; run 'tidemark tape import' on files of trades and quotes",
};

/** The answer to a question about a basis without data: which source is missing, and the command that gets it. */
export function basisMissing(basis: SeriesBasis): NotCovered {
  return new NotCovered(MISSING[basis]);
}

/**
 * The series of a basis.
 * @param kept basis 13f: the user's classes of managers, and where summaries of quarters are kept
 * @throws {NotCovered} where the view knows none
 */
export async function readBasisSeries(
  view: AsOfView,
  basis: SeriesBasis,
  kept: KeptOptions = {},
): Promise<readonly FlowSeries[]> {
  const flows = await seriesOf(view, basis, kept);
  if (flows.length === 0) throw basisMissing(basis);
  return flows;
}

function seriesOf(view: AsOfView, basis: SeriesBasis, kept: KeptOptions): Promise<readonly FlowSeries[]> {
  switch (basis) {
    case '13f':
      return readThirteenFFlows(view, kept);
    case 'ledger':
      return readLedgerFlows(view);
    case 'etf':
      return readEtfFlows(view);
    case 'tape':
      return readTapeFlows(view);
  }
}

const CLASSES_OF: Readonly<Partial<Record<Basis, readonly string[]>>> = {
  cot: COT_CLASSES,
  '13f': MANAGER_CLASSES,
  etf: ['fund-investors'],
  tape: COUNTED_CLASSES,
};

/**
 * A class of a basis; the classes of a ledger are those it brings.
 * @throws {InvalidRequest} naming the value and the choices
 */
export function parseClass(basis: Basis, text: string): string {
  const known = CLASSES_OF[basis];
  if (known !== undefined && !known.includes(text))
    throw new InvalidRequest(`class '${text}' is unknown to basis ${basis}; one of ${known.join(', ')}`);
  return text;
}
