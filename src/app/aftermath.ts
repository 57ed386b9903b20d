import {
  type AftermathAnswerRow,
  type AftermathPlace,
  type Answer,
  type Basis,
  COT_CLASSES,
  type CotClass,
  endOfDayInNewYork,
  formatInstant,
  INSTITUTIONS,
  InvalidRequest,
  type Measure,
  NotCovered,
  RULERS,
  type Ruler,
} from '../core/index.js';
import type { CotReport, FlowSeries } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { DEFAULT_Z_THRESHOLD, type EventRule, studyAftermath } from '../studies/aftermath/index.js';
import { locatePeriod, locateWeek, readCotWorld, type WeekQuestion } from '../studies/records/index.js';
import { readBasisSeries } from './bases.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import {
  type Foretelling,
  forecastId,
  forecastRow,
  forecastScore,
  readForecasts,
  recordForecasts,
  scoreForecasts,
} from './forecasts.js';
import { placeQuery } from './place-query.js';
import { requireSector } from './records.js';

/** Bases with weekly flows whose aftermath can be watched. */
export const AFTERMATH_BASES = ['cot', 'ledger', 'etf', 'tape'] as const satisfies readonly Basis[];
type AftermathBasis = (typeof AFTERMATH_BASES)[number];

export interface AftermathAnswerQuestion extends WeekQuestion {
  readonly basis: AftermathBasis;
  readonly report: CotReport;
  readonly classes?: readonly string[];
  readonly measure: Measure;
  /** The scale that events are found on; dollars if left out. */
  readonly ruler?: Ruler;
  readonly rule: EventRule['kind'];
  /** Of rule z520. */
  readonly threshold?: number;
  readonly resamples: number;
  readonly seed: number;
  /** Writes what is foretold into the ledger of the store; without it a question changes nothing. */
  readonly recordForecast?: boolean;
}

const DEFAULT_CONTRACT = '20974+';
const DEFAULT_COT_CLASS: CotClass = 'asset-manager';

/** A flow that is asked about, and the flows of all classes of its market. */
interface Asked {
  readonly flow: FlowSeries;
  readonly market: readonly FlowSeries[];
}

interface AskedWeek {
  readonly asked: readonly Asked[];
  readonly period: number;
}

async function askedCot(view: AsOfView, question: AftermathAnswerQuestion): Promise<AskedWeek> {
  const { report, classes = [DEFAULT_COT_CLASS], sector } = question;
  const contracts = question.contracts ?? (sector === undefined ? [DEFAULT_CONTRACT] : undefined);
  const world = await readCotWorld(view, { report, ...(contracts === undefined ? {} : { more: contracts }) });
  const where = contracts === undefined ? question : { ...question, contracts };
  const located = locateWeek(world.contracts, where, view);
  const asked = located.asked.flatMap((contract) => {
    const market = COT_CLASSES.map((name) => world.flow(contract, name));
    return market.filter((flow) => classes.includes(flow.class)).map((flow) => ({ flow, market }));
  });
  return { asked, period: located.period };
}

