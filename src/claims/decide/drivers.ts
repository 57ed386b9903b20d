import type { DriverModelRow, DriverRow, DriversAnswerRow, PolicyRow } from '../../core/index.js';
import { listWords } from '../../core/index.js';
import type { ClaimClass, ClaimOf } from '../claim.js';
import { type Decision, evidenceFrom, notMeasurable } from '../decision.js';
import { isPlace, placeOf } from '../scope.js';
import { atMostWeakly } from '../verdicts.js';
import { percent, signed } from '../words.js';
import { type DecisionContext, missing, withRemarks } from './context.js';

interface DriversAnswer {
  readonly rows: readonly DriversAnswerRow[];
  readonly command: string;
  readonly remarks: readonly string[];
}

const isDecision = (answer: DriversAnswer | Decision): answer is Decision => 'verdict' in answer;

/** Policy and rates do not depend on whose flow the study is asked about. */
const ANY_CLASS: ClaimClass = 'asset-manager';

async function driversAnswer(
  claim: ClaimOf<'driver' | 'policy' | 'rate-sensitivity'>,
  { question, answers }: DecisionContext,
): Promise<DriversAnswer | Decision> {
  const asksOfFlow = claim.measure === 'driver';
  const scope = asksOfFlow ? claim.scope : { ...claim.scope, class: ANY_CLASS };
  const place = placeOf(scope, question);
  if (!isPlace(place)) return notMeasurable(place.reason, place.wouldChange);
  const answer = await answers.drivers(place.ask);
  if ('missing' in answer) return missing(answer);
  return { ...answer, remarks: place.remarks };
}

const DRIVER_WORDS = {
  ai: 'artificial intelligence',
  earnings: 'earnings',
  macro: 'rates and policy',
  rotation: 'money leaving cyclicals',
} as const;

/** Drivers that are held against each other in one model. */
const RIVALS = 4;

function modelWords(model: DriverModelRow | undefined): string {
  if (model === undefined || model.r2 === null) return '';
  const out = model.outOfSampleR2 === null ? '' : `, ${percent(model.outOfSampleR2, 1)} out of sample`;
  return `; the model explains ${percent(model.r2, 1)} of the flow over ${model.n} weeks${out}`;
}

/** Has the driver a part in the week's flow, beside its three rivals? An interval over 0 is 'not shown'. */
export async function decideDriver(claim: ClaimOf<'driver'>, context: DecisionContext): Promise<Decision> {
  const answer = await driversAnswer(claim, context);
  if (isDecision(answer)) return answer;
  const { driver } = claim.threshold;
  const row = answer.rows.find((one): one is DriverRow => one.kind === 'driver' && one.driver === driver);
  const model = answer.rows.find((one): one is DriverModelRow => one.kind === 'model');
  const words = DRIVER_WORDS[driver];
  if (row === undefined || row.verdict === null)
    return notMeasurable(
      `${words}: ${row?.reason ?? model?.reason ?? 'the model has no such driver there'}`,
      'the data that the driver lacks',
    );
  const evidence = evidenceFrom(answer.command);
  const { contribution, contributionLow: low, contributionHigh: high } = row;
  const verdict = verdictOf(row);
  const share =
    row.r2Share === null
      ? ''
      : `; over all weeks it shares ${percent(row.r2Share, 1)} of the variance (${row.r2ShareLow === null ? '-' : percent(row.r2ShareLow, 1)} to ${row.r2ShareHigh === null ? '-' : percent(row.r2ShareHigh, 1)})`;
  return {
    verdict,
    explanation: withRemarks(
      `${words} contributed ${contribution === null ? 'nothing known' : signed(contribution)} of the week's flow, in units of its own volatility${low === null || high === null ? '' : ` (${signed(low)} to ${signed(high)})`}: ${row.verdict === 'for' ? 'for it' : row.verdict === 'against' ? 'against it' : 'not shown'}${share}${modelWords(model)}`,
      answer.remarks,
    ),
    effect: contribution,
    effectUnit: 'times own volatility',
    interval: low === null || high === null ? null : [low, high],
    n: model?.n ?? null,
    m: RIVALS,
    evidence: [
      evidence(`contribution of ${driver}`, contribution, 'times own volatility'),
      evidence(`share of R2 of ${driver}`, row.r2Share, 'fraction'),
      evidence('falsified', row.falsified),
      ...(model === undefined
        ? []
        : [
            evidence('R2', model.r2, 'fraction'),
            evidence('unexplained', model.unexplainedShare, 'fraction'),
          ]),
    ],
    wouldChange: row.falsifier,
  };
}

