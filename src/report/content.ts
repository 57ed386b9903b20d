import type { ReportInput } from '../core/index.js';
import type { Context } from './context.js';
import { recordFigure, valueFigure } from './context.js';
import { FigureBook, reportData } from './figures.js';
import { formatMoment } from './format.js';
import { type Prose, plainText, prose, type ReportContent } from './model.js';
import { againstSection } from './sections/against.js';
import { checksSection } from './sections/checks.js';
import { claimsSection } from './sections/claims.js';
import { coverageSection } from './sections/coverage.js';
import { headlineSection, subjectWords } from './sections/headline.js';
import { methodsSection } from './sections/methods.js';
import { recordSection } from './sections/record.js';
import { rulersSection } from './sections/rulers.js';
import { scalesSection } from './sections/scales.js';
import { screenSection } from './sections/screen.js';
import { significanceSection } from './sections/significance.js';
import { sourcesSection } from './sections/sources.js';
import { tapeSection } from './sections/tape.js';
import { togetherSection } from './sections/together.js';
import { unknownSection } from './sections/unknown.js';
import { whatNextSection } from './sections/what-next.js';
import { whoBoughtSection } from './sections/who-bought.js';
import { whyNowSection } from './sections/why-now.js';
import * as words from './wording/index.js';

/** Writes the report once, for all renderers. */
export function reportContent(input: ReportInput): ReportContent {
  const period = words.periodWords(input.record.basis);
  const context: Context = { input, book: new FigureBook(reportData(input)), period };
  const title = titleProse(context);
  const sections = [
    headlineSection,
    claimsSection,
    recordSection,
    rulersSection,
    significanceSection,
    checksSection,
    whoBoughtSection,
    togetherSection,
    tapeSection,
    scalesSection,
    screenSection,
    whyNowSection,
    whatNextSection,
    againstSection,
    unknownSection,
    coverageSection,
    methodsSection,
    sourcesSection,
  ]
    .map((write) => write(context))
    .filter((section) => section !== null);
  return {
    documentTitle: `${plainText(title)} – ${period.one} to ${input.record.periodEnd}`,
    kicker: kicker(context),
    title,
    verdict: { tone: input.record.verdict, text: input.record.verdict },
    sections,
    figures: context.book.figures,
  };
}

function titleProse(context: Context): Prose {
  const { record } = context.input;
  const value = valueFigure(context);
  return prose`${subjectWords(context)}: ${value}, ${words.kindWithArticle(record.kind)}`;
}

function kicker(context: Context): Prose {
  const from = recordFigure(context, 'periodStart', 'date');
  const to = recordFigure(context, 'periodEnd', 'date');
  return prose`Tidemark ${context.input.version} · ${context.period.one} of ${from} to ${to} · as known at ${formatMoment(context.input.asOf)}`;
}
