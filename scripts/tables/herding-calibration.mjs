// Writes the size and power tables of the herding tests into docs/methods:
//
//   node scripts/tables/herding-calibration.mjs [--draft]      about ten minutes; --draft a twentieth of the markets
import { fillTables } from './fill-tables.mjs';

await fillTables(
  '/test/calibration/herding/tables.ts',
  'herdingTables',
  process.argv.includes('--draft') ? 0.05 : 1,
);
