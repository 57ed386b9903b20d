import type { Answered, ClaimAnswers, RecordsAsk, StudyAsk, UnisonAsk } from '../claims/index.js';
import { type Answer, formatInstant, InvalidRequest, type IsoDate, NotCovered } from '../core/index.js';
import type { CotReport } from '../flows/index.js';
import { showAftermath } from './aftermath.js';
import type { ShowAftermath } from './aftermath-thread.js';
import { answeringBasis } from './answering-bases.js';
import { showBuyers } from './buyers.js';
import { claimFlows } from './claim-flows.js';
import type { AppContext } from './context.js';
import { showDrivers } from './drivers.js';
import { showRecords } from './records.js';
import { showUnison } from './unison.js';

/** How the studies behind claims resample. */
export interface ClaimDraws {
  readonly report: CotReport;
  readonly resamples: number;
  readonly seed: number;
}

/** Draws of the agreement test, as many as `tidemark unison` makes. */
const AGREEMENT_DRAWS = 999;
/** Draws of drivers and aftermath, as many as their commands make at most. */
const STUDY_DRAWS = 1000;

/** The part of a command that names market, class and week. */
function placeArguments({ basis, contract, sector, class: name, week }: StudyAsk): string[] {
  return [
    ...(basis === 'cot' ? [] : [`--basis ${basis}`]),
    ...(contract === null ? [] : [`--contract ${contract}`]),
    ...(sector === null ? [] : [`--sector ${sector}`]),
    ...(name === null ? [] : [`--class ${name}`]),
    ...(week === null ? [] : [`--week ${week}`]),
  ];
}

const classArguments = ({ classes }: UnisonAsk): string[] =>
  classes === null ? [] : [`--class ${classes.join(',')}`];

/** What the store lacks becomes a reason on the claim; anything else is a fault of the call or ours. */
async function answered<Row>(
  seen: StudiesSeen,
  command: string,
  answer: () => Promise<Answer<Row>>,
): Promise<Answered<Row>> {
  try {
    const { data } = await answer();
    seen.answered += 1;
    return { command, rows: data };
  } catch (error) {
    if (!(error instanceof NotCovered || error instanceof InvalidRequest)) throw error;
    seen.firstRefusal ??= error;
    return { command, missing: error.message };
  }
}

/** Which studies answered; where none did, the question itself has no data. */
export interface StudiesSeen {
  answered: number;
  firstRefusal: NotCovered | InvalidRequest | null;
}

const classesOf = ({ class: name }: StudyAsk) => (name === null ? {} : { classes: [name] });

/**
 * The studies behind claims, each asked as its own command asks it.
 * @param followed answers what followed; the use case itself if left out
 */
export function claimAnswers(
  context: AppContext,
  { report, resamples, seed }: ClaimDraws,
  seen: StudiesSeen,
  followed: ShowAftermath = (question) => showAftermath(context, question),
): ClaimAnswers {
  const commandOf = (name: string, ask: StudyAsk, ...more: string[]): string =>
    [`tidemark ${name}`, ...placeArguments(ask), ...more, `--as-of ${formatInstant(context.asOf)}`].join(' ');
  const placed = ({ contract, sector, week }: StudyAsk) => ({
    ...(week === null ? {} : { week: week as IsoDate }),
    ...(contract === null ? {} : { contracts: [contract] }),
    ...(sector === null ? {} : { sector }),
  });
  const draws = Math.min(resamples, STUDY_DRAWS);
  const drawn = `--resamples ${draws} --seed ${seed}`;
  return {
    records: (ask: RecordsAsk) =>
      answered(
        seen,
        commandOf(
          'records',
          ask,
          `--measure ${ask.measure} --lookback ${ask.lookback} --resamples ${resamples} --seed ${seed}`,
        ),
        () =>
          showRecords(context, {
            ...placed(ask),
            ...classesOf(ask),
            bases: [ask.basis],
            measure: ask.measure,
            lookback: ask.lookback,
            report,
            resamples,
            seed,
          }),
      ),
    buyers: (ask) =>
      answered(seen, commandOf('buyers', ask), () => {
        const basis = ask.basis;
        return showBuyers(context, { ...placed(ask), basis, report, bounds: false });
      }),
    unison: (ask) =>
      answered(seen, commandOf('unison', ask, ...classArguments(ask), `--seed ${seed}`), () => {
        const basis = answeringBasis('unison', ask.basis);
        const classes = ask.classes === null ? {} : { classes: ask.classes };
        return showUnison(context, {
          ...placed(ask),
          ...classes,
          basis,
          report,
          resamples: AGREEMENT_DRAWS,
          seed,
        });
      }),
    drivers: (ask) =>
      answered(seen, commandOf('drivers', ask, drawn), () => {
        return showDrivers(context, {
          ...placed(ask),
          ...classesOf(ask),
          basis: ask.basis,
          report,
          resamples: draws,
          seed,
        });
      }),
    aftermath: (ask) =>
      answered(seen, commandOf('aftermath', ask, `--measure ${ask.measure}`, drawn), () => {
        const basis = answeringBasis('aftermath', ask.basis);
        const { measure } = ask;
        return followed({
          ...placed(ask),
          ...classesOf(ask),
          basis,
          report,
          measure,
          rule: 'records',
          resamples: draws,
          seed,
        });
      }),
    flows: (ask) => claimFlows(context, ask, report, (command, answer) => answered(seen, command, answer)),
  };
}
