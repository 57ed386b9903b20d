import type { DriverModelRow } from '../../core/index.js';
import type { Context } from '../context.js';
import type { Block, Section } from '../model.js';
import type { Placed } from './study-rows.js';
import { chart } from './why-now/chart.js';
import { crossSection } from './why-now/cross-section.js';
import { driverFinding } from './why-now/driver-findings.js';
import { factorsTable } from './why-now/factors.js';
import { finding } from './why-now/finding.js';
import { policyBlocks } from './why-now/policy.js';
import { driverRowsOf, rowsOf } from './why-now/rows.js';

/** Four declared drivers of the headline's flow; null where nobody asked. */
export function whyNowSection(context: Context): Section | null {
  const { drivers } = context.input;
  if (drivers === undefined) return null;
  const [model] = rowsOf(context, 'model');
  const blocks: Block[] =
    model === undefined
      ? [{ kind: 'paragraph', content: [`What drove the flow is not known: ${drivers.reason}.`] }]
      : studyBlocks(context, model);
  return { anchor: 'why-now', title: 'Why now? Four drivers', short: 'Why now', blocks };
}

function studyBlocks(context: Context, model: Placed<DriverModelRow>): Block[] {
  const drivers = driverRowsOf(context);
  return [
    { kind: 'paragraph', content: finding(context, model, drivers), lead: true },
    ...chart(context, model, drivers),
    { kind: 'findings', items: drivers.map((one) => driverFinding(context, one)) },
    ...policyBlocks(context),
    { kind: 'note', content: [`Declared before it was fitted: ${model.row.declaration}.`] },
    { kind: 'note', content: [LIMITS] },
    factorsTable(context),
    ...crossSection(context),
  ];
}

const LIMITS =
  'All of it is association in the same week; none of it shows a cause. A part whose interval covers zero is not shown, whatever its size.';
