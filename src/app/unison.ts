import type { Answer, UnisonRow } from '../core/index.js';
import type { CotReport } from '../flows/index.js';
import { locateWeek, readCotWorld, type WeekQuestion } from '../studies/records/index.js';
import { AGREEING_CLASSES, type AgreementQuestion, classAgreement } from '../studies/unison/index.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { requireSector } from './records.js';

export interface UnisonQuestion extends WeekQuestion, AgreementQuestion {
  readonly report: CotReport;
}

/** Did the classes move together, more than such classes do by themselves? */
export async function showUnison(context: AppContext, question: UnisonQuestion): Promise<Answer<UnisonRow>> {
  requireSector(question.sector);
  return withView(context, async (view) => {
    const { report, contracts, sector, week, resamples, seed } = question;
    const world = await readCotWorld(view, {
      report,
      ...(contracts === undefined ? {} : { more: contracts }),
    });
    const located = locateWeek(world.contracts, question, view);
    const task = context.effects.progress.start(
      'drawing from the fitted autoregressions',
      located.asked.length,
    );
    const data: UnisonRow[] = [];
    for (const contract of located.asked) {
      context.signal?.throwIfAborted();
      data.push(
        classAgreement(contract, (name) => world.flow(contract, name), located.period, { resamples, seed }),
      );
      task.advance(data.length, contract.code);
    }
    task.finish();
    const notes = [
      `Agreement is of ${AGREEING_CLASSES.join(', ')}: over all five classes nets sum to zero and the figure would be empty.`,
      'All three having one sign is common by itself; the joint tail, how many sit in their own top decile at once, is the test that can reject.',
      ...data.flatMap((row) =>
        row.kind === 'class-agreement' && row.reason !== null ? [`${row.contract}: ${row.reason}.`] : [],
      ),
    ];
    const query = {
      basis: 'cot',
      week: week ?? null,
      report,
      contracts: contracts ?? null,
      sector: sector ?? null,
      resamples,
      seed,
    };
    return makeAnswer('unison', context, storeOf(view), { query, data, notes });
  });
}
