import type { AgreementPoint, ClassAgreementRow, ReportUnison } from '../../core/index.js';
import { type Context, flowEvidence } from '../context.js';
import { SERIES_EVIDENCE } from '../figures.js';
import { formatValue } from '../format.js';
import type { Block, DistributionChartSpec, Evidence, Figure, Prose, Section, Unit } from '../model.js';
import { joinProse, prose } from '../model.js';
import * as words from '../wording/index.js';
import { herdingBlocks } from './herding.js';

const TOGETHER_EVIDENCE: Evidence = { anchor: 'together', sources: null };

/** Did the classes move together; null where the input does not say. */
export function togetherSection(context: Context): Section | null {
  const { unison } = context.input;
  if (unison === undefined) return null;
  const herding = herdingBlocks(context);
  const blocks =
    unison.week === null && herding.length > 0 ? herding : [...weekBlocks(context, unison), ...herding];
  return { anchor: 'together', title: 'Together, or each for itself?', short: 'Together?', blocks };
}

function weekBlocks(context: Context, unison: ReportUnison): Block[] {
  const { week } = unison;
  if (week === null) {
    return [
      {
        kind: 'paragraph',
        content: [`The agreement of the classes in this ${context.period.one} is not known.`],
      },
    ];
  }
  if (week.agreement === null) {
    const reason = week.reason ?? 'no reason given';
    return [
      { kind: 'paragraph', content: [`The agreement of the classes is not known for this week: ${reason}.`] },
    ];
  }
  const known = unison.history ?? [];
  const whole =
    week.basis === 'cot'
      ? ' Over all classes nets sum to zero, so those that take the other side are left out.'
      : '';
  return [
    { kind: 'paragraph', content: finding(context, week) },
    ...(known.length === 0 ? [] : [distributionChart(context, week, known)]),
    { kind: 'facts', items: testFacts(context, week) },
    {
      kind: 'note',
      content: [
        `Agreement is the size of the sum of the nets over the sum of their sizes: 1 where all go one way, near 0 where they cancel. Classes often have one sign by themselves, so agreement describes; the count of classes in the top decile of their own past, and that in the bottom decile, are what is tested, each at half of 5 %, against paths of a vector autoregression of the same classes.${whole}`,
      ],
    },
  ];
}

/** The week's own rows of the classes, which are rows of one report. */
function weekRows(context: Context, week: ClassAgreementRow): Evidence {
  const sources = context.input.flowsOfWeek
    .filter((row) => week.classes.includes(row.class))
    .flatMap((row) => row.sources);
  const once = sources.filter(
    (ref, index) =>
      sources.findIndex(
        (other) => other.fileSha256 === ref.fileSha256 && other.rowNumber === ref.rowNumber,
      ) === index,
  );
  return context.book.rows('rows-unison', 'Agreement of the classes in the week', once);
}

function weekFigure(context: Context, week: ClassAgreementRow, field: string, unit: Unit): Figure {
  const evidence = /P$|^lags$|^jointTail/.test(field) ? SERIES_EVIDENCE : weekRows(context, week);
  return context.book.at(`/unison/week/${field}`, unit, evidence, week.reason ?? 'no reason given');
}

function netUnit(week: ClassAgreementRow): Unit {
  return /contract/.test(week.unit) ? 'contracts' : 'USD';
}

function netFigure(context: Context, week: ClassAgreementRow, index: number): Figure {
  const flow = context.input.flowsOfWeek.findIndex((row) => row.class === week.classes[index]);
  const evidence = flow < 0 ? weekRows(context, week) : flowEvidence(context, flow);
  return context.book.at(`/unison/week/nets/${index}`, netUnit(week), evidence, 'the class has no net');
}

function classCount({ book, input }: Context, week: ClassAgreementRow): Figure {
  return book.count(
    '/unison/week/classes',
    input.unison?.week?.classes ?? week.classes,
    '',
    () => true,
    TOGETHER_EVIDENCE,
  );
}

function finding(context: Context, week: ClassAgreementRow): Prose {
  const nets = week.classes.map(
    (name, index) => prose`${words.classShort(name, week.basis)} ${netFigure(context, week, index)}`,
  );
  const agreement = weekFigure(context, week, 'agreement', 'index');
  const tail = weekFigure(context, week, 'jointTail', 'count');
  const p = weekFigure(context, week, 'jointTailP', 'probability');
  const sold = weekFigure(context, week, 'jointTailSold', 'count');
  const soldP = weekFigure(context, week, 'jointTailSoldP', 'probability');
  const verdict: Prose = [{ kind: 'strong', content: [`${words.capitalised(words.togetherWords(week))}.`] }];
  return prose`${verdict} Nets of the week: ${joinProse(nets, ', ')}. Agreement ${agreement}, where 1 is all one way; ${tail} of ${classCount(context, week)} classes in the top decile of their own past, p = ${p}, and ${sold} in the bottom decile, p = ${soldP}; weeks are compared ${words.agreementRulerWords(week.ruler)}.`;
}

