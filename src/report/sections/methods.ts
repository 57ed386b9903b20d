import type { Basis } from '../../core/index.js';
import type { Context } from '../context.js';
import { LOOKS_EVIDENCE } from '../figures.js';
import type { Block, Prose, Section } from '../model.js';
import { prose } from '../model.js';
import * as words from '../wording/index.js';

const LEGS: Readonly<Record<Basis, string>> = {
  cot: 'from outright longs L and shorts S of a class at week ends, k = multiplier before / now: dL = L(t) − k L(t−1), dS = S(t) − k S(t−1); long buys = max(dL, 0), long sales = max(−dL, 0), short sales = max(dS, 0), short covers = max(−dS, 0), each x multiplier x price. Spreads are balanced and left out. (CFTC, Traders in Financial Futures.)',
  '13f':
    'from shares H of a manager at quarter ends, f = split factor between them: dH = H(q) − H(q−1) f; long buys = max(dH, 0) p, long sales = max(−dH, 0) p, p = mean daily close of the quarter. Only shares that are neither put nor call; a first filing is not buying, a merger not a sale. (SEC, Form 13F.)',
  ledger: 'purchases and sales of the executions brought, to the cent: buy, sell, sell short, buy to cover.',
  etf: 'net = (shares outstanding − those of the day before x split factor) x net asset value, over the days of the week.',
  tape: 'purchases and sales of the prints brought, by the side that took the price.',
};

const METHODS: readonly (readonly [string, string])[] = [
  ['Net', 'long buys + short covers − long sales − short sales.'],
  [
    'Volatility-scaled',
    'x(t) / s(t) with s(t)² = 0.97 s(t−1)² + 0.03 x(t−1)², seeded with the mean square of the first 52 periods.',
  ],
  ['Rank', '1 is the largest of the period and the n before it; ties share the better rank and are named.'],
  ['Exchangeable p', '(1 + number of earlier values as large) / (n + 1).'],
  [
    'Dependent p',
    'log-scale trend and exponentially weighted volatility are fitted on the earlier periods and divided out; whole paths of residuals are resampled by the stationary bootstrap (Politis and Romano 1994; block length Politis and White 2004, corrected 2009) and the scale put back.',
  ],
  [
    'Tail p',
    'generalised Pareto by maximum likelihood on excesses over the 90 % quantile, fitted without the period (Pickands 1975; Coles 2001); 90 % interval by parametric bootstrap.',
  ],
  [
    'Adjusted p',
    'step-down minP with a common bootstrap index (Westfall and Young 1993; Romano and Wolf 2005), Holm across calendars, over the family below.',
  ],
  [
    'Verdict',
    'anomaly if breadth or data fails; insufficient if fewer than four checks are known, or scale, data or significance is not; signal if none fails; else mixed.',
  ],
];

export function methodsSection(context: Context): Section {
  const own = [['Legs', LEGS[context.input.record.basis]] as const, ...METHODS];
  const items: Prose[] = own.map(([name, how]) => [{ kind: 'strong', content: [name] }, `: ${how}`]);
  return {
    anchor: 'methods',
    title: 'Methods and the ledger of looks',
    short: 'Methods',
    blocks: [{ kind: 'list', items }, ...looksBlocks(context)],
  };
}

function looksBlocks(context: Context): Block[] {
  const { book, input } = context;
  const { looks } = input;
  if (looks === null) {
    return [
      { kind: 'heading', text: 'The ledger of looks', anchor: 'looks' },
      {
        kind: 'paragraph',
        content: [
          `No series of this basis has history enough to be tested: a look-back needs ${input.record.basis === '13f' ? '26 earlier quarters' : '52 earlier weeks'} with data. So nothing was resampled and there is no adjusted p.`,
        ],
      },
    ];
  }
  const figure = (field: string, unit: Parameters<typeof book.at>[1]) =>
    book.at(`/looks/${field}`, unit, LOOKS_EVIDENCE);
  return [
    { kind: 'heading', text: 'The ledger of looks', anchor: 'looks' },
    {
      kind: 'paragraph',
      content: prose`The family holds ${figure('m', 'count')} hypotheses for the ${context.period.one} to ${figure('periodEnd', 'date')}, declared beforehand and the same whatever was asked or filtered: every measure, ruler, class, market, look-back and horizon that the data then known support. ${figure('resamples', 'count')} resamples in blocks of ${figure('blockLengthWeeks', 'weeks')} on average; the adjusted p could not have come out below ${figure('adjustedFloor', 'probability')}.`,
    },
    {
      kind: 'facts',
      items: [
        {
          label: input.record.basis === 'cot' ? 'Contracts' : 'Markets',
          content: [looks.contracts.join(', ')],
        },
        {
          label: 'Calendars that the data support, asked about or not',
          content: [looks.calendars.join(', ')],
        },
        {
          label: 'Classes',
          content: [looks.classes.map((name) => words.classShort(name, input.record.basis)).join(', ')],
        },
        { label: 'Measures', content: [looks.measures.map(words.legLabel).join(', ')] },
        { label: 'Look-backs', content: [looks.lookbacks.map(words.lookbackWords).join(', ')] },
        { label: `Horizons, ${context.period.many}`, content: [looks.horizonsWeeks.join(', ')] },
      ],
    },
    {
      kind: 'table',
      caption: ['Hypotheses by ruler.'],
      columns: [{ label: 'Ruler' }, { label: 'Hypotheses', numeric: true }],
      rows: looks.rulers.map(({ ruler }, index) => ({
        cells: [[words.rulerLabel(ruler)], [figure(`rulers/${index}/hypotheses`, 'count')]],
      })),
    },
  ];
}
