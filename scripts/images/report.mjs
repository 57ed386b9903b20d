// Takes docs/images/report.png, the top of the demo's report: node scripts/images/report.mjs [report.html]
// Without a report it runs the demo of dist/ first (npm run build; half a minute).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tidemark-image-'));
try {
  const report = process.argv[2] ?? runDemo();
  await photograph(resolve(report), join(root, 'docs/images/report.png'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runDemo() {
  execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), 'demo', '--out', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(folder, 'report/report.html');
}

async function photograph(report, image) {
  // The tests' browser, which is TypeScript.
  const loader = await createServer({
    root,
    configFile: false,
    server: { middlewareMode: true },
    appType: 'custom',
  });
  const { launchBrowser } = await loader.ssrLoadModule('/test/support/browser.ts');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1205 }, colorScheme: 'light' });
    await page.goto(pathToFileURL(report).href);
    await page.screenshot({ path: image });
  } finally {
    await browser.close();
    await loader.close();
  }
}
