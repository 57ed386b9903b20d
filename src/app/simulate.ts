import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Answer, InvalidRequest } from '../core/index.js';
import {
  AFTERMATH_WORLDS,
  type AftermathWorld,
  DRIVER_WORLDS,
  type DriverWorld,
  type MarketTruth,
  type SimulatedTape,
  type SimulateOptions,
  simulateMarket,
  writeMarket,
} from '../simulate/index.js';
import { type AppContext, makeAnswer } from './context.js';
import type { ReportFile } from './report.js';
import { accuracyNotes, tapeAccuracy } from './tape-accuracy.js';

/** Declared worlds: what drives flows, or what follows record weeks; in `none` record weeks are planted, and nothing follows. */
export const SIMULATED_WORLDS = [
  ...AFTERMATH_WORLDS,
  ...DRIVER_WORLDS.filter((world) => world !== 'none'),
] as const;
type SimulatedWorld = AftermathWorld | Exclude<DriverWorld, 'none'>;

interface SimulateQuestion {
  readonly seed: number;
  readonly directory: string;
  /** Left out, nothing is declared beside the planted weeks. */
  readonly world?: SimulatedWorld;
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseWorld(text: string): SimulatedWorld {
  const found = SIMULATED_WORLDS.find((world) => world === text);
  if (found === undefined)
    throw new InvalidRequest(`world '${text}' is unknown; one of ${SIMULATED_WORLDS.join(', ')}`);
  return found;
}

function declared(world: SimulatedWorld | undefined): Pick<SimulateOptions, 'aftermath' | 'driver'> {
  if (world === undefined) return {};
  return world === 'ten-year-yield' ? { driver: world } : { aftermath: world };
}

/** Simulates a market and writes its files below the directory. */
export async function writeSimulatedMarket(
  context: AppContext,
  question: SimulateQuestion,
): Promise<{
  readonly truth: MarketTruth;
  readonly tape: SimulatedTape;
  readonly files: readonly ReportFile[];
}> {
  const market = simulateMarket({ seed: question.seed, ...declared(question.world) });
  const written = await writeMarket(market, {
    async write(path, bytes) {
      context.signal?.throwIfAborted();
      const file = join(question.directory, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
  });
  return {
    truth: market.truth,
    tape: market.tape,
    files: written.map(({ path, bytes }) => ({ file: join(question.directory, path), bytes })),
  };
}

/**
 * Writes a synthetic market in the published file formats, with its planted truth in truth.json; the notes say how well each
 * signing rule does on its tape.
 */
export async function simulateInto(
  context: AppContext,
  question: SimulateQuestion,
): Promise<Answer<ReportFile>> {
  const task = context.effects.progress.start('simulating the market', null);
  const { files, tape } = await writeSimulatedMarket(context, question);
  const accuracy = tapeAccuracy(tape.dates.flatMap((date) => tape.day(date)));
  task.finish(`${files.length} files`);
  return makeAnswer(
    'simulate',
    context,
    { id: '', rows: 0 },
    {
      query: { seed: question.seed, world: question.world ?? null },
      data: files,
      notes: accuracyNotes(accuracy),
    },
  );
}