function testFacts(context: Context, week: ClassAgreementRow): { label: string; content: Prose }[] {
  const agreementP = weekFigure(context, week, 'agreementP', 'probability');
  const tailP = weekFigure(context, week, 'jointTailP', 'probability');
  const direction = week.direction === null ? ['neither'] : [weekFigure(context, week, 'direction', 'text')];
  return [
    { label: 'On balance the classes', content: direction },
    { label: 'Agreement as large by itself, p', content: prose`${agreementP} (describes)` },
    { label: 'As many in their top decile, p', content: prose`${tailP} (tests)` },
    {
      label: 'As many in their bottom decile, p',
      content: prose`${weekFigure(context, week, 'jointTailSoldP', 'probability')} (tests)`,
    },
    {
      label: 'Drawn from',
      content: prose`${weekFigure(context, week, 'draws', 'count')} paths, ${weekFigure(context, week, 'lags', 'count')} lags`,
    },
  ];
}

const BIN_COUNT = 20;

/** The tail that the week is shown in: that of selling where more classes sit in it. */
function tailOf(week: ClassAgreementRow): {
  readonly field: 'jointTail' | 'jointTailSold';
  readonly name: string;
} {
  return (week.jointTailSold ?? 0) > (week.jointTail ?? 0)
    ? { field: 'jointTailSold', name: 'bottom' }
    : { field: 'jointTail', name: 'top' };
}

function distributionChart(
  context: Context,
  week: ClassAgreementRow,
  history: readonly AgreementPoint[],
): Block {
  const tails = tailBars(history, week);
  return {
    kind: 'chart',
    title: chartTitle(context, week, history),
    description: `Left, how many weeks had which agreement, with this week marked. Right, in how many weeks that many classes sat in the ${tailOf(week).name} decile of their own past at once, this week among them.`,
    chart: { kind: 'distribution', panels: [agreementPanel(history, week), tails] },
  };
}

function chartTitle(context: Context, week: ClassAgreementRow, history: readonly AgreementPoint[]): Prose {
  const { field, name } = tailOf(week);
  const same = context.book.count(
    '/unison/history',
    history,
    `${field}=${week[field]}`,
    (point) => point[field] === week[field],
    SERIES_EVIDENCE,
  );
  const all = context.book.count('/unison/history', history, '', () => true, SERIES_EVIDENCE);
  return prose`In ${same} of ${all} weeks, this one included, as many classes sat in their own ${name} decile at once`;
}

type Panel = DistributionChartSpec['panels'][number];

function agreementPanel(history: readonly AgreementPoint[], week: ClassAgreementRow): Panel {
  const binOf = (value: number): number => Math.min(Math.floor(value * BIN_COUNT), BIN_COUNT - 1);
  const counts = new Array<number>(BIN_COUNT).fill(0);
  for (const { agreement } of history) counts[binOf(agreement)]!++;
  const own = binOf(week.agreement!);
  return {
    title: 'Weeks by agreement of the nets',
    axisLabel: '0: they cancel, 1: all one way',
    bars: counts.map((count, bin) => ({
      from: bin / BIN_COUNT,
      to: (bin + 1) / BIN_COUNT,
      count,
      own: bin === own,
      label: '',
    })),
    ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: String(at) })),
    mark: { value: week.agreement!, label: `this week ${formatValue(week.agreement, 'index')}` },
  };
}

function tailBars(history: readonly AgreementPoint[], week: ClassAgreementRow): Panel {
  const places = [...week.classes, null].map((_, count) => count);
  const { field, name } = tailOf(week);
  return {
    title: `Weeks by classes in their own ${name} decile`,
    axisLabel: 'classes at once',
    bars: places.map((place) => {
      const count = history.filter((point) => point[field] === place).length;
      const own = place === week[field];
      return {
        from: place - 0.36,
        to: place + 0.36,
        count,
        own,
        label: `${formatValue(count, 'count')}${own ? ', this week' : ''}`,
      };
    }),
    ticks: places.map((at) => ({ at, label: String(at) })),
    mark: null,
  };
}
