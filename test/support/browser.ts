import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/**
 * A Chromium for browser tests from the project's own files: @sparticuz/chromium carries the browser and, for systems
 * without them, the libraries it needs (libnss3 and others). An installed browser is the second choice, and elsewhere
 * than on Linux x64 the only one.
 */

/** The version pinned in package.json; part of the folder's name, so that another version is unpacked afresh. */
const PACKED_VERSION = '143.0.4';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const installedBrowser = (): string | undefined => INSTALLED.find((path) => existsSync(path));
const packedBrowserRuns = process.platform === 'linux' && process.arch === 'x64';

/** False only where no browser can be had: another platform than Linux x64, and none installed. */
export const browserExpected: boolean = packedBrowserRuns || installedBrowser() !== undefined;

interface Attempt {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** @throws {Error} with the reason of every attempt where none starts */
export async function launchBrowser(): Promise<Browser> {
  const reasons: string[] = [];
  for (const { executablePath, args, environment } of await attempts()) {
    try {
      const inherited = Object.entries(process.env).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      const env = { ...Object.fromEntries(inherited), ...environment };
      return await chromium.launch({ executablePath, args: [...args], env });
    } catch (error) {
      reasons.push(`${executablePath}: ${String(error).slice(0, 400)}`);
    }
  }
  throw new Error(`no browser starts here:\n${reasons.join('\n')}`);
}

async function attempts(): Promise<readonly Attempt[]> {
  const installed = installedBrowser();
  const last =
    installed === undefined ? [] : [{ executablePath: installed, args: ['--no-sandbox'], environment: {} }];
  if (!packedBrowserRuns) return last;
  const { default: packed } = await import('@sparticuz/chromium');
  const folder = await unpack(packed);
  const executablePath = join(folder, 'chromium');
  // One process for browser and page saves memory on a server, and takes the whole browser down with a page.
  const args = packed.args.filter((flag) => flag !== '--single-process');
  const fonts = fontEnvironment(folder);
  const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  return [
    { executablePath, args, environment: fonts },
    { executablePath, args, environment: { ...fonts, ...libraries } },
    ...last,
  ];
}

/** A machine without fonts draws no text at all: there the packed font serves. */
function fontEnvironment(folder: string): Readonly<Record<string, string>> {
  if (existsSync('/etc/fonts/fonts.conf') && existsSync('/usr/share/fonts')) return {};
  const file = join(folder, 'tidemark-fonts.conf');
  const folders = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?><fontconfig>${folders}</fontconfig>`);
  return { FONTCONFIG_FILE: file };
}

/**
 * Unpacks into a folder of this process and moves it into place when whole: two test files may do so at once, and one
 * that is stopped half-way must not leave half a browser.
 */
async function unpack(packed: { executablePath(): Promise<string> }): Promise<string> {
  const home = join(tmpdir(), `tidemark-chromium-${PACKED_VERSION}`);
  if (existsSync(home)) return home;
  const own = mkdtempSync(join(tmpdir(), 'tidemark-unpack-'));
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
  try {
    // The package unpacks into the temporary folder, and its libraries only where it believes to run on Lambda.
    Object.assign(process.env, { TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
    await packed.executablePath();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  try {
    renameSync(own, home);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
  return home;
}
