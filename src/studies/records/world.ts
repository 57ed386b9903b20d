import { CONTRACT_REGISTER, COT_CLASSES, type CotClass, contractEntry, HeldBy } from '../../core/index.js';
import {
  beginScales,
  type CotContractSeries,
  type CotReport,
  cotFlowSeries,
  type FlowSeries,
  readCotSeries,
  readScaleContext,
  readSetAsidePositions,
  type ScaleContext,
} from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';

/** Every contract of a view with its five classes as series. */
export interface CotWorld {
  readonly contracts: readonly CotContractSeries[];
  readonly scales: ScaleContext;
  flow(contract: CotContractSeries, name: CotClass): FlowSeries;
  readonly flows: readonly FlowSeries[];
}

type WorldQuestion = { readonly report: CotReport; readonly more?: readonly string[] };

/** What a view has been read for: it never changes, and a report asks a dozen studies of the same contracts. */
const READ = new HeldBy<AsOfView, Promise<CotWorld>>();

/**
 * Reads the contracts of the register, and any others asked for; of one view once.
 * @param more codes outside the register
 */
export function readCotWorld(view: AsOfView, question: WorldQuestion): Promise<CotWorld> {
  const codes = [...new Set([...CONTRACT_REGISTER.map((entry) => entry.code), ...(question.more ?? [])])];
  const key = `${question.report} ${codes.join(',')}`;
  return READ.of(view, key, () => readWorld(view, question.report, codes));
}

/** Sources of positions in futures: the CFTC's own files, and positions that a third party reworked. */
const FUTURES_SOURCES: ReadonlySet<string> = new Set(['cftc', 'positions']);

async function readWorld(view: AsOfView, report: CotReport, codes: readonly string[]): Promise<CotWorld> {
  const reading = readCotSeries(view, { report, codes });
  // The engine sums prices while rows of positions are turned into series.
  if (view.imports.some(({ source }) => FUTURES_SOURCES.has(source)))
    beginScales(view, codes.map(contractEntry));
  const contracts = await reading;
  const scales = await readScaleContext(view, contracts);
  const setAside = await readSetAsidePositions(view);
  const flows = new Map(contracts.map((contract) => [contract, cotFlowSeries(contract, scales, setAside)]));
  return {
    contracts,
    scales,
    flow: (contract, name) => flows.get(contract)![name],
    flows: [...flows.values()].flatMap((byClass) => COT_CLASSES.map((name) => byClass[name])),
  };
}
