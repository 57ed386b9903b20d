import { InvalidRequest } from '../../core/index.js';

/**
 * The first of each run of events: an event is kept if it lies at least `within` periods after the last one kept.
 *
 * @param events periods, ascending
 * @throws {InvalidRequest} for events out of order
 */
export function declusterFirst(events: ArrayLike<number>, within: number): Uint32Array {
  const kept: number[] = [];
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!;
    if (i > 0 && event <= events[i - 1]!) {
      throw new InvalidRequest(`event ${event} after event ${events[i - 1]}; give them ascending, each once`);
    }
    if (kept.length === 0 || event - kept.at(-1)! >= within) kept.push(event);
  }
  return Uint32Array.from(kept);
}
