import type { ReportTapeWeek } from '../../core/index.js';
import type { Context } from '../context.js';
import { formatValue, withoutUnitWord } from '../format.js';
import type { Block, Evidence, Figure, LegsChartSpec, Prose, Section, TableBlock, Unit } from '../model.js';
import { joinProse, prose } from '../model.js';
import * as words from '../wording/index.js';

const OWN_EVIDENCE: Evidence = { anchor: 'tape', sources: null };
const NOT_SIGNED = 'no print of this kind is signed';

const printWords = (name: string): string => words.capitalised(words.classWords(name, 'tape'));

/** What the tape says of the days of the headline's period; null where the store has no tape. */
export function tapeSection(context: Context): Section | null {
  const { tape } = context.input;
  if (tape === undefined) return null;
  const blocks: Block[] =
    tape.week === null
      ? [{ kind: 'paragraph', content: [`The tape does not cover these days: ${tape.reason}.`] }]
      : weekBlocks(context, tape.week);
  return { anchor: 'tape', title: 'The tape: who paid to trade', short: 'Tape', blocks };
}

function weekBlocks(context: Context, week: ReportTapeWeek): Block[] {
  return [
    { kind: 'paragraph', content: finding(context, week) },
    ...(week.missingDays.length === 0 ? [] : [missingNote(context, week)]),
    ...classesChart(week),
    classesTable(context, week),
    { kind: 'heading', text: 'How far the signs can be trusted' },
    { kind: 'facts', items: signingFacts(context, week) },
    lagsTable(context, week),
    { kind: 'note', content: retailWords(context, week) },
    { kind: 'note', content: [LIMITS] },
  ];
}

const LIMITS =
  'A trade is signed by comparing its price with the quotes before it: who was in a hurry, not who the investor is. Every print has a buyer and a seller, so the sum over all classes is turnover. Auctions, prints at prices agreed otherwise and prints outside regular hours are counted and not signed. Large prints are no proof of institutions, who cut orders into small ones.';

const at = (context: Context, pointer: string, unit: Unit, reason?: string): Figure =>
  context.book.at(`/tape/week/${pointer}`, unit, OWN_EVIDENCE, reason);

/** More bought or more sold at their initiative. */
function leaning({ all: { net } }: ReportTapeWeek): string {
  if (net === null || net === 0) return 'Neither buyers nor sellers';
  return net > 0 ? 'Buyers' : 'Sellers';
}

function finding(context: Context, week: ReportTapeWeek): Prose {
  const names = at(context, 'names', 'count');
  const days = context.book.count('/tape/week/days', week.days, '', () => true, OWN_EVIDENCE);
  const net = at(context, 'all/net', 'USD', NOT_SIGNED);
  const lead: Prose = [{ kind: 'strong', content: [`${leaning(week)} were in more of a hurry.`] }];
  return prose`${lead} In ${names} names on ${days} days ${at(context, 'all/buy', 'USD', NOT_SIGNED)} were bought at the initiative of a buyer and ${at(context, 'all/sell', 'USD', NOT_SIGNED)} sold at the initiative of a seller, a difference of ${net}; ${at(context, 'all/unsigned', 'USD')}, ${at(context, 'all/shareUnsigned', 'share', 'nothing was traded')} of a turnover of ${at(context, 'all/turnover', 'USD')}, were not signed, auctions among them.`;
}

function missingNote(context: Context, week: ReportTapeWeek): Block {
  const days = week.missingDays.map((_, i) => [at(context, `missingDays/${i}`, 'date')]);
  return {
    kind: 'note',
    content: prose`The tape lacks ${joinProse(days, ', ')} of these days, so that its sums are of a part of the period.`,
  };
}

/** Classes with their place in the input, the largest signed first, those that are not signed last. */
function ordered(week: ReportTapeWeek) {
  const size = ({ buy, sell, turnover }: (typeof week.classes)[number]): number =>
    buy === null ? -1 / (1 + turnover) : buy + (sell ?? 0);
  return week.classes.map((row, index) => ({ row, index })).sort((a, b) => size(b.row) - size(a.row));
}

const amount = (value: number): string => withoutUnitWord(formatValue(value, 'USD'));

function classesChart(week: ReportTapeWeek): Block[] {
  const classes: LegsChartSpec['classes'] = ordered(week).flatMap(
    ({ row: { class: name, buy, sell, net } }) =>
      buy === null || sell === null || net === null
        ? []
        : [
            {
              label: printWords(name),
              emphasis: false,
              bars: [
                { leg: 'buy', signed: buy, label: `buyers’ initiative ${amount(buy)}` },
                { leg: 'sell', signed: -sell, label: `sellers’ initiative ${amount(sell)}` },
              ].filter(({ signed }) => signed !== 0),
              net: { value: net, label: `difference ${amount(net)}` },
            },
          ],
  );
  if (classes.length === 0) return [];
  return [
    {
      kind: 'chart',
      title: ['Who was in a hurry, by kind of print: bought to the right, sold to the left'],
      description:
        'For each kind of print that is signed, dollars traded at the initiative of buyers to the right of zero, of sellers to the left, and the difference as a mark.',
      chart: { kind: 'legs', unit: 'USD', axisLabel: 'Sold left, bought right of zero', classes },
    },
  ];
}

