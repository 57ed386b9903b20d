import { type ClassAgreementRow, type CotClass, HeldBy } from '../../core/index.js';
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
  jointTailSold: null,
  jointTailSoldP: null,
  direction: null,
  lags: null,
} as const;

/**
 * Did classes move together in one period more than they do by themselves (measures.md section 8)?
 * @param flows one series a class, of one place and calendar
 * @param ruler the scale that weeks are compared on
 * @param told  the scale that the week's nets are told in
 */
export function agreementRow(
  flows: readonly FlowSeries[],
  ruler: ClassAgreementRow['ruler'],
  period: number,
  question: AgreementQuestion,
  told: 'contracts' | 'dollars' = 'dollars',
): ClassAgreementRow {
  const first = flows[0]!;
  const rulers = flows.map((flow) => flow.ruler('net', told));
  const series = flows.map((flow) => flow.ruler('net', ruler).values.subarray(0, period + 1));
  const common = {
    kind: 'class-agreement',
    basis: first.basis,
    contract: first.contract,
    sector: first.sector,
    sectorIsProxy: first.sectorIsProxy,
    periodEnd: first.calendar.periodEnds[period]!,
    classes: flows.map((flow) => flow.class),
    nets: rulers.map(({ values }) => (Number.isNaN(values[period]!) ? null : values[period]!)),
    unit: rulers[0]!.unit,
    ruler,
    draws: question.resamples,
  } as const;
  if (flows.length < 2)
    return { ...common, ...NOTHING, reason: `only ${first.class} is there; agreement needs two classes` };
  const found = testAgreement(series, question);
  if ('reason' in found) return { ...common, ...NOTHING, reason: found.reason };
  const { agreement, agreementP, jointTail, jointTailP, jointTailSold, jointTailSoldP, lags } = found;
  const direction = found.direction === 0 ? null : found.direction > 0 ? 'bought' : 'sold';
  return {
    ...common,
    agreement,
    agreementP,
    jointTail,
    jointTailP,
    jointTailSold,
    jointTailSoldP,
    direction,
    lags,
    reason: null,
  };
}

/** Of the weeks known in contracts, as many must be known as a share of open interest for that to be the scale. */
const FEWEST_SHARE = 0.95;

/**
 * The scale on which weeks of futures are compared: the share of open interest, which does not grow with the market; contracts
 * where that is not known in the week or in too many before it.
 */
export function agreementRuler(flows: readonly FlowSeries[], period: number): 'pctOi' | 'contracts' {
  const weeks = (ruler: 'pctOi' | 'contracts'): number => {
    const series = flows.map((flow) => flow.ruler('net', ruler).values);
    if (series.some((values) => Number.isNaN(values[period]!))) return 0;
    return series[0]!
      .subarray(0, period)
      .filter((_, t) => series.every((values) => !Number.isNaN(values[t]!))).length;
  };
  const known = weeks('pctOi');
  return known > 0 && known >= FEWEST_SHARE * weeks('contracts') ? 'pctOi' : 'contracts';
}

/** The series of the deciding classes. */
export const agreeingFlows = (flowOf: (name: CotClass) => FlowSeries): FlowSeries[] =>
  AGREEING_CLASSES.map(flowOf);

const DRAWN = new HeldBy<FlowSeries, ClassAgreementRow>();

/**
 * The agreement of the deciding classes of a futures contract; drawn once for the same question to the same series. Nets are told in contracts of the latest multiplier, so that weeks
 * without a price count as well.
 */
export function classAgreement(
  contract: CotContractSeries,
  flowOf: (name: CotClass) => FlowSeries,
  period: number,
  question: AgreementQuestion,
): ClassAgreementRow {
  const flows = agreeingFlows(flowOf);
  const { resamples, seed } = question;
  return DRAWN.of(flows[0]!, JSON.stringify([period, resamples, seed]), () => {
    const row = agreementRow(flows, agreementRuler(flows, period), period, question, 'contracts');
    return { ...row, contract: contract.code, unit: 'contracts of the latest multiplier' };
  });
}
