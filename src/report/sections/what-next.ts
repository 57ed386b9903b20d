import type { EventRuleRow } from '../../core/index.js';
import type { Context } from '../context.js';
import type { Block, Section } from '../model.js';
import type { Placed } from './study-rows.js';
import { cascadeBlocks } from './what-next/cascade.js';
import { episodesTable } from './what-next/episodes.js';
import { fanChart } from './what-next/fan-chart.js';
import { finding, ruleWords } from './what-next/finding.js';
import { forecastBlocks } from './what-next/forecasts.js';
import { loopBlocks } from './what-next/loop.js';
import { outcomesTables } from './what-next/outcomes.js';
import { rowsOf } from './what-next/rows.js';

/** What followed such weeks; null where nobody asked. */
export function whatNextSection(context: Context): Section | null {
  const { aftermath } = context.input;
  if (aftermath === undefined) return null;
  const [rule] = rowsOf(context, 'rule');
  const blocks: Block[] =
    rule === undefined
      ? [{ kind: 'paragraph', content: [`What followed such weeks is not known: ${aftermath.reason}.`] }]
      : studyBlocks(context, rule);
  return { anchor: 'what-next', title: 'What it may mean', short: 'What next', blocks };
}

function studyBlocks(context: Context, rule: Placed<EventRuleRow>): Block[] {
  const episodes = rowsOf(context, 'episode');
  return [
    { kind: 'paragraph', content: finding(context, rule), lead: true },
    { kind: 'paragraph', content: ruleWords(context, rule) },
    ...fanChart(context, episodes),
    ...outcomesTables(context),
    ...episodesTable(context, episodes),
    ...cascadeBlocks(context),
    ...loopBlocks(context),
    ...forecastBlocks(context),
    ...(context.input.aftermath?.notes ?? []).map((note): Block => ({ kind: 'note', content: [note] })),
  ];
}
