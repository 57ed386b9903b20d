import { type Answer, type BuyersRow, COT_CLASSES, type RoleConclusion } from '../core/index.js';
import type { CotReport } from '../flows/index.js';
import { cotBuyers } from '../studies/buyers/index.js';
import { locateWeek, readCotWorld, type WeekQuestion } from '../studies/records/index.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { requireSector } from './records.js';

export interface BuyersQuestion extends WeekQuestion {
  readonly report: CotReport;
  readonly classes?: readonly string[];
}

function conclusionNote(contract: string, conclusion: RoleConclusion): string {
  return `${contract}: who bought on balance: ${conclusion.verdict} (${conclusion.explanation}).`;
}

/** Who bought in a week, and who sold to them. */
export async function showBuyers(context: AppContext, question: BuyersQuestion): Promise<Answer<BuyersRow>> {
  requireSector(question.sector);
  return withView(context, async (view) => {
    const { report, contracts, classes, sector, week } = question;
    const world = await readCotWorld(view, {
      report,
      ...(contracts === undefined ? {} : { more: contracts }),
    });
    const located = locateWeek(world.contracts, question, view);
    const studies = located.asked.map((contract) => ({
      contract,
      ...cotBuyers(contract, world.scales, located.period),
    }));
    const wanted = classes ?? COT_CLASSES;
    const data = studies.flatMap((study) => study.rows.filter((row) => wanted.includes(row.class)));
    const notes = [
      'Every buyer has a seller: net over the five classes is zero but for rounding and spreads, and all of them are shown.',
      'Leveraged and hedge funds are taken once as institutions and once as speculators; small traders stand in for retail.',
      'Amounts of basis cot are lower bounds of what was traded, since only week ends are seen.',
      ...studies.map(({ contract, conclusion }) => conclusionNote(contract.code, conclusion)),
    ];
    const query = {
      basis: 'cot',
      week: week ?? null,
      report,
      contracts: contracts ?? null,
      classes: classes ?? null,
      sector: sector ?? null,
    };
    return makeAnswer('buyers', context, storeOf(view), { query, data, notes });
  });
}
