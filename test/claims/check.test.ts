import { describe, expect, test } from 'vitest';
import { type ClaimsQuestion, checkClaims, compileNote } from '../../src/claims/index.js';
import type { ClaimRow, RecordRow, RoleRow } from '../../src/core/index.js';
import { answersOf, recordRow } from './fixture.js';

const ASKED: ClaimsQuestion = { contract: '20974+', class: 'asset-manager', week: '2026-04-14' };
type Known = Parameters<typeof answersOf>[0];

async function verdictsOf(text: string, known: Known, question = ASKED): Promise<ClaimRow[]> {
  const set = compileNote(text);
  expect(set.unread).toEqual([]);
  const { rows } = await checkClaims(set, question, answersOf(known), '2026-04-20T00:00:00Z');
  return rows as ClaimRow[];
}
const one = async (text: string, known: Known, question = ASKED): Promise<ClaimRow> =>
  (await verdictsOf(text, known, question))[0]!;

const LARGEST = 'Notional buying of tech by asset managers was the largest in ten years.';

describe('verdicts of claims', () => {
  test('a record is supported, a nominal one weakly, a lower rank contradicts', async () => {
    expect((await one(LARGEST, { record: recordRow() })).verdict).toBe('supported');
    const nominal = await one(LARGEST, { record: recordRow({ kind: 'nominal record' }) });
    expect(nominal.verdict).toBe('weakly supported');
    expect(nominal.explanation).toContain('weakest probability');
    const second = recordRow({
      rank: 2,
      isRecord: false,
      kind: 'none',
      largestSince: '2018-09-25',
    } as Partial<RecordRow>);
    expect((await one(LARGEST, { record: second })).verdict).toBe('contradicted');
  });

  const cell = (lookback: string, rank: number) => ({
    measure: 'grossBuy',
    ruler: 'contracts',
    lookback,
    value: 18_762,
    rank,
    n: 520,
    isRecord: rank === 1,
    reason: null,
  });

  test('a span between two look-backs is decided by those about it, or left open', async () => {
    const since = 'Notional buying of tech by asset managers, in contracts, was the largest since 2024.';
    const over = (first: number, third: number) => ({
      record: recordRow({
        rulers: { agree: 1, of: 5, table: [cell('1y', first), cell('3y', third), cell('all', 31)] },
      } as unknown as Partial<RecordRow>),
    });
    expect((await one(since, over(1, 1))).verdict).toBe('supported');
    expect((await one(since, over(2, 3))).verdict).toBe('contradicted');
    const open = await one(since, over(1, 2));
    expect(open.verdict).toBe('not measurable');
    expect(open.explanation).toContain('do not tell whether it is the first since 2024');
  });

  test('the largest selling since a day is held against the look-backs about that day, not all history', async () => {
    const text = 'Net selling of tech by asset managers was the largest since 2024.';
    const sold = (over: Partial<RecordRow>) =>
      recordRow({ measure: 'net', value: -9e9, rank: 500, isRecord: false, ...over });
    const lowest = { rank: 1, isRecord: true };
    const fifth = { rank: 5, isRecord: false };
    const verdict = async (year: object, three: object): Promise<string> => {
      const asked = { '1y': year, '3y': three, all: fifth } as Record<string, object>;
      const answers = {
        ...answersOf({}),
        records: ({ lookback }: { lookback: string }) =>
          Promise.resolve({
            command: 'tidemark x',
            rows: [sold({ lookback, smallest: asked[lookback] } as unknown as Partial<RecordRow>)],
          }),
      } as ReturnType<typeof answersOf>;
      const { rows } = await checkClaims(compileNote(text), ASKED, answers, '2026-04-20T00:00:00Z');
      return (rows[0] as ClaimRow).verdict;
    };
    expect(await verdict(lowest, lowest)).toBe('weakly supported');
    expect(await verdict(fifth, fifth)).toBe('contradicted');
    expect(await verdict(lowest, fifth)).toBe('not measurable');
  });

  test('the first period of a series is the largest since nothing', async () => {
    const first = recordRow({ n: 0, coverage: 0, broke: null, lookback: 'all' });
    const claim = await one('Notional buying of tech by asset managers was the largest since 2020.', {
      record: first,
    });
    expect(claim.verdict).toBe('not measurable');
  });

  test('an unknown figure is not measurable, with the reason of its row', async () => {
    const row = recordRow({ value: null, reasons: { value: 'no price of that week' } });
    const claim = await one(LARGEST, { record: row });
    expect(claim).toMatchObject({
      verdict: 'not measurable',
      effect: null,
      explanation: 'No price of that week.',
    });
  });

  test('notional buying of nobody in particular is not measurable', async () => {
    const text = 'Notional buying of tech was the largest in ten years.';
    const claim = await one(text, { record: recordRow() }, { contract: '20974+' });
    expect(claim.verdict).toBe('not measurable');
    expect(claim.explanation).toMatch(/^In the whole market purchases equal sales/);
    const asked = await one(text, { record: recordRow() });
    expect(asked.verdict).toBe('supported');
    expect(asked.explanation).toContain(
      'in the whole market purchases equal sales: read of the class asked about',
    );
    const whole = 'Notional buying of tech by the whole market was the largest in ten years.';
    expect((await one(whole, { record: recordRow() })).verdict).toBe('not measurable');
  });

  test('a leg that is not ranked is not checked as another', async () => {
    const claim = await one('Short covers of tech by hedge funds were the largest in ten years.', {
      record: recordRow(),
    });
    expect(claim.verdict).toBe('not measurable');
    expect(claim.explanation).toContain('short covers are another leg');
  });

  test("a span that begins before the data is not measurable, and a date is held against 'largest since'", async () => {
    const early = 'Notional buying of tech by asset managers was the largest in 20 years.';
    expect((await one(early, { record: recordRow({ lookback: 'all' }) })).verdict).toBe('not measurable');
    const since = (date: string) =>
      `Notional buying of tech by asset managers was the largest since ${date}.`;
    const row = recordRow({ lookback: 'all', largestSince: '2020-03-17', n: 820 } as Partial<RecordRow>);
    expect((await one(since('March 2020'), { record: row })).verdict).toBe('supported');
    expect((await one(since('2019'), { record: row })).verdict).toBe('contradicted');
  });

  test('the weakest probability decides, and an anomaly contradicts', async () => {
    const fluke = `${LARGEST} It is no fluke.`;
    const second = async (over: Partial<RecordRow>) =>
      (await verdictsOf(fluke, { record: recordRow(over) }))[1]!;
    expect((await second({})).verdict).toBe('supported');
    const p = { exchangeable: 0.002, dependent: 0.001, tail: null, adjusted: 0.45 };
    expect(await second({ p })).toMatchObject({
      verdict: 'not distinguishable from chance',
      effect: 0.45,
      m: 12392,
    });
    expect((await second({ p: { ...p, adjusted: null } })).verdict).toBe('weakly supported');
    expect((await second({ verdict: 'anomaly' })).verdict).toBe('contradicted');
  });

  test('where the two mappings disagree nothing is concluded', async () => {
    const role = (mapping: string, largestBuyer: string): RoleRow =>
      ({
        kind: 'role',
        basis: 'cot',
        mapping,
        largestBuyer,
        institution: 1,
        speculator: 2,
        retail: 1,
        intermediary: -3,
        explanation: 'x',
      }) as unknown as RoleRow;
    const split = [role('funds-as-institutions', 'institution'), role('funds-as-speculators', 'speculator')];
    const both = [role('funds-as-institutions', 'institution'), role('funds-as-speculators', 'institution')];
    const text = 'Institutions led and retail did not; nor did speculators.';
    const verdicts = async (buyers: readonly RoleRow[]) =>
      (await verdictsOf(text, { buyers })).map(({ verdict }) => verdict);
    expect(await verdicts(split)).toEqual(['not measurable', 'weakly supported', 'not measurable']);
    expect(await verdicts(both)).toEqual(['supported', 'weakly supported', 'supported']);
  });

  test('fewer than five events bear no claim; the direction claimed must be the one seen', async () => {
    const outcome = (over: object) => [
      {
        kind: 'outcome',
        outcome: 'floor-days-above',
        unit: 'share',
        horizonWeeks: 13,
        n: 9,
        mean: 0.8,
        median: 0.8,
        matchedMean: 0.6,
        matchedWeeks: 45,
        difference: 0.2,
        low: 0.1,
        high: 0.3,
        p: 0.001,
        adjustedP: 0.01,
        m: 56,
        leaveOneOutLow: 0.1,
        leaveOneOutHigh: 0.3,
        detectable: 0.1,
        verdict: 'above',
        reason: null,
        ...over,
      },
    ];
    const floor = async (over: object) =>
      (await one('Buying of tech by asset managers puts a floor under prices.', { aftermath: outcome(over) }))
        .verdict;
    expect(await floor({})).toBe('supported');
    expect(await floor({ adjustedP: 0.2 })).toBe('weakly supported');
    expect(await floor({ n: 4, p: null, adjustedP: null })).toBe('not measurable');
    expect(await floor({ difference: -0.2 })).toBe('contradicted');
    expect(await floor({ leaveOneOutLow: -0.1 })).toBe('weakly supported');
  });

  test('drivers: not shown is not distinguishable from chance, unknown is not measurable', async () => {
    const driver = (verdict: string | null) => [
      {
        kind: 'driver',
        driver: 'ai',
        verdict,
        r2Share: null,
        r2ShareLow: null,
        r2ShareHigh: null,
        contribution: 0.2,
        contributionLow: 0.1,
        contributionHigh: 0.3,
        falsifier: 'wrong if not',
        falsified: false,
        reason: 'no basket',
      },
    ];
    const ai = async (verdict: string | null) =>
      (await one('AI explains the buying of tech.', { drivers: driver(verdict) })).verdict;
    expect(await ai('for')).toBe('supported');
    expect(await ai('not shown')).toBe('not distinguishable from chance');
    expect(await ai('against')).toBe('contradicted');
    expect(await ai(null)).toBe('not measurable');
  });

  test('a store without the study gives its reason; notes state how many claims and looks', async () => {
    const set = compileNote(`${LARGEST} It is no fluke. Colourless ideas sleep.`);
    const { rows, notes } = await checkClaims(set, ASKED, answersOf({}), '2026-04-20T00:00:00Z');
    expect(rows.map(({ kind }) => kind)).toEqual(['claim', 'claim', 'unread']);
    expect(rows[0]).toMatchObject({
      verdict: 'not measurable',
      explanation: 'The store has nothing of the kind.',
    });
    expect(notes[0]).toMatch(/^2 claims checked at once/);
    expect(notes.some((note) => note.includes('Colourless ideas sleep'))).toBe(true);
  });

  test('a study is asked once, however many claims rest on it', async () => {
    let asked = 0;
    const answers = answersOf({ record: recordRow() });
    const counting = {
      ...answers,
      records: (ask: never) => {
        asked += 1;
        return answers.records(ask);
      },
    };
    await checkClaims(compileNote(`${LARGEST} It is no fluke.`), ASKED, counting, 'x');
    expect(asked).toBe(1);
  });
});
