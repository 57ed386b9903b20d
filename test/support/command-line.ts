import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer } from '../../src/core/index.js';

export const REPOSITORY = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const SHARED_DATA = join(REPOSITORY, '..', 'shared', 'data');
export const HAS_SHARED_DATA = existsSync(join(SHARED_DATA, 'cftc'));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a user would. */
export function tidemark(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; stopAtFirstWord?: boolean } = {},
): Promise<Run> {
  const main = join(REPOSITORY, 'dist', 'cli', 'main.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: options.cwd ?? REPOSITORY,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (options.stopAtFirstWord) child.stderr.once('data', () => child.kill('SIGINT'));
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs a command that must succeed and gives its JSON answer. */
export async function answerOf<Row>(args: readonly string[]): Promise<Answer<Row>> {
  const run = await tidemark([...args, '--format', 'json', '--quiet']);
  if (run.code !== 0) throw new Error(`tidemark ${args.join(' ')} exited with ${run.code}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Answer<Row>;
}

/** The part of an answer that later rows may never change. */
export function lasting(answer: Answer<unknown>): string {
  const { asOf, query, data, notes } = answer;
  return JSON.stringify({ asOf, query, data, notes });
}
