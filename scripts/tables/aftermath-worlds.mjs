// Writes the size and power table of the aftermath study into docs/methods/aftermath.md:
//
//   node scripts/tables/aftermath-worlds.mjs [--draft]      about ten minutes; --draft a fifth of the markets
import { fillTables } from './fill-tables.mjs';

await fillTables(
  '/test/calibration/aftermath/tables.ts',
  'aftermathTables',
  process.argv.includes('--draft') ? 0.2 : 1,
);
