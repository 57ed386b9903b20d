import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../src/core/index.js';
import {
  conditionClass,
  isRegularTime,
  keepsCorrection,
  marketWeek,
  minuteOf,
  readConditions,
  sessionHours,
  type TapeLetter,
} from '../../src/tape/index.js';
import { at } from './columns.js';

const day = (text: string): IsoDate => text as IsoDate;
const today = day('2024-01-02');

describe('sale conditions', () => {
  const classOf = (letters: string, tape: TapeLetter = 'A') => conditionClass(letters, tape, today);

  it('have the classes of the table', () => {
    const lettersOf = {
      regular: '@EFISYADK1',
      auction: 'O56',
      unsigned: '47VPCNRZLGHX',
      extended: 'TU',
      drop: 'MQ9',
    };
    for (const [name, letters] of Object.entries(lettersOf)) {
      for (const letter of letters) expect(classOf(letter), letter).toBe(name);
    }
    expect(classOf('')).toBe('regular');
  });

  it('are a set: blanks are padding, order does not matter', () => {
    for (const letters of ['@F I', ' F I', 'FI', 'IF', '   IF@']) expect(classOf(letters)).toBe('regular');
  });

  it('differ by tape', () => {
    expect(['A', 'B', 'C', null].map((tape) => classOf('B', tape as TapeLetter))).toEqual([
      'unsigned',
      'unsigned',
      'regular',
      'unsigned',
    ]);
    expect(classOf('W', 'C')).toBe('unsigned');
    expect(readConditions('W', 'A', today).unknown).toBe('W');
  });

  it('take the worst class of any letter, in the order of the classes of prints', () => {
    expect(['FT', 'NT', 'TP', 'O4', '6M', 'TUM', 'FO'].map((letters) => classOf(letters))).toEqual([
      'extended',
      'unsigned',
      'unsigned',
      'auction',
      'drop',
      'drop',
      'auction',
    ]);
  });

  it('say odd lot only since odd lots are on the tape', () => {
    const oddLot = (date: string, tape: TapeLetter) => readConditions('I', tape, day(date)).oddLot;
    expect([oddLot('2013-12-06', 'A'), oddLot('2013-12-09', 'A'), oddLot('2013-12-06', 'C')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('leave letters of no known meaning unsigned, and name them', () => {
    expect(readConditions('?J', 'A', today)).toEqual({
      conditionClass: 'unsigned',
      oddLot: false,
      unknown: '?J',
    });
  });
});

describe('corrections', () => {
  it('keep 00, 01 and 02, as text or number', () => {
    expect([0, 1, 2, '00', '01', '02', ' 0'].map(keepsCorrection)).toEqual(Array(7).fill(true));
    expect([7, 8, 10, 11, 12, 3, '07', '12', '', 'x'].map(keepsCorrection)).toEqual(Array(10).fill(false));
  });
});

describe('sessions', () => {
  const closes = (date: string) => sessionHours(day(date)).closeNanos;

  it('run from half past nine to four, and to one on half days', () => {
    expect(sessionHours(today)).toEqual({ date: today, openNanos: at('09:30'), closeNanos: at('16:00') });
    const halfDays = ['2023-11-24', '2024-11-29', '2024-12-24', '2023-07-03', '2024-07-03'];
    expect(halfDays.map(closes)).toEqual(halfDays.map(() => at('13:00')));
    expect(['2022-07-01', '2022-12-23', '2024-03-11'].map(closes)).toEqual(Array(3).fill(at('16:00')));
  });

  it('have no regular hours on holidays, weekends and one-off closures', () => {
    for (const date of ['2024-12-25', '2024-01-06', '2018-12-05', '2001-09-12', '2012-10-29']) {
      const hours = sessionHours(day(date));
      expect(isRegularTime(at('12:00'), hours), date).toBe(false);
    }
  });

  it('are half-open, and so are minutes', () => {
    const hours = sessionHours(today);
    const times = ['09:29:59.999999999', '09:30', '15:59:59.999999999', '16:00'].map(at);
    expect(times.map((time) => isRegularTime(time, hours))).toEqual([false, true, true, false]);
    expect(times.map(minuteOf)).toEqual([569, 570, 959, 960]);
  });

  it('make weeks of Monday to the last trading day', () => {
    const week = (date: string) => Object.values(marketWeek(day(date)));
    expect(week('2024-01-02')).toEqual(['2024-01-01', '2024-01-05']);
    expect(week('2024-03-28')).toEqual(['2024-03-25', '2024-03-28']);
    expect(week('2024-03-31')).toEqual(['2024-03-25', '2024-03-28']);
    expect(week('2001-09-12')).toEqual(['2001-09-10', '2001-09-10']);
  });
});
