import {
  type AftermathAnswerRow,
  type CascadeRow,
  endOfDayInNewYork,
  type IsoDate,
  type LoopRow,
  type OutcomeRow,
} from '../../../src/core/index.js';
import {
  type AftermathPart,
  type AftermathTruth,
  type AftermathWorld,
  type RecordPlan,
  simulateAftermathMarket,
} from '../../../src/simulate/index.js';
import { studyAftermath } from '../../../src/studies/aftermath/index.js';
import { marketInMemory } from '../../studies/aftermath/in-memory.js';

/** Half a year apart in the fourth to seventh year alone, so that horizons of 26 weeks do not overlap and ordinary years are left. */
export const APART_RECORDS: RecordPlan = { gapWeeks: [26, 28], most: 6 };

/** None at all: what a record adds does not go on as other purchases do, which tests of order can see. */
export const NO_RECORDS: RecordPlan = { gapWeeks: [52, 52], most: 0 };

/** What was said of one market. */
export interface AskedMarket {
  readonly truth: AftermathTruth;
  readonly outcomes: readonly OutcomeRow[];
  readonly cascade: readonly CascadeRow[];
  readonly loops: readonly LoopRow[];
}

export interface Draws {
  readonly markets: number;
  readonly resamples: number;
  readonly seed: number;
  /** All through the years if left out. */
  readonly records?: RecordPlan;
}

const RULE = { kind: 'records', measure: 'net', ruler: 'dollars', threshold: null } as const;
const END = endOfDayInNewYork('2026-11-06' as IsoDate);

const rowsOf = <Kind extends AftermathAnswerRow['kind']>(rows: readonly AftermathAnswerRow[], kind: Kind) =>
  rows.filter((row): row is Extract<AftermathAnswerRow, { kind: Kind }> => row.kind === kind);

/** Draws markets of a world and asks each what followed its records. */
export async function askMarkets(
  world: AftermathWorld,
  { markets, resamples, seed, records }: Draws,
): Promise<readonly AskedMarket[]> {
  const asked: AskedMarket[] = [];
  for (let i = 0; i < markets; i++) {
    const plan = records === undefined ? {} : { records };
    const market = simulateAftermathMarket({ seed: seed + i, world, ...plan });
    const inMemory = marketInMemory(market);
    const flows = inMemory.flows(END);
    const flow = flows.find(({ class: name }) => name === market.truth.class)!;
    const { rows } = await studyAftermath(inMemory.view(END), flow, flows, {
      rule: RULE,
      period: flow.calendar.periodEnds.length - 1,
      resamples,
      seed: seed + i,
    });
    asked.push({
      truth: market.truth,
      outcomes: rowsOf(rows, 'outcome'),
      cascade: rowsOf(rows, 'cascade'),
      loops: rowsOf(rows, 'loop'),
    });
  }
  return asked;
}

const isNamed = ({ verdict }: OutcomeRow): boolean => verdict === 'above' || verdict === 'below';

/** Whether a part of the answer names anything at all, after adjustment. */
export function names({ outcomes, cascade, loops }: AskedMarket, part: AftermathPart): boolean {
  if (part === 'cascade') return cascade.some(({ verdict }) => verdict === 'leads');
  if (part === 'loop') return loops.some(({ verdict }) => verdict === 'loop');
  return outcomes.some(
    (row) => isNamed(row) && (row.outcome === 'profit-taking') === (part === 'profit-taking'),
  );
}

/** Whether what was planted is named: any of the outcomes, all of the leads, the loop in either order. */
export function namesPlanted({ truth, outcomes, cascade, loops }: AskedMarket): boolean {
  const { outcomes: expected, leads, hasLoop } = truth;
  const foundOutcome = expected.some(({ outcome, horizonWeeks, verdict }) =>
    outcomes.some(
      (row) => row.outcome === outcome && row.horizonWeeks === horizonWeeks && row.verdict === verdict,
    ),
  );
  const foundLeads = leads.every(({ leader, follower }) =>
    cascade.some((row) => row.leader === leader && row.follower === follower && row.verdict === 'leads'),
  );
  return (
    (expected.length === 0 || foundOutcome) &&
    foundLeads &&
    (!hasLoop || loops.some(({ verdict }) => verdict === 'loop'))
  );
}
