// Writes the accuracy tables of the signing rules into docs/methods: what stands between <!-- table: name --> and <!-- end --> is
// replaced by the table of that name from test/calibration/tape/tables.ts.
//
//   node scripts/tables/tape-accuracy.mjs [--draft]      about a minute; --draft a tenth of the tapes
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const methods = join(root, 'docs', 'methods');
const vite = await createViteServer({
  root,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { accuracyTables } = await vite.ssrLoadModule('/test/calibration/tape/tables.ts');
  const tables = accuracyTables(process.argv.includes('--draft') ? 0.1 : 1);
  for (const name of readdirSync(methods)) {
    const path = join(methods, name);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(
      /(<!-- table: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
      (whole, open, table, close) => (table in tables ? `${open}${tables[table]()}\n${close}` : whole),
    );
    if (after !== before) writeFileSync(path, after);
  }
} finally {
  await vite.close();
}
