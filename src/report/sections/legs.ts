import type { FlowRow } from '../../core/index.js';
import { type Context, cotFlow, flowEvidence } from '../context.js';
import { formatValue, withoutUnitWord } from '../format.js';
import type { Block, Figure, LegsChartSpec, Prose, Unit } from '../model.js';
import { prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';

const LEGS = [
  { field: 'longBuy', words: 'long buys', sign: 1 },
  { field: 'shortCover', words: 'short covers', sign: 1 },
  { field: 'longSell', words: 'long sales', sign: -1 },
  { field: 'shortSell', words: 'short sales', sign: -1 },
] as const;

type Leg = (typeof LEGS)[number];

/** The legs that the rows tell of any class. */
const knownLegs = (rows: readonly FlowRow[]): readonly Leg[] =>
  LEGS.filter(({ field }) => rows.some((row) => row[field] !== null));

/** Dollars where every class has them, else contracts. */
function inDollars(rows: readonly FlowRow[]): boolean {
  return rows.length > 0 && rows.every((row) => row.longBuy !== null && row.net !== null);
}

/** By which legs each class bought and sold, and that the nets balance. */
export function legsBlocks(context: Context): Block[] {
  const rows = context.input.flowsOfWeek;
  if (rows.length === 0) {
    return [
      {
        kind: 'paragraph',
        content: [`The flows of the ${context.period.one} are not known for this market.`],
      },
    ];
  }
  const dollars = inDollars(rows);
  if (!dollars && !rows.some((row) => cotFlow(row) !== null)) {
    return [{ kind: 'paragraph', content: [words.basisLimit(rows[0]!.basis) ?? 'The legs are not known.'] }];
  }
  return [
    legsChart(context, dollars),
    { kind: 'paragraph', content: balanceSentence(context, dollars) },
    flowsTable(context, dollars),
  ];
}

/** Buyers first: rows with their place in the input, by falling net. */
function byNet(rows: readonly FlowRow[], dollars: boolean) {
  const net = (row: FlowRow): number => (dollars ? row.net : row.contracts) ?? 0;
  return rows.map((row, index) => ({ row, index })).sort((a, b) => net(b.row) - net(a.row));
}

/** A leg's signed size: dollars, or contracts from the changes in longs and shorts. */
function signedLeg(row: FlowRow, leg: Leg, dollars: boolean): number | null {
  if (dollars) return row[leg.field] === null ? null : leg.sign * row[leg.field]!;
  const change = leg.field.startsWith('long') ? cotFlow(row)?.deltaLong : cotFlow(row)?.deltaShort;
  if (change == null) return null;
  const towards = leg.field.startsWith('long') ? change : -change;
  return leg.sign * Math.max(leg.sign * towards, 0);
}

function legsChart(context: Context, dollars: boolean): Block {
  const { input } = context;
  const unit: Unit = dollars ? 'USD' : 'contracts';
  const amount = (value: number): string => withoutUnitWord(formatValue(value, unit));
  const classes: LegsChartSpec['classes'] = byNet(input.flowsOfWeek, dollars).map(({ row }) => {
    const net = dollars ? row.net : row.contracts;
    return {
      label: words.capitalised(words.classShort(row.class, row.basis)),
      emphasis: row.class === input.record.class,
      bars: LEGS.flatMap((leg) => {
        const signed = signedLeg(row, leg, dollars);
        if (signed === null || signed === 0) return [];
        return [{ leg: leg.field, signed, label: `${leg.words} ${amount(Math.abs(signed))}` }];
      }),
      net: net === null ? null : { value: net, label: `net ${amount(net)}` },
    };
  });
  const ofSign = (sign: 1 | -1): string =>
    words.listWords(
      (dollars ? knownLegs(input.flowsOfWeek) : LEGS)
        .filter((leg) => leg.sign === sign)
        .map((leg) => leg.words),
    );
  return {
    kind: 'chart',
    title: [`By which legs: purchases are ${ofSign(1)}, sales are ${ofSign(-1)}`],
    description: `Purchases to the right of zero (${ofSign(1)}), sales to the left (${ofSign(-1)}), and the net of each class as a mark.`,
    chart: {
      kind: 'legs',
      unit,
      axisLabel: 'Sales left, purchases right of zero',
      classes,
    },
  };
}

/** The nets of a whole market balance; of a part of it only the limit of the basis is to be said. */
function balanceSentence(context: Context, dollars: boolean): Prose {
  const rows = context.input.flowsOfWeek;
  if (!rows.some((row) => cotFlow(row) !== null)) return [words.basisLimit(rows[0]!.basis) ?? ''];
  const field = dollars ? 'net' : 'contracts';
  const values = rows.map((row) => row[field]);
  const total = context.book.sum('/flowsOfWeek', field, values, dollars ? 'USD' : 'contracts', {
    anchor: 'who-bought',
    sources: null,
  });
  const sum =
    total.value === null
      ? prose`The sum of the nets is not known (${total.reason ?? ''}).`
      : balance(rows, total);
  const unit = dollars ? '' : ` Dollars are not known (${dollarsReason(rows)}), so contracts are shown.`;
  return prose`${sum}${unit} ${words.LOWER_BOUND}`;
}

/** Contracts by which a consolidated code may fail to balance: the CFTC rounds it, up to 4 at each week end. */
const ROUNDING_CONTRACTS = 8;

function balance(rows: readonly FlowRow[], total: Figure): Prose {
  const sum = prose`Every purchase has a sale: the nets of all classes sum to ${total}`;
  const contracts = rows.reduce((count, row) => count + (row.contracts ?? 0), 0);
  if (total.value === 0) return prose`${sum}.`;
  if (Math.abs(contracts) <= ROUNDING_CONTRACTS)
    return prose`${sum}, which is left over from the publisher’s rounding.`;
  return prose`${sum}, so the rows do not balance: a class is missing, or two rows disagree.`;
}

function dollarsReason(rows: readonly FlowRow[]): string {
  const row = rows.find((candidate) => candidate.net === null);
  return row?.reasons.net ?? row?.reasons.longBuy ?? 'no reason given';
}

function flowsTable(context: Context, dollars: boolean): Block {
  const rows = context.input.flowsOfWeek;
  const isFutures = rows.some((row) => cotFlow(row) !== null);
  const hasBook = dollars && rows.some((row) => row.grossing !== null);
  const amounts = dollars
    ? knownLegs(rows).map((leg) => ({
        label: words.capitalised(leg.words),
        field: leg.field as string,
        unit: 'USD' as Unit,
      }))
    : [
        { label: 'Change in longs, contracts', field: 'deltaLong' as const, unit: 'contracts' as Unit },
        { label: 'Change in shorts, contracts', field: 'deltaShort' as const, unit: 'contracts' as Unit },
      ];
  const columns = [
    ...amounts,
    ...(dollars && context.input.buyers === undefined
      ? [{ label: 'Net', field: 'net', unit: 'USD' as Unit }]
      : []),
    ...(isFutures
      ? [
          { label: 'Net, contracts', field: 'contracts', unit: 'contracts' as Unit },
          { label: 'Net, share of open interest', field: 'pctOi', unit: 'share' as Unit },
        ]
      : []),
    ...(hasBook ? [{ label: 'Book', field: 'grossing', unit: 'USD' as Unit }] : []),
  ];
  return {
    kind: 'table',
    dense: true,
    caption: [
      `Flows of the ${context.period.one} to ${context.input.record.periodEnd} in ${words.marketWords(context.input.record)} by class.${hasBook ? ' Book: longs and shorts together grow, or shrink where negative, whatever the net.' : ''}`,
    ],
    columns: [{ label: 'Class' }, ...columns.map(({ label }) => ({ label, numeric: true }))],
    rows: byNet(rows, dollars).map(({ row, index }) => ({
      emphasis: row.class === context.input.record.class,
      cells: [
        [words.capitalised(words.classShort(row.class, row.basis))],
        ...columns.map(({ field, unit }) => [columnFigure(context, index, field, unit)]),
      ],
    })),
  };
}

function columnFigure(context: Context, index: number, field: string, unit: Unit): Figure {
  const reason = context.input.flowsOfWeek[index]?.reasons[field];
  const pointer = `/flowsOfWeek/${index}/${field}`;
  const figure = context.book.at(pointer, unit, flowEvidence(context, index), reason);
  return unit === 'contracts' ? withoutUnit(figure) : figure;
}
