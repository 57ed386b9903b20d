// Writes the size and power tables of the tests behind drivers and aftermath into docs/methods:
//
//   node scripts/tables/drivers-calibration.mjs [--draft]      about ten minutes; --draft a twentieth of the samples
import { fillTables } from './fill-tables.mjs';

await fillTables(
  '/test/calibration/statistics/tables.ts',
  'statisticsTables',
  process.argv.includes('--draft') ? 0.05 : 1,
);
