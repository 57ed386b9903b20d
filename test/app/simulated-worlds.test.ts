import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parseWorld, SIMULATED_WORLDS } from '../../src/app/index.js';
import { registerSimulate } from '../../src/cli/commands/simulate.js';
import { InvalidRequest } from '../../src/core/index.js';

describe('worlds of simulate', () => {
  test('are told in its help, all of them', () => {
    const program = new Command();
    registerSimulate(program);
    const option = program.commands[0]!.options.find(({ long }) => long === '--world')!;
    expect(option.description.split(': ')[1]!.split(', ')).toEqual([...SIMULATED_WORLDS]);
  });

  test('another is refused by name, with the choices', () => {
    expect(parseWorld('floor')).toBe('floor');
    expect(() => parseWorld('flor')).toThrow(InvalidRequest);
    expect(() => parseWorld('flor')).toThrow(/'flor' is unknown; one of none, floor/);
  });
});
