import type { ClassAgreementRow, CotClass } from '../../core/index.js';
import type { CotContractSeries, FlowSeries } from '../../flows/index.js';
import { testAgreement } from '../../stats/index.js';

/** Over all five classes nets sum to zero and agreement is empty; dealers and small traders take the other side. */
export const AGREEING_CLASSES = ['asset-manager', 'leveraged-fund', 'other-reportable'] as const;

export interface AgreementQuestion {
  readonly resamples: number;
  readonly seed: number;
}

/**
 * Did the classes move together in one week more than they do by themselves (measures.md section 8)? In contracts of the
 * latest multiplier, so that weeks without a price count as well.
 */
export function classAgreement(
  contract: CotContractSeries,
  flowOf: (name: CotClass) => FlowSeries,
  period: number,
  question: AgreementQuestion,
): ClassAgreementRow {
  const series = AGREEING_CLASSES.map((name) =>
    flowOf(name)
      .ruler('net', 'contracts')
      .values.subarray(0, period + 1),
  );
  const nets = series.map((values) => (Number.isNaN(values[period]!) ? null : values[period]!));
  const found = testAgreement(series, question);
  const common = {
    kind: 'class-agreement',
    basis: 'cot',
    contract: contract.code,
    sector: contract.entry?.sector ?? null,
    sectorIsProxy: contract.entry?.sectorIsProxy ?? false,
    periodEnd: contract.calendar.periodEnds[period]!,
    classes: AGREEING_CLASSES,
    nets,
    unit: 'contracts of the latest multiplier',
    draws: question.resamples,
  } as const;
  if ('reason' in found) {
    const nothing = {
      agreement: null,
      agreementP: null,
      jointTail: null,
      jointTailP: null,
      direction: null,
      lags: null,
    };
    return { ...common, ...nothing, reason: found.reason };
  }
  const { agreement, agreementP, jointTail, jointTailP, lags } = found;
  const direction = found.direction === 0 ? null : found.direction > 0 ? 'bought' : 'sold';
  return { ...common, agreement, agreementP, jointTail, jointTailP, direction, lags, reason: null };
}
