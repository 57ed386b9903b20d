import { formatInstant, type HerdingRow, type IsoDate } from '../core/index.js';
import { type FlowSeries, quarterBefore } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import {
  type AgreementQuestion,
  herdingRow,
  nameBreadth,
  nameTrades,
  type PeriodTrades,
  panelTrades,
  tradeGroups,
} from '../studies/unison/index.js';
import { SIGNED_CLASSES } from '../tape/index.js';
import type { AppContext } from './context.js';
import { isFilled, type ManagerQuestion, managerCounts, type Quarters } from './quarters.js';

/** Which managers or accounts, and securities, herding is asked of. */
interface HerdingQuestion extends AgreementQuestion {
  readonly sector?: string;
  readonly classes?: readonly string[];
}

/** Herding of every group that the question leaves. */
export function herdingRows(
  context: AppContext,
  now: PeriodTrades,
  before: PeriodTrades | null,
  question: HerdingQuestion,
): HerdingRow[] {
  const groups = tradeGroups(now, question);
  const task = context.effects.progress.start('drawing panels of independent managers', groups.length);
  const rows = groups.map((group, i) => {
    context.signal?.throwIfAborted();
    const row = herdingRow(now, before, group, question);
    task.advance(i + 1, group.sector ?? group.class ?? 'all');
    return row;
  });
  task.finish();
  return rows;
}

/**
 * Names bought and sold on balance in a week of the tape.
 * @param flow any series of the tape, for its calendar and which of its weeks are whole
 */
export async function nameBreadthOf(
  view: AsOfView,
  flow: FlowSeries,
  period: number,
  filter: Pick<HerdingQuestion, 'sector' | 'classes'>,
): Promise<HerdingRow[]> {
  const tradesOf = async (p: number) =>
    p >= 0 && flow.has(p) ? nameTrades(view, flow.calendar.periodEnds[p]!, SIGNED_CLASSES) : null;
  const now = await tradesOf(period);
  return now === null ? [] : nameBreadth(now, await tradesOf(period - 1), filter);
}

/** Herding of the managers of Form 13F in a quarter, kept; empty where no manager counts. */
export function quarterHerding(
  context: AppContext,
  quarters: Quarters,
  end: IsoDate,
  question: HerdingQuestion & ManagerQuestion,
): Promise<HerdingRow[]> {
  const { sector, classes, exclude, resamples, seed } = question;
  const ends = [end, quarterBefore(end)].filter((one) => quarters.ends.includes(one));
  const counts = managerCounts(exclude);
  const tradesOf = async (one: IsoDate): Promise<PeriodTrades | null> => {
    const panel = await quarters.readPanel(one);
    return isFilled(panel) ? panelTrades(panel, formatInstant(panel.knownAt), counts) : null;
  };
  return quarters.keep('herding', ends, { sector, classes, exclude, resamples, seed }, async () => {
    const now = await tradesOf(end);
    if (now === null) return [];
    const before = ends.length > 1 ? await tradesOf(ends[1]!) : null;
    return herdingRows(context, now, before, question);
  });
}