async function askedSeries(view: AsOfView, question: AftermathAnswerQuestion): Promise<AskedWeek> {
  const { basis, classes, contracts, week } = question;
  if (contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  const all = await readBasisSeries(view, basis as Exclude<AftermathBasis, 'cot'>);
  const sector = question.sector ?? (basis === 'etf' ? 'technology' : null);
  const market = all.filter((flow) => flow.sector === sector);
  const period = locatePeriod(all, week, view);
  const isAsked = (flow: FlowSeries): boolean =>
    flow.has(period) &&
    (classes === undefined
      ? basis !== 'ledger' || flow.class === INSTITUTIONS
      : classes.includes(flow.class));
  return { asked: market.filter(isAsked).map((flow) => ({ flow, market })), period };
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseRuler(text: string): Ruler {
  const found = RULERS.find((ruler) => ruler === text);
  if (found === undefined)
    throw new InvalidRequest(`ruler '${text}' is unknown; one of ${RULERS.join(', ')}`);
  return found;
}

/** @throws {InvalidRequest} for a threshold that the rule does not take */
function eventRule(
  { rule, measure, ruler, threshold }: AftermathAnswerQuestion,
  flow: FlowSeries,
): EventRule {
  if (rule === 'records' && threshold !== undefined)
    throw new InvalidRequest(
      `rule 'records' takes no threshold; leave out --threshold ${threshold}, or ask --rule z520`,
    );
  return {
    kind: rule,
    measure,
    ruler: ruler ?? flow.mainRuler,
    threshold: rule === 'records' ? null : (threshold ?? DEFAULT_Z_THRESHOLD),
  };
}

const NOT_DUE = { actual: null, brier: null, covered: null, cameTrue: null } as const;

const NOTES = [
  'The event rule reads the flow alone and was fixed before any outcome was read; weeks whose horizon is not over by then are not counted, so n differs by horizon.',
  "An effect is what followed the events less what followed weeks like them (nearest in 13-week return and volatility); it shows no cause, and 'no effect seen' is not 'no effect': see the difference that n events could have shown.",
  'Prices are of an index or fund that exists today, over years in which it rose; markets that failed are not in the data, and base rates are theirs.',
];

/** What is foretold today, what was foretold of the same market before, and how all forecasts have done. */
async function forecastPart(
  context: AppContext,
  view: AsOfView,
  {
    places,
    foretellings,
  }: { readonly places: readonly AftermathPlace[]; readonly foretellings: readonly Foretelling[] },
  isRecording: boolean,
) {
  const { storeDirectory, asOf } = context;
  const now = context.effects.clock.now();
  const until = isRecording && now > asOf ? now : asOf;
  const notes: string[] = [];
  if (isRecording) {
    const { added, standing, over } = await recordForecasts(storeDirectory, foretellings, { now, asOf });
    notes.push(
      `Forecasts written down: ${added}; standing from before: ${standing}; left out because their horizon is over: ${over}.`,
    );
  }
  const scored = await scoreForecasts(view, await readForecasts(storeDirectory, until));
  const recorded = new Set(scored.map(({ id }) => id));
  const today = foretellings
    .map((each) => ({ ...each, id: forecastId(each), madeAt: formatInstant(asOf) }))
    .filter(({ id, foretold }) => !recorded.has(id) && endOfDayInNewYork(foretold.dueDate) > asOf);
  if (today.length > 0)
    notes.push(
      `${today.length} forecasts are not in the ledger; --record-forecast writes down those whose horizon is not over.`,
    );
  return {
    rows: [
      ...today.map((entry) => forecastRow(entry, NOT_DUE)),
      ...scored.filter((row) =>
        places.some(
          (place) =>
            row.basis === place.basis &&
            row.contract === place.contract &&
            row.sector === place.sector &&
            row.class === place.class,
        ),
      ),
      forecastScore(scored),
    ],
    notes,
  };
}

/** What followed weeks like the one asked about, every episode, who went first, and whether price, mood and money feed each other. */
export async function showAftermath(
  context: AppContext,
  question: AftermathAnswerQuestion,
): Promise<Answer<AftermathAnswerRow>> {
  const { basis, sector, measure, rule, resamples, seed } = question;
  requireSector(sector);
  return withView(context, async (view) => {
    const { asked, period } = await (basis === 'cot' ? askedCot : askedSeries)(view, question);
    if (asked.length === 0)
      throw new NotCovered(
        `basis ${basis} has no such class or sector in the week asked about; 'tidemark flows --basis ${basis}' shows what is there`,
      );
    const task = context.effects.progress.start('watching what followed', asked.length);
    const data: AftermathAnswerRow[] = [];
    const places: AftermathPlace[] = [];
    const foretellings: Foretelling[] = [];
    for (const [i, { flow, market }] of asked.entries()) {
      context.signal?.throwIfAborted();
      const asking = { rule: eventRule(question, flow), period, resamples, seed };
      const { rows, place, rule: text, foretold } = await studyAftermath(view, flow, market, asking);
      data.push(...rows);
      places.push(place);
      const periodEnd = flow.calendar.periodEnds[period]!;
      foretellings.push(...foretold.map((each) => ({ place, rule: text, periodEnd, foretold: each })));
      task.advance(i + 1, `${flow.contract ?? flow.sector ?? 'all'} ${flow.class}`);
    }
    task.finish();
    const ledger = await forecastPart(
      context,
      view,
      { places, foretellings },
      question.recordForecast ?? false,
    );
    const query = {
      ...placeQuery(question),
      measure,
      ruler: question.ruler ?? null,
      rule,
      threshold: question.threshold ?? null,
      resamples,
      seed,
    };
    return makeAnswer('aftermath', context, storeOf(view), {
      query,
      data: [...data, ...ledger.rows],
      notes: [...NOTES, ...ledger.notes],
    });
  });
}
