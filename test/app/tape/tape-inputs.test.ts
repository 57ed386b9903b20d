import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pathOfTapeFile } from '../../../src/app/tape/tape-inputs.js';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-inputs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = (holds: string) => `AAPL_2012-06-21_34200000_57600000_${holds}_10.csv`;

test('messages of LOBSTER are found where their order book alone is given', async () => {
  const day = join(folder, 'day');
  mkdirSync(day);
  for (const holds of ['message', 'orderbook']) writeFileSync(join(day, named(holds)), '');
  const messages = join(day, named('message'));
  for (const given of [join(day, named('orderbook')), messages, day])
    expect(await pathOfTapeFile([given], `day/${named('message')}`)).toBe(messages);
});
