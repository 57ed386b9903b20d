// Size and power tables of docs/methods: what stands between <!-- table: name --> and <!-- end --> is replaced by the table of
// that name.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const methods = join(root, 'docs', 'methods');

/**
 * @param module path under the root of a module whose export `maker` takes an effort, 1 for the published tables, and gives
 *   tables by name, each made when asked for
 */
export async function fillTables(module, maker, effort) {
  const vite = await createViteServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const tables = await (await vite.ssrLoadModule(module))[maker](effort);
    for (const name of readdirSync(methods)) {
      const path = join(methods, name);
      const before = readFileSync(path, 'utf8');
      const after = before.replace(
        /(<!-- table: ([a-z0-9-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
        (whole, open, table, close) => (table in tables ? `${open}${tables[table]()}\n${close}` : whole),
      );
      if (after !== before) writeFileSync(path, after);
    }
  } finally {
    await vite.close();
  }
}
