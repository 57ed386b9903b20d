import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { type Clock, formatInstant, type Instant, StoreError } from '../core/index.js';
import { createFileOnce } from './durable-files.js';
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
  const owner = parseOwner(text);
  if (owner === null)
    return new StoreError(
      `store '${directory}' has a lock file that names no owner; delete '${lockPath(directory)}'`,
    );
  const elsewhere =
    owner.host === hostname()
      ? ''
      : `, or, if it no longer runs on that machine, delete the file '${lockPath(directory)}'`;
  return new StoreError(
    `store '${directory}' is locked by '${owner.command}' (process ${owner.pid} on ${owner.host}, since ${formatInstant(owner.startedAt)}); wait for it to end${elsewhere}`,
  );
}

async function readLock(directory: string): Promise<string | null> {
  try {
    return await readFile(lockPath(directory), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Removes a lock that was seen stale. Renaming first makes sure that of two processes that saw it only one removes it;
 * a fresh lock caught by mistake is put back.
 */
async function removeStale(directory: string, seen: string): Promise<void> {
  const aside = `${lockPath(directory)}.${process.pid}.stale`;
  try {
    await rename(lockPath(directory), aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== seen) await link(aside, lockPath(directory)).catch(() => {});
  await rm(aside, { force: true });
}

let sessions = 0;

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
  for (let attempt = 0; !(await createFileOnce(lockPath(directory), own)); attempt += 1) {
    const held = await readLock(directory);
    if (held === null) continue;
    if (attempt >= 20 || !isStale(held)) throw refusal(directory, held);
    await removeStale(directory, held);
  }
  return {
    async check() {
      if ((await readLock(directory)) === own) return;
      throw new StoreError(
        `store '${directory}' lost its lock to another process while '${command}' ran; run it again`,
      );
    },
    async release() {
      if ((await readLock(directory)) === own) await rm(lockPath(directory), { force: true });
    },
  };
}
