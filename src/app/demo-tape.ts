import { tapeFlowRows } from '../flows/index.js';
import type { SimulatedTape } from '../simulate/index.js';
import { type AppContext, withView } from './context.js';
import type { DemoRow } from './demo.js';

type Plant = SimulatedTape['plants'][number];

/** Classes of prints in which each planted flow must show. */
const CLASSES_OF: Readonly<Record<Plant['kind'], readonly string[]>> = {
  'retail-buying-day': ['retail'],
  'institutional-buying-week': ['block', 'other'],
};

/** Bought less sold over both, of a name's signed prints of some classes and days. */
interface Lean {
  readonly symbol: string;
  readonly imbalance: number;
}

async function leansOf(context: AppContext, { kind, from, to }: Plant): Promise<Lean[]> {
  return withView(context, async (view) => {
    const rows = await tapeFlowRows(view, {
      every: 'day',
      by: ['symbol'],
      classes: CLASSES_OF[kind],
      from,
      to,
    });
    const sums = new Map<string, { net: number; gross: number }>();
    for (const { symbol, net, gross } of rows) {
      const sum = sums.get(symbol!) ?? { net: 0, gross: 0 };
      sums.set(symbol!, { net: sum.net + (net ?? 0), gross: sum.gross + (gross ?? 0) });
    }
    return [...sums].map(([symbol, { net, gross }]) => ({
      symbol,
      imbalance: gross === 0 ? 0 : net / gross,
    }));
  });
}

/** Planted flows are found where their name leans further to buying than every other name of those days. */
export async function checkTape(context: AppContext, tape: SimulatedTape): Promise<DemoRow[]> {
  const rows: DemoRow[] = [];
  for (const plant of tape.plants) {
    const leans = (await leansOf(context, plant)).sort((a, b) => b.imbalance - a.imbalance);
    const [first, second] = leans;
    const percent = (lean: Lean | undefined): string =>
      lean === undefined ? 'none' : `${lean.symbol} ${(100 * lean.imbalance).toFixed(0)} %`;
    rows.push({
      planted: plant.kind,
      contract: plant.symbol,
      class: CLASSES_OF[plant.kind].join(' and '),
      week: plant.to,
      lookback: '',
      found: `leans to buying most: ${percent(first)}, then ${percent(second)}`,
      verdict: null,
      failedChecks: [],
      asPlanted: first?.symbol === plant.symbol && first.imbalance > 0,
    });
  }
  return rows;
}
