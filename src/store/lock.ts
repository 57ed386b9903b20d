import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { type Clock, formatInstant, type Instant, StoreError } from '../core/index.js';
import { createFileOnce, replaceFile } from './durable-files.js';
import { lockPath } from './layout.js';

/** What the lock file says of its owner. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** What tells this process from a later one with the same pid: boot and start tick; null where unknown. */
  readonly process: string | null;
  readonly startedAt: Instant;
  readonly command: string;
}

export interface Lock {
  /** @throws {StoreError} if the lock is no longer ours, so that nothing must be committed */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Identity of a process by boot and start tick (proc(5), field 22), or null if gone or not told by this system. */
function processIdentity(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${fields[19]}`;
  } catch {
    return null;
  }
}

function isAlive(owner: LockOwner): boolean {
  if (owner.process !== null) return processIdentity(owner.pid) === owner.process;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseOwner(text: string): LockOwner | null {
  try {
    const owner = JSON.parse(text) as Partial<LockOwner> | null;
    if (typeof owner?.pid === 'number' && typeof owner.host === 'string') return owner as LockOwner;
  } catch {}
  return null;
}

/** The owner is known to be gone. An owner on another machine never is, since it cannot be asked. */
function isStale(text: string): boolean {
  const owner = parseOwner(text);
  return owner === null || (owner.host === hostname() && !isAlive(owner));
}

function refusal(directory: string, text: string): StoreError {
  const owner = parseOwner(text)!;
  const elsewhere =
    owner.host === hostname()
      ? ''
      : `, or, if it no longer runs on that machine, delete the file '${lockPath(directory)}'`;
  return new StoreError(
    `store '${directory}' is locked by '${owner.command}' (process ${owner.pid} on ${owner.host}, since ${formatInstant(owner.startedAt)}); wait for it to end${elsewhere}`,
  );
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Puts the own lock in the place of a stale one. Whoever wants to must first make the claim file that is named after
 * the stale text, which only one can; a claim whose maker died is claimed in turn, by its own text. Texts are unique, so
 * a lock that still reads as it was seen, once the claim is made, has been replaced by nobody.
 * @returns whether the lock is ours now
 */
async function replaceStale(directory: string, seen: string, own: string): Promise<boolean> {
  const path = lockPath(directory);
  const claims: string[] = [];
  for (let text = seen; ; ) {
    const claim = `${path}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}.claim`;
    claims.push(claim);
    if (await createFileOnce(claim, own)) break;
    const other = await readOrNull(claim);
    if (other === null || !isStale(other)) return false;
    text = other;
  }
  const won = (await readOrNull(path)) === seen;
  if (won) await replaceFile(path, own);
  for (const claim of won ? claims : claims.slice(-1)) await rm(claim, { force: true });
  return won;
}

/** Times that a lock may vanish and reappear under the hands before it is given up. */
const MAX_ATTEMPTS = 20;
const ATTEMPT_PAUSE_MS = 10;

let sessions = 0;

async function obtain(directory: string, own: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (await createFileOnce(lockPath(directory), own)) return;
    const held = await readOrNull(lockPath(directory));
    if (held !== null && !isStale(held)) throw refusal(directory, held);
    if (held !== null && (await replaceStale(directory, held, own))) return;
    await setTimeout(ATTEMPT_PAUSE_MS);
  }
  throw new StoreError(
    `store '${directory}' cannot be locked: '${lockPath(directory)}' comes and goes; try again`,
  );
}

/**
 * Takes the one lock of a store for writing.
 * @throws {StoreError} naming the owner, if a live process holds it
 */
export async function takeLock(directory: string, command: string, clock: Clock): Promise<Lock> {
  sessions += 1;
  const owner: LockOwner & { session: number } = {
    pid: process.pid,
    host: hostname(),
    process: processIdentity(process.pid),
    startedAt: clock.now(),
    command,
    session: sessions,
  };
  const own = `${JSON.stringify(owner)}\n`;
  await obtain(directory, own);
  return {
    async check() {
      if ((await readOrNull(lockPath(directory))) === own) return;
      throw new StoreError(
        `store '${directory}' lost its lock to another process while '${command}' ran; run it again`,
      );
    },
    async release() {
      if ((await readOrNull(lockPath(directory))) === own) await rm(lockPath(directory), { force: true });
    },
  };
}
