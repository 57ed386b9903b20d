import type { Instant } from './units.js';

/** The world outside, handed in: no module reads the clock, draws at random or prints by itself. */
export interface Effects {
  readonly clock: Clock;
  readonly progress: Progress;
  readonly log: Log;
}

export interface Clock {
  now(): Instant;
}

/** Where long work says how far it is. */
export interface Progress {
  /** @param total null where the end is not known beforehand */
  start(label: string, total: number | null): ProgressTask;
}

export interface ProgressTask {
  advance(done: number, note?: string): void;
  finish(note?: string): void;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

/** Says nothing and shows nothing; for tests and for library use. */
export const silentProgress: Progress = { start: () => ({ advance() {}, finish() {} }) };
export const silentLog: Log = { info() {}, warn() {} };

/** Uniform draws in [0, 1) from a stated seed; equal seeds give equal draws on every machine. */
export interface Random {
  next(): number;
}

/**
 * xoshiro128** seeded through splitmix32 (Blackman and Vigna 2021, Scrambled linear pseudorandom number generators).
 * @param seed any integer; the low 32 bits count
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const splitmix = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let d = splitmix();
  const draw32 = (): number => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };
  return { next: () => (draw32() * 0x200000 + (draw32() >>> 11)) / 2 ** 53 };
}

/** A standard normal draw (Box and Muller 1958, one of the pair). */
export function normalDraw(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

/**
 * Keeps figures that take long to make and depend on nothing but their key, a hash of all that went in. A lost entry
 * costs time alone, so reading gives null and writing gives up wherever the keeping fails.
 */
export interface FigureCache {
  read(key: string): Promise<Float64Array | null>;
  write(key: string, figures: Float64Array): Promise<void>;
  /** The same for what is not numbers alone, such as JSON. */
  readText(key: string): Promise<string | null>;
  writeText(key: string, text: string): Promise<void>;
}
