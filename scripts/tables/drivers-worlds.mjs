// Writes the size and power tables of the drivers into docs/methods:
//
//   node scripts/tables/drivers-worlds.mjs [--draft]      about two minutes; --draft a twentieth of the worlds
import { fillTables } from './fill-tables.mjs';

await fillTables(
  '/test/calibration/drivers/tables.ts',
  'driverTables',
  process.argv.includes('--draft') ? 0.05 : 1,
);
