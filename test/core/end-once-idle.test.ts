import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { endOnceIdle } from '../../src/core/index.js';

afterEach(() => vi.useRealTimers());

const ECHO =
  "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (m) => parentPort.postMessage(m));";

describe('a thread that has no more work', () => {
  test('still stands after its last answer, and is ended later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const worker = new Worker(ECHO, { eval: true });
    worker.postMessage('first');
    await once(worker, 'message');
    endOnceIdle(worker);
    worker.postMessage('second');
    expect(await once(worker, 'message')).toEqual(['second']);
    const ended = once(worker, 'exit');
    vi.runAllTimers();
    expect(await ended).toEqual([1]);
  });
});
