import type { BuyersRow, ReportBuyers, Role } from '../../core/index.js';
import { ROLE_MAPPINGS, ROLES } from '../../core/index.js';
import type { Context } from '../context.js';
import { formatValue, withoutUnitWord } from '../format.js';
import type { Block, Evidence, Figure, Prose, Section, SidesChartSpec, Unit } from '../model.js';
import { joinProse, prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';
import { legsBlocks } from './legs.js';
import { boundsBlocks, groupBlocks } from './managers.js';

const OWN_EVIDENCE: Evidence = { anchor: 'who-bought', sources: null };

/** Both sides of the week: who bought on balance and who sold to them, what they are taken for, and by which legs. */
export function whoBoughtSection(context: Context): Section {
  const { buyers } = context.input;
  const blocks: Block[] =
    buyers === undefined
      ? legsBlocks(context)
      : [
          ...sidesBlocks(context, buyers),
          ...legsBlocks(context),
          ...groupBlocks(context),
          ...boundsBlocks(context),
        ];
  return { anchor: 'who-bought', title: 'Who bought, and from whom', short: 'Who bought', blocks };
}

function sidesBlocks(context: Context, buyers: ReportBuyers): Block[] {
  const chart = sidesChart(context, buyers.rows);
  return [
    ...(chart === null ? [] : [chart]),
    { kind: 'paragraph', content: conclusion(context, buyers) },
    buyersTable(context, buyers.rows),
    ...rolesBlocks(context, buyers),
  ];
}

function unitOf(row: BuyersRow): Unit {
  return row.unit === 'contracts' ? 'contracts' : 'USD';
}

function buyerEvidence({ book, input, period }: Context, index: number): Evidence {
  const row = input.buyers!.rows[index]!;
  const flow = input.flowsOfWeek.findIndex(
    (other) => other.class === row.class && other.contract === row.contract && other.basis === row.basis,
  );
  const anchor = flow < 0 ? `rows-buyer-${index + 1}` : `rows-flow-${flow + 1}`;
  return book.rows(
    anchor,
    `Flow of ${words.classShort(row.class, row.basis)} in the ${period.one}`,
    row.sources,
  );
}

function buyerFigure(context: Context, index: number, field: string, unit: Unit): Figure {
  const reason =
    context.input.buyers!.rows[index]!.reasons[field] ??
    context.input.buyers!.rows[index]!.reasons.net ??
    'nobody bought';
  return context.book.at(`/buyers/rows/${index}/${field}`, unit, buyerEvidence(context, index), reason);
}

type Placed = { readonly row: BuyersRow; readonly index: number };

function bySide(rows: readonly BuyersRow[], side: 'buyer' | 'seller'): readonly Placed[] {
  return rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.side === side)
    .sort((a, b) => Math.abs(b.row.net!) - Math.abs(a.row.net!));
}

/** Null where one side is not known: a buyer without a seller is no picture of a market. */
function sidesChart(context: Context, rows: readonly BuyersRow[]): Block | null {
  const [bought, sold] = [bySide(rows, 'buyer'), bySide(rows, 'seller')];
  if (bought.length === 0 || sold.length === 0) return null;
  const part = ({ row }: Placed): SidesChartSpec['sides'][number]['parts'][number] => ({
    name: words.capitalised(words.classShort(row.class, row.basis)),
    amount: withoutUnitWord(formatValue(Math.abs(row.net!), unitOf(row))),
    size: Math.abs(row.net!),
    emphasis: row.class === context.input.record.class,
  });
  const inContracts = unitOf(rows[0]!) === 'contracts' ? ', contracts' : '';
  return {
    kind: 'chart',
    title: sidesTitle(context, bought, sold),
    description:
      'Two bars on one scale: those that bought more than they sold above, those that sold more than they bought below, each cut by class. The two are as long as each other but for rounding.',
    chart: {
      kind: 'sides',
      sides: [
        { label: `Bought more than they sold${inContracts}`, side: 'buy', parts: bought.map(part) },
        { label: `Sold more than they bought${inContracts}`, side: 'sell', parts: sold.map(part) },
      ],
    },
  };
}

/** Names the largest of both sides; who dealt with whom inside the market is not seen. */
function sidesTitle(context: Context, bought: readonly Placed[], sold: readonly Placed[]): Prose {
  const [buyer, seller] = [bought[0]!, sold[0]!];
  const net = ({ row, index }: Placed): Figure => buyerFigure(context, index, 'net', unitOf(row));
  return prose`${words.capitalised(words.classShort(buyer.row.class, buyer.row.basis))} on one side with a net of ${net(buyer)}, ${words.classShort(seller.row.class, seller.row.basis)} on the other with ${net(seller)}`;
}