function verdictOf(row: DriverRow): Decision['verdict'] {
  if (row.verdict === 'against') return 'contradicted';
  if (row.verdict === 'not shown') return 'not distinguishable from chance';
  return row.falsified === false ? 'supported' : 'weakly supported';
}

const STATE_WORDS = {
  easing: 'easing (the last move was a cut within 26 weeks)',
  tightening: 'tightening (the last move was a rise within 26 weeks)',
  plateau: 'on a plateau after a rise',
  hold: 'on hold after a cut',
} as const;

/** Where policy stands, from the target range alone. */
export async function decidePolicy(claim: ClaimOf<'policy'>, context: DecisionContext): Promise<Decision> {
  const answer = await driversAnswer(claim, context);
  if (isDecision(answer)) return answer;
  const row = answer.rows.find((one): one is PolicyRow => one.kind === 'policy');
  if (row === undefined || row.state === null)
    return notMeasurable(
      row?.reason ?? 'the state of policy is not known there',
      'the target range of the Fed',
    );
  const evidence = evidenceFrom(answer.command, row.sources);
  const holds = claim.threshold.states.includes(row.state);
  return {
    verdict: holds ? 'supported' : 'contradicted',
    explanation: `policy was ${STATE_WORDS[row.state]}: the last move was ${row.lastMoveBasisPoints === null ? 'of unknown size' : `${signed(row.lastMoveBasisPoints, 0)} basis points`} on ${row.lastMove ?? 'a day not known'}${row.weeksSinceMove === null ? '' : `, ${row.weeksSinceMove.toFixed(0)} weeks before`}`,
    effect: row.weeksSinceMove,
    effectUnit: 'weeks since the last move',
    interval: null,
    n: null,
    m: null,
    evidence: [
      evidence('state', row.state),
      evidence('last move', row.lastMoveBasisPoints, 'basis points'),
      evidence('upper bound of the target', row.targetUpper, 'percent'),
    ],
    wouldChange: `a state other than ${listWords(claim.threshold.states)}`,
  };
}

/** Does the sector fall when the ten-year yield rises? */
export async function decideRateSensitivity(
  claim: ClaimOf<'rate-sensitivity'>,
  context: DecisionContext,
): Promise<Decision> {
  const answer = await driversAnswer(claim, context);
  if (isDecision(answer)) return answer;
  const row = answer.rows.find((one): one is PolicyRow => one.kind === 'policy');
  const { durationBeta: beta, durationLow: low, durationHigh: high } = row ?? {};
  if (row === undefined || beta == null || low == null || high == null)
    return notMeasurable(
      row?.reason ?? 'the beta on the ten-year yield is not known there',
      '104 weeks of prices of the sector and of yields',
    );
  const shown = high < 0 ? 'supported' : low > 0 ? 'contradicted' : 'not distinguishable from chance';
  const contrary = row.fomcDayBeta !== null && row.fomcDayBeta > 0;
  const evidence = evidenceFrom(answer.command, row.sources);
  return {
    verdict: contrary ? atMostWeakly(shown) : shown,
    explanation: withRemarks(
      `the sector's excess return moved ${signed(beta)} % with each percentage point of the ten-year yield over 104 weeks (${signed(low)} to ${signed(high)})${row.fomcDayBeta === null ? '' : `; on ${row.fomcDays} days of decisions ${signed(row.fomcDayBeta)}`}`,
      answer.remarks,
    ),
    effect: beta,
    effectUnit: 'percent a percentage point',
    interval: [low, high],
    n: 104,
    m: null,
    evidence: [
      evidence('duration beta', beta, 'percent a percentage point'),
      evidence('the same on days of decisions', row.fomcDayBeta, 'percent a percentage point'),
    ],
    wouldChange: high < 0 ? 'an interval of the beta that covers 0' : 'an interval of the beta below 0',
  };
}
