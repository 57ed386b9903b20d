import type { ClassAgreementRow, CotClass } from '../../core/index.js';
import type { CotContractSeries, FlowSeries } from '../../flows/index.js';
import { testAgreement } from '../../stats/index.js';

/** Over all five classes nets sum to zero and agreement is empty; dealers and small traders take the other side. */
export const AGREEING_CLASSES = ['asset-manager', 'leveraged-fund', 'other-reportable'] as const;

export interface AgreementQuestion {
  readonly resamples: number;
  readonly seed: number;
}

const NOTHING = {
  agreement: null,
  agreementP: null,
  jointTail: null,
  jointTailP: null,
  direction: null,
  lags: null,
} as const;

/**
 * Did classes move together in one period more than they do by themselves (measures.md section 8)?
 * @param flows one series a class, of one place and calendar
 */
export function agreementRow(
  flows: readonly FlowSeries[],
  ruler: 'contracts' | 'dollars',
  period: number,
  question: AgreementQuestion,
): ClassAgreementRow {
  const first = flows[0]!;
  const rulers = flows.map((flow) => flow.ruler('net', ruler));
  const series = rulers.map(({ values }) => values.subarray(0, period + 1));
  const common = {
    kind: 'class-agreement',
    basis: first.basis,
    contract: first.contract,
    sector: first.sector,
    sectorIsProxy: first.sectorIsProxy,
    periodEnd: first.calendar.periodEnds[period]!,
    classes: flows.map((flow) => flow.class),
    nets: series.map((values) => (Number.isNaN(values[period]!) ? null : values[period]!)),
    unit: rulers[0]!.unit,
    draws: question.resamples,
  } as const;
  if (flows.length < 2)
    return { ...common, ...NOTHING, reason: `only ${first.class} is there; agreement needs two classes` };
  const found = testAgreement(series, question);
  if ('reason' in found) return { ...common, ...NOTHING, reason: found.reason };
  const { agreement, agreementP, jointTail, jointTailP, lags } = found;
  const direction = found.direction === 0 ? null : found.direction > 0 ? 'bought' : 'sold';
  return { ...common, agreement, agreementP, jointTail, jointTailP, direction, lags, reason: null };
}

/** The agreement of the deciding classes of a futures contract, in contracts of the latest multiplier: weeks without a price count as well. */
export function classAgreement(
  contract: CotContractSeries,
  flowOf: (name: CotClass) => FlowSeries,
  period: number,
  question: AgreementQuestion,
): ClassAgreementRow {
  const row = agreementRow(AGREEING_CLASSES.map(flowOf), 'contracts', period, question);
  return { ...row, contract: contract.code, unit: 'contracts of the latest multiplier' };
}
