import { InvalidRequest, type IsoDate } from '../core/index.js';
import { type CotReport, TAPE_KEYS, type TapePeriod, THIRTEEN_F_KEYS } from '../flows/index.js';
import type { FlowBasis } from './bases.js';
import type { ManagerQuestion } from './quarters.js';
import { requireSector } from './records.js';

const FLOW_KEYS = ['sector', 'class', 'contract', 'symbol', 'manager'] as const;
export type FlowKey = (typeof FLOW_KEYS)[number];

const WHOLE_PERIODS = ['week', 'month', 'quarter'] as const;

/** What a basis can be summed by, and how it is if nothing is said. */
const BASES: Readonly<
  Record<
    FlowBasis,
    {
      readonly keys: readonly FlowKey[];
      readonly by: readonly FlowKey[];
      readonly every: readonly TapePeriod[];
    }
  >
> = {
  cot: { keys: ['sector', 'class', 'contract'], by: ['contract', 'class'], every: WHOLE_PERIODS },
  '13f': { keys: THIRTEEN_F_KEYS, by: ['sector', 'class'], every: ['quarter'] },
  ledger: { keys: ['sector', 'class'], by: ['sector', 'class'], every: WHOLE_PERIODS },
  etf: { keys: ['sector', 'class', 'symbol'], by: ['symbol'], every: WHOLE_PERIODS },
  tape: { keys: TAPE_KEYS, by: ['class'], every: [...WHOLE_PERIODS, 'day', 'minute'] },
};

export interface FlowsQuestion extends ManagerQuestion {
  readonly basis: FlowBasis;
  /** Left out: contract and class (cot), sector and class (13f, ledger), symbol (etf), class (tape). */
  readonly by?: readonly FlowKey[];
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  /** Left out: the basis's own period, a week or a quarter. */
  readonly every?: TapePeriod;
  readonly contracts?: readonly string[];
  /** Basis tape alone. */
  readonly symbols?: readonly string[];
  readonly classes?: readonly string[];
  readonly sector?: string;
  readonly report: CotReport;
}

/** A question with nothing left out that has a usual value. */
export type SettledFlowsQuestion = FlowsQuestion & Required<Pick<FlowsQuestion, 'by' | 'every'>>;

/**
 * Fills in what is left out.
 * @throws {InvalidRequest} naming what the basis cannot tell, and what it can
 */
export function settled(question: FlowsQuestion): SettledFlowsQuestion {
  const { basis, contracts, sector, symbols } = question;
  requireSector(sector);
  const { keys, by: usual, every: periods } = BASES[basis];
  const by = question.by ?? usual;
  const every = question.every ?? periods[0]!;
  for (const key of by)
    if (!keys.includes(key))
      throw new InvalidRequest(`basis ${basis} tells no ${key}; --by takes ${keys.join(', ')} for it`);
  if (!periods.includes(every))
    throw new InvalidRequest(
      `basis ${basis} is not known by ${every}; --every takes ${periods.join(', ')} for it`,
    );
  if (basis !== 'cot' && contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  if (basis !== 'tape' && symbols !== undefined)
    throw new InvalidRequest(`--symbol chooses names of basis tape; leave it out for basis ${basis}`);
  return { ...question, by, every };
}

export const isInRange = ({ from, to }: FlowsQuestion, end: IsoDate): boolean =>
  (from === undefined || end >= from) && (to === undefined || end <= to);
