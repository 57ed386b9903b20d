import type { Check, RecordRow } from '../../core/index.js';
import type { Context } from '../context.js';
import { escapePointer, withReason } from '../figures.js';
import type { Evidence, Finding, Section, Unit } from '../model.js';
import { prose } from '../model.js';
import * as words from '../wording/index.js';

const CHECKS_EVIDENCE: Evidence = { anchor: 'checks', sources: null };

export function checksSection(context: Context): Section {
  const { record } = context.input;
  return {
    anchor: 'checks',
    title: 'Signal or anomaly? Seven checks',
    short: 'Checks',
    blocks: [
      {
        kind: 'paragraph',
        content: prose`Verdict: ${{ kind: 'badge', tone: record.verdict, text: record.verdict }} ${words.verdictMeaning(record.verdict)}. What is not known never passes.`,
      },
      {
        kind: 'findings',
        items: record.checks.map((check, index) => finding(context, check, index)),
      },
    ],
  };
}

function finding({ book, input }: Context, check: Check, index: number): Finding {
  return {
    tone: check.verdict,
    verdict: check.verdict,
    name: words.capitalised(check.name),
    question: words.checkQuestion(check.name),
    explanation: words.sentence(check.explanation),
    figures: Object.entries(check.figures).map(([name, value]) => {
      const pointer = `/record/checks/${index}/figures/${escapePointer(name)}`;
      const reason = value === null ? reasonOf(input.record, name) : undefined;
      const figure = book.at(
        pointer,
        unitOfField(name, value, words.rulerUnit(input.record.ruler)),
        CHECKS_EVIDENCE,
        reason,
      );
      return { label: words.fieldWords(name), content: withReason(figure) };
    }),
  };
}

/** A ruler's reason stands in the definition grid; any other figure's in the check's own sentence. */
function reasonOf(record: RecordRow, name: string): string {
  const cell = record.rulers.table.find(({ ruler, rank }) => ruler === name && rank === null);
  return cell?.reason ?? 'see above';
}

const UNITS_BY_NAME: readonly (readonly [RegExp, Unit])[] = [
  [/^p$|^p[A-Z]|Probability$|^adjusted$|[pP]Adjusted$/, 'probability'],
  [/rank/i, 'rank'],
  [/ net$|^withoutLargest$/, 'USD'],
  [/^buyers$|^topFive$/, 'share'],
  [/usd|dollars/i, 'USD'],
  [/weeks/i, 'weeks'],
  [/days/i, 'days'],
  [/rows/i, 'rows'],
  [/share|coverage|percentile|fraction|pctOi|pctAdv/i, 'share'],
  [/contracts/i, 'contracts'],
  [/volScaled/i, 'times own volatility'],
  [/bps/i, 'basis points'],
];

/** The unit of a check's figure, which its name tells; a mean is of the headline's own series. */
function unitOfField(name: string, value: Check['figures'][string], seriesUnit: Unit): Unit {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'yes/no';
  if (/^mean/.test(name)) return seriesUnit;
  return UNITS_BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'count';
}
