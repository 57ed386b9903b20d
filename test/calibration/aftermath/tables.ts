import { AFTERMATH_WORLDS, tryAftermath } from './worlds.js';

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const HEAD = [
  'world',
  'events',
  'floor depth, 13 weeks',
  'return, 4 weeks',
  'any outcome, adjusted',
  'managers lead small traders',
  'any other pair',
  'loop',
];

/**
 * The table of docs/methods/aftermath.md by name, in markdown.
 * @param effort 1 for the published table, less for fewer markets
 */
export async function aftermathTables(effort: number): Promise<Record<string, () => string>> {
  const markets = Math.ceil(100 * effort);
  const rows: string[][] = [];
  for (const world of AFTERMATH_WORLDS) {
    const found = await tryAftermath(world, { markets, resamples: 1999, seed: 1000 });
    const { floor, lift, any, cascade, otherPair, loop } = found;
    rows.push([
      world.name,
      found.events.toFixed(0),
      ...[floor, lift, any, cascade, otherPair, loop].map(percent),
    ]);
  }
  const rule = HEAD.map((_, i) => (i === 0 ? '---' : '---:'));
  const table = [HEAD, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return { 'aftermath-worlds': () => table };
}
