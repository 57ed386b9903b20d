import { describe, expect, it } from 'vitest';
import { exchangeLetter, tradeConditionLetter } from '../../../src/sources/polygon/codes.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

interface Published {
  readonly results: readonly {
    readonly id: number;
    readonly participant_id?: string;
    readonly sip_mapping?: Readonly<Record<string, string>>;
  }[];
}

const published = (name: string): Published =>
  JSON.parse(Buffer.from(sharedBytes(`tape/polygon/${name}`)).toString()) as Published;

describe.skipIf(!hasSharedData)('codes as published (needs ../shared/data)', () => {
  it('has the letter of every exchange number', () => {
    for (const { id, participant_id } of published('v3_reference_exchanges.json').results) {
      expect(String.fromCharCode(exchangeLetter(id))).toBe(participant_id);
    }
  });

  it('has a letter of every condition, but for CAP election', () => {
    for (const { id, sip_mapping } of published('v3_reference_conditions_stocks_first10.json').results) {
      if (id === 6) expect(tradeConditionLetter(id, 3)).toBe('');
      else expect(Object.values(sip_mapping!)).toContain(tradeConditionLetter(id, 3));
    }
  });
});

describe('codes', () => {
  it('writes average price as the tape does', () => {
    expect([0, 1, 2, 3].map((tape) => tradeConditionLetter(2, tape))).toEqual(['W', 'B', 'B', 'W']);
  });

  it('has no letter for numbers that are not published', () => {
    expect([0, 22, 62, 1000].map(exchangeLetter)).toEqual([0, 0, 0, 0]);
    expect([26, 32, 55, 9999].map((number) => tradeConditionLetter(number, 1))).toEqual(['?', '?', '?', '?']);
  });
});
