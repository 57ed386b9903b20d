import type { Context } from '../context.js';
import type { Block, Figure, Inline, Prose, Section } from '../model.js';
import { prose } from '../model.js';
import * as words from '../wording/index.js';
import { claimAnchor, claimRows, subjectWords } from './claims.js';
import { unfinished } from './what-next/rows.js';
import { unknownCrossSection } from './why-now/cross-section.js';
import { unknownFactors } from './why-now/factors.js';
import { DRIVER_WORDS, driverRowsOf } from './why-now/rows.js';

const strong = (text: string): Inline => ({ kind: 'strong', content: [text] });

/** What always holds of such data, whatever the week. */
const ALWAYS = [
  'Lists of names and of contracts are of those that exist today or were listed at a stated day; names that left the market before are missing (survivorship), and prices of failed markets are not in the data.',
  'Why anybody bought. Every figure is an association; none shows a cause or an intention.',
];

/** Every figure of the report that is not known, by its reason; to be written after the sections that print them. */
export function unknownSection(context: Context): Section {
  return {
    anchor: 'unknown',
    title: 'What is not known',
    short: 'Not known',
    blocks: [
      {
        kind: 'list',
        items: [...absentStudies(context), ...unfinished(context), ...ALWAYS.map((text) => [text])],
      },
      ...group('Statements of the note that cannot be measured', unmeasured(context)),
      ...group('Checks that could not be made', unknownChecks(context)),
      ...group('Drivers and factors without figures', unknownDrivers(context)),
      ...figuresByReason(context),
    ],
  };
}

function group(text: string, items: readonly Prose[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text },
        { kind: 'list', items },
      ];
}

/** Studies that nobody asked, or that could not answer. */
function absentStudies({ input }: Context): Prose[] {
  const studies = [
    ['The note was not checked', input.claims],
    ['What drove the flow', input.drivers],
    ['What follows such weeks', input.aftermath],
  ] as const;
  const missing = studies.flatMap(([what, study]): Prose[] => {
    if (study === undefined) return [prose`${strong(`${what}:`)} the study is not part of this report.`];
    return study.reason === null ? [] : [prose`${strong(`${what}:`)} ${words.sentence(study.reason)}`];
  });
  const tape: Prose[] =
    input.tape === undefined
      ? [prose`${strong('Who was in a hurry:')} the store has no tape of these days.`]
      : input.tape.week === null
        ? [prose`${strong('Who was in a hurry:')} ${words.sentence(input.tape.reason ?? 'no reason given')}`]
        : [];
  return [...missing, ...tape];
}

function unmeasured({ input }: Context): Prose[] {
  return claimRows(input)
    .filter(({ row }) => row.verdict === 'not measurable')
    .map(
      ({ row, index }) =>
        prose`${{ kind: 'link', anchor: claimAnchor(index), text: row.text }} (${subjectWords(row)}) ${row.explanation} Needed: ${row.wouldChange}`,
    );
}

function unknownChecks({ input }: Context): Prose[] {
  return input.record.checks
    .filter((check) => check.verdict === 'unknown')
    .map(
      (check) => prose`${strong(`${words.capitalised(check.name)}:`)} ${words.sentence(check.explanation)}`,
    );
}

function unknownDrivers(context: Context): Prose[] {
  const factors = unknownFactors(context).map(
    ({ name, reason }) => prose`${strong(`${words.capitalised(name)}:`)} ${words.sentence(reason)}`,
  );
  const drivers = driverRowsOf(context)
    .filter(({ row }) => row.contribution === null)
    .map(
      ({ row }) =>
        prose`${strong(`${DRIVER_WORDS[row.driver]}:`)} no part of it can be told in this ${context.period.one}.`,
    );
  const names = unknownCrossSection(context).map(
    (reason) => prose`${strong('Which names were bought:')} ${words.sentence(reason)}`,
  );
  return [...drivers, ...factors, ...names];
}

/** Each reason once, with how many figures have it. */
function figuresByReason({ book }: Context): Block[] {
  const byReason = new Map<string, Figure[]>();
  for (const figure of book.figures) {
    if (figure.reason === null) continue;
    byReason.set(figure.reason, [...(byReason.get(figure.reason) ?? []), figure]);
  }
  if (byReason.size === 0) return [];
  const items = [...byReason].map(([reason, figures]): Prose => {
    const first = figures[0]!;
    const more = figures.length === 1 ? '' : ', and others of its kind';
    return prose`${words.sentence(reason)} (${placeWords(first)}${more}) ${first}`;
  });
  return [
    {
      kind: 'details',
      summary: 'Every reason for which a figure of this report is not known',
      blocks: [{ kind: 'list', items }],
    },
  ];
}

/** The last name of a figure's place: 'bps cap' of '/flowsOfWeek/0/bpsCap'. */
function placeWords({ id }: Figure): string {
  const names = id.split('/').filter((step) => step !== '' && !/^\d+$|:/.test(step));
  return words.fieldWords(names.at(-1) ?? id);
}
