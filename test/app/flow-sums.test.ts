import { describe, expect, test } from 'vitest';
import type { SettledFlowsQuestion } from '../../src/app/flow-question.js';
import { summedRows } from '../../src/app/flow-sums.js';
import { type FlowRow, parseIsoDate } from '../../src/core/index.js';

const row = (patch: Partial<FlowRow>): FlowRow => ({
  basis: 'cot',
  periodStart: parseIsoDate('2026-04-08'),
  periodEnd: parseIsoDate('2026-04-14'),
  knownAt: '2026-04-17T19:30:00Z',
  sector: 'technology',
  contract: '20974+',
  symbol: null,
  manager: null,
  class: 'dealer',
  sides: 'four-way',
  longBuy: 0,
  longSell: 0,
  shortSell: 0,
  shortCover: 10,
  grossBuy: 10,
  grossSell: 0,
  net: 10,
  gross: 10,
  grossing: -10,
  buyRatio: 0,
  contracts: 2,
  pctOi: 0.1,
  real: 11,
  bpsCap: null,
  pctAdv: null,
  z52: 1,
  z260: 1,
  z520: 1,
  zRobust: 1,
  volScaled: 1,
  sources: [],
  reasons: { bpsCap: 'no value', pctAdv: 'no volume' },
  ...patch,
});

const asked = (patch: Partial<SettledFlowsQuestion>): SettledFlowsQuestion =>
  ({ basis: 'cot', by: ['class'], every: 'week', report: 'futures-only', ...patch }) as SettledFlowsQuestion;

describe('sums of flow rows', () => {
  test('a row that is its own sum keeps its scales', () => {
    const rows = [row({}), row({ class: 'asset-manager' })];
    expect(summedRows(rows, asked({}))).toBe(rows);
  });

  test('every field of a flow row is there, null with its reason where it does not add', () => {
    const [sum] = summedRows([row({}), row({ class: 'asset-manager' })], asked({ by: ['sector'] }));
    expect(sum).toMatchObject({
      sector: 'technology',
      net: 20,
      real: 22,
      contracts: 4,
      rows: 2,
      buyRatio: 0,
    });
    for (const field of [
      'pctOi',
      'bpsCap',
      'pctAdv',
      'z52',
      'z260',
      'z520',
      'zRobust',
      'volScaled',
    ] as const) {
      expect(sum![field], field).toBeNull();
      expect(sum!.reasons[field], field).toBe('scales of single rows do not add');
    }
  });

  test('contracts of two contracts do not add, nor do constant dollars of which one is missing', () => {
    const other = row({ contract: '13874+', real: null, reasons: { real: 'no prices of that month' } });
    const [sum] = summedRows([row({}), other], asked({}));
    expect(sum).toMatchObject({ net: 20, contracts: null, real: null });
    expect(sum!.reasons).toMatchObject({
      contracts: 'scales of single rows do not add',
      real: 'no prices of that month',
    });
  });

  test('weeks of a month are summed, also where each class has one', () => {
    const [sum] = summedRows([row({})], asked({ every: 'month' }));
    expect(sum).toMatchObject({ net: 10, z52: null, rows: 1 });
  });

  test('a row without dollars is left out of the sum and counted', () => {
    const bare = row({ net: null, longBuy: null, contract: '13874+' });
    const [sum] = summedRows([row({}), bare], asked({}));
    expect(sum).toMatchObject({ net: 10, longBuy: 0, rows: 1 });
    expect(sum!.reasons.net).toBe('1 of 2 rows have no dollars and are not in the sum');
  });
});
