import type { ClaimRow } from '../../core/index.js';
import type { Context } from '../context.js';
import { otherRulerCells, weakestProbability } from '../context.js';
import type { Block, Inline, Prose, Section } from '../model.js';
import { joinProse, prose } from '../model.js';
import * as words from '../wording/index.js';
import { claimAnchor, claimRows, subjectWords } from './claims.js';
import type { Placed } from './study-rows.js';
import { outcomeRowsOf } from './what-next/rows.js';
import { DRIVER_WORDS, driverRowsOf } from './why-now/rows.js';

/** At which level a probability speaks. */
const SPEAKS_BELOW = 0.05;

const strong = (text: string): Inline => ({ kind: 'strong', content: [text] });
const link = (anchor: string, text: string): Inline => ({ kind: 'link', anchor, text });

/** Everything in the report that speaks against the note, gathered; each leads to where it stands. */
export function againstSection(context: Context): Section {
  const items = [
    ...failedChecks(context),
    ...otherScales(context),
    ...chanceAlone(context),
    ...otherSide(context),
    ...fallenDrivers(context),
    ...unseenEffects(context),
    ...fallenClaims(context),
  ];
  const blocks: Block[] =
    items.length === 0
      ? [{ kind: 'paragraph', content: ['Nothing that was looked at speaks against it.'] }]
      : [{ kind: 'list', items }];
  return { anchor: 'against', title: 'What speaks against it', short: 'Against it', blocks };
}

function failedChecks({ input }: Context): Prose[] {
  return input.record.checks
    .filter((check) => check.verdict === 'fail')
    .map(
      (check) =>
        prose`${strong(`${words.capitalised(check.name)} fails.`)} ${words.sentence(check.explanation)} ${link('checks', 'The checks')}`,
    );
}

/** Scales on which the same week is no record; of a week that is none anyway there is nothing to say. */
function otherScales(context: Context): Prose[] {
  const { record } = context.input;
  if (record.kind === 'none') return [];
  const not = otherRulerCells(record).filter(({ cell }) => cell.isRecord === false);
  if (not.length === 0) return [];
  const ranks = not.map(({ cell, index }) => {
    const rank = context.book.at(`/record/rulers/table/${index}/rank`, 'rank', RULERS_EVIDENCE);
    return prose`${rank} in ${words.rulerWords(cell.ruler)}`;
  });
  return [
    prose`${strong('Other scales do not agree.')} The same ${context.period.one} is ${joinProse(ranks, ', ')}. ${link('rulers', 'The scales')}`,
  ];
}

const RULERS_EVIDENCE = { anchor: 'rulers', sources: null } as const;

function chanceAlone(context: Context): Prose[] {
  const weakest = weakestProbability(context);
  if (weakest === null || (context.input.record.p[weakest.name] ?? 0) < SPEAKS_BELOW) return [];
  return [
    prose`${strong('Chance alone would do.')} The weakest probability is ${weakest.figure}, ${words.probabilityWords(weakest.name)}. ${link('significance', 'The probabilities')}`,
  ];
}

/** Those that were on the other side; of the whole market purchases equal sales. */
function otherSide(context: Context): Prose[] {
  const { buyers, record } = context.input;
  if (buyers === undefined || record.value === null || record.value <= 0) return [];
  const sellers = buyers.rows.flatMap((row, index) => (row.side === 'seller' ? [{ row, index }] : []));
  const named = sellers.filter(({ row }) => row.net !== null && row.class !== record.class);
  if (named.length === 0) return [];
  const each = named.map(({ row, index }) => {
    const net = context.book.at(
      `/buyers/rows/${index}/net`,
      row.unit === 'contracts' ? 'contracts' : 'USD',
      WHO_EVIDENCE,
    );
    return prose`${words.uncapitalised(words.classShort(row.class, row.basis))} ${net}`;
  });
  return [
    prose`${strong('Somebody sold.')} Net flows on the other side: ${joinProse(each, ', ')}. ${link('who-bought', 'Both sides')}`,
  ];
}

const WHO_EVIDENCE = { anchor: 'who-bought', sources: null } as const;

function fallenDrivers(context: Context): Prose[] {
  return driverRowsOf(context)
    .filter(({ row }) => row.falsified === true || row.verdict === 'against')
    .map(
      ({ row }) =>
        prose`${strong(`${DRIVER_WORDS[row.driver]}: the falsifier ${row.falsified === true ? 'has happened' : 'has not happened, but its part goes the other way'}.`)} ${row.falsifier} ${link('why-now', 'The drivers')}`,
    );
}

function unseenEffects(context: Context): Prose[] {
  const tested = outcomeRowsOf(context).filter(({ row }) => row.verdict !== null);
  const seen = tested.filter(({ row }) => row.verdict !== 'no effect seen');
  if (tested.length === 0 || seen.length > 0) return [];
  return [
    prose`${strong('Nothing that followed is told apart from what follows other weeks.')} ${link('what-next', 'What followed')}`,
  ];
}

/** Sentences by verdict, each once, with what was asked of it. */
function fallenClaims(context: Context): Prose[] {
  const bySentence = new Map<string, Placed<ClaimRow>[]>();
  for (const one of claimRows(context.input)) {
    const { verdict, text } = one.row;
    if (verdict !== 'contradicted' && verdict !== 'not distinguishable from chance') continue;
    bySentence.set(`${verdict} ${text}`, [...(bySentence.get(`${verdict} ${text}`) ?? []), one]);
  }
  return [...bySentence.values()].map((claims) => {
    const { row, index } = claims[0]!;
    const asked = words.listWords([...new Set(claims.map((one) => subjectWords(one.row)))]);
    return prose`${strong(`${words.capitalised(row.verdict)}:`)} ${link(claimAnchor(index), row.text)} (${asked})`;
  });
}
