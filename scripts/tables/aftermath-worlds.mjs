// Writes the size and power tables of the aftermath study into docs/methods/aftermath.md:
//
//   node scripts/tables/aftermath-worlds.mjs [--draft]      some 20 minutes of CPU; --draft an eighth of the markets
import { fillTables } from './fill-tables.mjs';

await fillTables(
  '/test/calibration/aftermath/tables.ts',
  'aftermathTables',
  process.argv.includes('--draft') ? 0.12 : 1,
);