/** The sentence under test, under both mappings. */
function conclusion(context: Context, buyers: ReportBuyers): Prose {
  const { conclusion: found } = buyers;
  const head: Prose = [{ kind: 'strong', content: [`${words.capitalised(words.conclusionWords(found))}.`] }];
  const outcomes = found.outcomes.flatMap((outcome, index): Prose[] => {
    const largest = outcome.largestBuyer;
    if (largest === null) return [];
    const of = (role: Role): Figure => withoutUnit(outcomeFigure(context, buyers, index, role));
    const others = ROLES.filter((role) => role !== largest && (outcome[role] ?? 0) > 0);
    const also = others.map((role) => prose`${words.roleWords(role)} ${of(role)}`);
    const rest =
      also.length === 0
        ? ', and no other kind of investor bought on balance'
        : prose`, ahead of ${joinProse(also, ' and ')}`;
    return [
      prose`With ${words.mappingWords(outcome.mapping)}, ${words.roleWords(largest)} come first with a net of ${of(largest)}${rest}.`,
    ];
  });
  if (outcomes.length === 0) return prose`${head} ${words.sentence(found.explanation)}`;
  return prose`${head} ${joinProse(outcomes, ' ')}${standIn(buyers.rows)}`;
}

/** Futures name no retail investors, so that word needs its meaning. */
function standIn(rows: readonly BuyersRow[]): string {
  return rows.some((row) => row.class === 'non-reportable')
    ? ' Small traders, who need not report, stand in for retail.'
    : '';
}

function outcomeFigure({ book }: Context, { rows }: ReportBuyers, index: number, role: Role): Figure {
  const unit = rows[0] === undefined ? 'USD' : unitOf(rows[0]);
  return book.at(`/buyers/conclusion/outcomes/${index}/${role}`, unit, OWN_EVIDENCE);
}

function takenFor(row: BuyersRow): string {
  const [first, second] = ROLE_MAPPINGS.map((mapping) => words.roleWords(row.roles[mapping]));
  return first === second ? first! : `${first} or ${second}`;
}

function buyersTable(context: Context, rows: readonly BuyersRow[]): Block {
  const limit = rows[0] === undefined ? null : words.basisLimit(rows[0].basis);
  return {
    kind: 'table',
    caption: [
      `What each class bought and sold in the ${context.period.one} to ${context.input.record.periodEnd} in ${words.marketWords(context.input.record)}.${limit === null ? '' : ` ${limit}`} The last column is each buyer’s share of the sum of positive nets.`,
    ],
    columns: [
      { label: 'Class' },
      { label: 'Taken for' },
      { label: amountLabel('Purchases', rows), numeric: true },
      { label: amountLabel('Sales', rows), numeric: true },
      { label: amountLabel('Net', rows), numeric: true },
      { label: 'Share of purchases', numeric: true },
      { label: 'Share of positive nets', numeric: true },
    ],
    rows: rows.map((row, index) => {
      const unit = unitOf(row);
      const figure = (field: string, of: Unit): Prose => [
        withoutUnit(buyerFigure(context, index, field, of)),
      ];
      return {
        emphasis: row.class === context.input.record.class,
        cells: [
          [words.capitalised(words.classShort(row.class, row.basis))],
          [takenFor(row)],
          figure('grossBuy', unit),
          figure('grossSell', unit),
          figure('net', unit),
          figure('grossBuyShare', 'share'),
          figure('netShare', 'share'),
        ],
      };
    }),
  };
}

function amountLabel(label: string, rows: readonly BuyersRow[]): string {
  return rows.some((row) => unitOf(row) === 'contracts') ? `${label}, contracts` : label;
}

function rolesBlocks(context: Context, buyers: ReportBuyers): Block[] {
  const { outcomes } = buyers.conclusion;
  const roles = ROLES.filter((role) => outcomes.some((outcome) => (outcome[role] ?? null) !== null));
  if (roles.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: [
        `${amountLabel('Net', buyers.rows)}, by what the classes are taken for. Whether leveraged and hedge funds are institutions or speculators is a choice, so both are shown; where they disagree on the largest buyer, nothing is concluded.`,
      ],
      columns: [
        { label: 'Kind of investor' },
        ...outcomes.map(({ mapping }) => ({
          label: words.capitalised(words.mappingWords(mapping)),
          numeric: true,
        })),
      ],
      rows: roles.map((role) => ({
        cells: [
          [words.capitalised(words.roleWords(role))],
          ...outcomes.map(
            (outcome, index): Prose => [
              outcome[role] === null ? 'no class' : outcomeFigure(context, buyers, index, role),
            ],
          ),
        ],
      })),
    },
  ];
}