function classesTable(context: Context, week: ReportTapeWeek): TableBlock {
  const columns = [
    { label: 'Bought', field: 'buy', unit: 'USD' },
    { label: 'Sold', field: 'sell', unit: 'USD' },
    { label: 'Difference', field: 'net', unit: 'USD' },
    { label: 'Unsigned', field: 'unsigned', unit: 'USD' },
    { label: 'Turnover', field: 'turnover', unit: 'USD' },
    { label: 'Prints', field: 'prints', unit: 'count' },
  ] as const;
  const evidence = (index: number): Evidence => {
    const row = week.classes[index]!;
    return context.book.rows(`rows-tape-${index + 1}`, `Tape, ${printWords(row.class)}`, row.sources);
  };
  return {
    kind: 'table',
    caption: ['Dollars by kind of print and by whose initiative it was. Each print is of one kind.'],
    columns: [{ label: 'Kind of print' }, ...columns.map(({ label }) => ({ label, numeric: true }))],
    rows: [
      ...ordered(week).map(({ row, index }) => ({
        cells: [
          [printWords(row.class)],
          ...columns.map(({ field, unit }): Prose => {
            if (row[field] === null) return ['not signed'];
            return [context.book.at(`/tape/week/classes/${index}/${field}`, unit, evidence(index))];
          }),
        ],
      })),
      {
        emphasis: true,
        cells: [
          ['All'],
          ...columns.map(({ field, unit }) => [at(context, `all/${field}`, unit, NOT_SIGNED)]),
        ],
      },
    ],
  };
}

function signingFacts(context: Context, { signing }: ReportTapeWeek): { label: string; content: Prose }[] {
  const share = (field: string): Figure =>
    at(context, `signing/${field}`, 'share', 'no print could be signed');
  const kinds = signing.quoteKinds.length === 0 ? 'none' : words.listWords(signing.quoteKinds);
  const warning: Prose = signing.isDoubtful
    ? prose` ${{ kind: 'badge', tone: 'fail', text: 'doubtful' }} above 5 %: the quotes are probably not what their source declares (${kinds}).`
    : [];
  return [
    {
      label: 'Decided by',
      content: prose`the quote ${share('byQuote')}, the last price change ${share('byTick')}, the source itself ${share('bySource')}, the retail rule ${share('byRetailRule')}, nothing ${share('byNothing')}, of ${at(context, 'signing/prints', 'count')} prints`,
    },
    {
      label: 'Prints that met',
      content: prose`no quote ${share('noQuote')}, a locked quote ${share('lockedQuote')}, a crossed quote ${share('crossedQuote')}.${warning}`,
    },
    {
      label: 'Rule',
      content: [
        `${signing.rule}, quotes of kind ${kinds}, sale conditions by table ${words.listWords(signing.conditionTables)}`,
      ],
    },
  ];
}

function lagsTable(context: Context, week: ReportTapeWeek): TableBlock {
  const columns = [
    { label: 'Bought', field: 'buy' },
    { label: 'Sold', field: 'sell' },
    { label: 'Difference', field: 'net' },
    { label: 'Unsigned', field: 'unsigned' },
  ] as const;
  return {
    kind: 'table',
    caption: [
      'The same prints, had the quote that counts been older: what hangs on the lag. Kinds of prints that are signed alone.',
    ],
    columns: [{ label: 'Lag' }, ...columns.map(({ label }) => ({ label, numeric: true }))],
    rows: week.lags.map((lag, index) => ({
      emphasis: lag.isDefault,
      cells: [
        [at(context, `lags/${index}/label`, 'text')],
        ...columns.map(({ field }) => [at(context, `lags/${index}/${field}`, 'USD', NOT_SIGNED)]),
      ],
    })),
  };
}

function retailWords(context: Context, { retail }: ReportTapeWeek): Prose {
  const published = (field: string): Figure => at(context, `retail/published/${field}`, 'share');
  const errors = prose`The sub-penny rule found ${published('foundBySubPenny')} of 85,000 known retail trades and signed ${published('wrongBySubPenny')} of these wrongly; signing by the midpoint is wrong in ${published('wrongByMidpoint')} (Barber, Huang, Jorion, Odean and Schwarz 2024).`;
  if (retail.reason !== null) return prose`Retail cannot be identified: ${retail.reason}.`;
  const told = (field: string): Figure => at(context, `retail/${field}`, 'count');
  return prose`Identified retail is not all retail. Of ${told('asked')} prints off exchange at a dollar or more the midpoint rule, which is used here, finds ${told('midpointBuys')} purchases and ${told('midpointSells')} sales; the sub-penny rule alone finds ${told('subPennyBuys')} and ${told('subPennySells')}. ${errors}`;
}
