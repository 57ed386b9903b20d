import { type Context, cotFlow, flowEvidence, headlineFlow } from '../context.js';
import { withReason } from '../figures.js';
import type { Block, Section, Unit } from '../model.js';
import * as words from '../wording/index.js';

const SCALES: readonly (readonly [string, string, Unit, string])[] = [
  ['contracts', 'Net, contracts', 'contracts', 'in today’s contracts, rescaled where the multiplier changed'],
  ['net', 'Net, dollars', 'USD', 'purchases less sales; of futures contracts x multiplier x price'],
  ['pctOi', 'Share of open interest', 'share', 'net contracts / open interest a week before'],
  ['real', 'Constant dollars', 'USD', 'dollars of the latest month by the consumer price index known then'],
  ['bpsCap', 'Basis points of market value', 'basis points', 'net / market value of the sector'],
  ['pctAdv', 'Share of daily volume', 'share', 'net / usual dollar volume of the period'],
  ['z52', 'z, 52 periods', 'standard deviations', 'against the 52 periods before'],
  ['z260', 'z, 260 periods', 'standard deviations', 'against the 260 periods before'],
  ['z520', 'z, 520 periods', 'standard deviations', 'against the 520 periods before'],
  ['zRobust', 'z, robust', 'standard deviations', 'median and median absolute deviation'],
  ['volScaled', 'Volatility-scaled', 'times own volatility', 'net / its exponentially weighted volatility'],
];

const POSITIONS: readonly (readonly [string, string, Unit])[] = [
  ['contractsLong', 'Long positions', 'contracts'],
  ['contractsShort', 'Short positions', 'contracts'],
  ['deltaLong', 'Change in longs', 'contracts'],
  ['deltaShort', 'Change in shorts', 'contracts'],
  ['buyRatio', 'Long buys over short covers', 'ratio'],
  ['openInterest', 'Open interest', 'contracts'],
  ['multiplier', 'Multiplier', 'USD per point'],
  ['price', 'Price', 'price'],
  ['priceDate', 'Price of', 'date'],
  ['priceKind', 'Price is', 'text'],
  ['report', 'Report', 'text'],
  ['grade', 'Grade of the row', 'text'],
];

/** Scales that are of contracts alone. */
const isOfFutures = (field: string): boolean => field === 'contracts' || field === 'pctOi';

export function scalesSection(context: Context): Section {
  const title = `Scales of the ${context.period.one}`;
  const flow = headlineFlow(context.input);
  if (flow === null) {
    const content = [`The flow row of this class is not among the flows of the ${context.period.one}.`];
    return { anchor: 'scales', title, short: 'Scales', blocks: [{ kind: 'paragraph', content }] };
  }
  const evidence = flowEvidence(context, flow.index);
  const figure = (field: string, unit: Unit) =>
    context.book.at(
      `/flowsOfWeek/${flow.index}/${field}`,
      unit,
      evidence,
      flow.row.reasons[field] ?? 'no reason given',
    );
  const who = words.capitalised(words.classShort(flow.row.class, flow.row.basis));
  const blocks: Block[] = [
    {
      kind: 'table',
      caption: [
        `Net flow of ${words.classShort(flow.row.class, flow.row.basis)} in ${words.marketWords(context.input.record)} on every scale.`,
      ],
      columns: [{ label: 'Scale' }, { label: 'Net flow', numeric: true }, { label: 'How' }],
      rows: SCALES.filter(([field]) => !isOfFutures(field) || cotFlow(flow.row) !== null).map(
        ([field, label, unit, how]) => ({
          cells: [[label], withReason(figure(field, unit)), [how]],
        }),
      ),
    },
  ];
  const futures = cotFlow(flow.row);
  if (futures !== null) {
    blocks.push(
      { kind: 'heading', text: `${who}: the position behind the flow` },
      {
        kind: 'facts',
        items: POSITIONS.map(([field, label, unit]) => ({ label, content: withReason(figure(field, unit)) })),
      },
    );
  }
  const flags = futures?.flags ?? [];
  if (flags.length > 0) {
    blocks.push({ kind: 'note', content: [`The row is less than clean: ${flags.join(', ')}.`] });
  }
  return { anchor: 'scales', title, short: 'Scales', blocks };
}
