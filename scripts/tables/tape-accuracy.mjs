// Writes the accuracy tables of the signing rules into docs/methods:
//
//   node scripts/tables/tape-accuracy.mjs [--draft]      about a minute; --draft a tenth of the tapes
import { fillTables } from './fill-tables.mjs';

await fillTables(
  '/test/calibration/tape/tables.ts',
  'accuracyTables',
  process.argv.includes('--draft') ? 0.1 : 1,
);
