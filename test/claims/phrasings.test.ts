import { describe, expect, test } from 'vitest';
import { type Claim, compileNote } from '../../src/claims/index.js';

/** Every claim of a note as 'measure {threshold} {scope}', probabilities and the usual horizon left out. */
function reading(note: string): string[] {
  const { claims, unread } = compileNote(note);
  return [...claims.map(brief), ...unread.map(({ text }) => `unread: ${text}`)];
}

function brief({ measure, scope, threshold, horizonWeeks }: Claim): string {
  const { p: _, ...figures } = threshold as Record<string, unknown>;
  const weeks = horizonWeeks === null || horizonWeeks === 13 ? {} : { weeks: horizonWeeks };
  const said = Object.entries({ ...scope, ...figures, ...weeks }).map(([key, value]) => `${key} ${value}`);
  return [measure, ...said.sort()].join(', ');
}

const HEDGE = 'class hedge-fund';
const TECH = 'sector technology';

/** What came before, for sentences that point back. */
const BEFORE = "Hedge funds' net buying of tech was the largest on record. ";

describe('forms of the field', () => {
  test.each([
    // a record
    [
      'Hedge funds bought the most tech in five years.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, span 5y`,
    ],
    [
      'Hedge funds sold the most tech since March 2020.',
      `record, ${HEDGE}, extreme low, leg net, ${TECH}, since 2020-03`,
    ],
    [
      'Hedge funds net bought tech at the fastest pace in over a decade.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, span 10y`,
    ],
    [
      'Hedge funds saw their largest weekly net buying of tech since Sept 2018.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, since 2018-09`,
    ],
    [
      'Hedge funds posted their biggest weekly net purchases of technology on record.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, span all`,
    ],
    [
      'Net buying of tech by hedge funds reached the highest level since 2018.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, since 2018`,
    ],
    [
      'Net buying of tech by hedge funds hit an all-time high.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, span all`,
    ],
    [
      'Net buying of tech by hedge funds was the highest ever.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, span all`,
    ],
    [
      'Net buying of tech by hedge funds was larger than in any week since 2018.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, since 2018`,
    ],
    [
      'Net buying of tech by hedge funds was the largest in data going back to 2012.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, since 2012`,
    ],
    [
      'The net selling of tech by hedge funds was the heaviest in more than a year.',
      `record, ${HEDGE}, extreme low, leg net, ${TECH}, span 1y`,
    ],
    [
      'Net notional buying of tech by hedge funds was the largest since the first quarter of 2021.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, since 2021-01`,
    ],
    [
      'Institutional notional buying of US technology stocks last week was the largest of any week in more than ten years.',
      'record, class institutions, extreme high, leg grossBuy, sector technology, span 10y',
    ],
    [
      'Hedge funds bought more tech last week than in any week since 2015.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, since 2015`,
    ],
    [
      'Net buying of tech by hedge funds beat the previous record.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, span all`,
    ],
    [
      'Last week saw the largest net buying of tech by hedge funds in ten years.',
      `record, ${HEDGE}, extreme high, leg net, ${TECH}, span 10y`,
    ],
    // rank, percentile, z
    [
      'Net flow of tech by hedge funds ranked third in five years.',
      `rank, ${HEDGE}, compare exactly, leg net, rank 3, ${TECH}, span 5y`,
    ],
    [
      'Net flow of tech by hedge funds was one of the five largest weeks on record.',
      `rank, ${HEDGE}, compare at most, leg net, rank 5, ${TECH}, span all`,
    ],
    [
      'Net flow of tech by hedge funds was the second-highest in ten years.',
      `rank, ${HEDGE}, compare exactly, leg net, rank 2, ${TECH}, span 10y`,
    ],
    [
      'Net flow of tech by hedge funds ranks in the 99th percentile versus the past five years.',
      `percentile, ${HEDGE}, compare at least, leg net, percentile 99, ${TECH}, span 5y`,
    ],
    [
      'Net flow of tech by hedge funds was in the top 5 % of weeks over the past three years.',
      `percentile, ${HEDGE}, compare at least, leg net, percentile 95, ${TECH}, span 3y`,
    ],
    [
      'Net flow of tech by hedge funds was in the bottom decile of the last five years.',
      `percentile, ${HEDGE}, compare at most, leg net, percentile 10, ${TECH}, span 5y`,
    ],
    [
      'Net flow of tech by hedge funds was a 5-sigma event versus the past ten years.',
      `z, ${HEDGE}, compare about, leg net, ${TECH}, span 10y, z 5`,
    ],
    [
      'Net flow of tech by hedge funds was more than three standard deviations above its 5-year average.',
      `z, ${HEDGE}, compare at least, leg net, ${TECH}, span 5y, z 3`,
    ],
    [
      'Net flow of tech by hedge funds had a z score of 2.1 over three years.',
      `z, ${HEDGE}, compare about, leg net, ${TECH}, span 3y, z 2.1`,
    ],
    // amounts
    [
      'Hedge funds net bought $1.2bn of tech.',
      `amount, ${HEDGE}, compare about, leg net, ${TECH}, usd 1200000000`,
    ],
    [
      'Hedge funds snapped up nearly $1.2 billion worth of tech stocks.',
      `amount, ${HEDGE}, compare about, leg grossBuy, ${TECH}, usd 1200000000`,
    ],
    [
      'Net buying of tech by hedge funds totalled more than USD 1.2 billion.',
      `amount, ${HEDGE}, compare at least, leg net, ${TECH}, usd 1200000000`,
    ],
    [
      'Net buying of tech by hedge funds came in at 1.2 billion dollars.',
      `amount, ${HEDGE}, compare about, leg net, ${TECH}, usd 1200000000`,
    ],
    [
      'Net buying of tech by hedge funds stood at approximately US$1.2bn.',
      `amount, ${HEDGE}, compare about, leg net, ${TECH}, usd 1200000000`,
    ],
    // sides and weeks
    ['Hedge funds turned net buyers of tech last week.', `side, ${HEDGE}, direction bought, ${TECH}`],
    ['Hedge funds dumped tech stocks.', `side, ${HEDGE}, direction sold, ${TECH}`],
    ['Hedge funds remained net sellers of tech.', `side, ${HEDGE}, direction sold, ${TECH}`],
    [
      'Hedge funds sold tech in three out of the past four weeks.',
      `weeks, ${HEDGE}, direction sold, of 4, ${TECH}, weeks 3`,
    ],
    [
      'Hedge funds bought tech for a fifth straight week.',
      `weeks, ${HEDGE}, direction bought, of 5, ${TECH}, weeks 5`,
    ],
    [
      'Hedge funds were net buyers of tech for the third week in a row.',
      `weeks, ${HEDGE}, direction bought, of 3, ${TECH}, weeks 3`,
    ],
    [
      'Hedge funds bought tech in each of the last six weeks.',
      `weeks, ${HEDGE}, direction bought, of 6, ${TECH}, weeks 6`,
    ],
    // ratio
    [
      "Hedge funds' long buys of tech outpaced short covers 2.4-to-1.",
      `ratio, ${HEDGE}, compare about, ratio 2.4, ${TECH}`,
    ],
    [
      "Hedge funds' long buys of tech were 2.4 times short covers.",
      `ratio, ${HEDGE}, compare about, ratio 2.4, ${TECH}`,
    ],
    [
      'Hedge funds bought tech, with long buys outpacing short covers by more than 2 to 1.',
      `side, ${HEDGE}, direction bought, ${TECH}`,
      `ratio, ${HEDGE}, compare at least, ratio 2, ${TECH}`,
    ],
    [
      'Hedge funds net bought tech for the third straight week, driven by long buys and to a lesser extent short covers (2.4 to 1).',
      `weeks, ${HEDGE}, direction bought, of 3, ${TECH}, weeks 3`,
      `ratio, ${HEDGE}, compare about, ratio 2.4, ${TECH}`,
    ],
    ['Short covering accounted for most of the buying of tech.', `ratio, compare at most, ratio 1, ${TECH}`],
    [
      'Asset managers added $5.2bn of NASDAQ-100 futures in the week to April 14, 2026.',
      'amount, class asset-manager, compare about, contract 20974+, leg grossBuy, usd 5200000000, week 2026-04-14',
    ],
    [
      'Hedge funds sold $2 bn of tech.',
      `amount, ${HEDGE}, compare about, leg grossSell, ${TECH}, usd 2000000000`,
    ],
    [
      'Hedge funds were net buyers of $2 bn of tech.',
      `amount, ${HEDGE}, compare about, leg net, ${TECH}, usd 2000000000`,
    ],
    // who led
    [
      'Institutional investors, not retail, led the buying.',
      'led-by, led true, who institutions',
      'led-by, led false, who retail',
    ],
    [
      'Institutions were the largest net buyers of tech.',
      'led-by, led true, sector technology, who institutions',
    ],
    ['Retail was not the biggest buyer.', 'led-by, led false, who retail'],
    [
      'The buying of tech was driven by institutions rather than retail.',
      'led-by, led true, sector technology, who institutions',
      'led-by, led false, sector technology, who retail',
    ],
    ['Institutions accounted for the bulk of the buying.', 'led-by, led true, who institutions'],
    ['The buying was dominated by hedge funds.', 'led-by, led true, who hedge-fund'],
    // together
    [
      'Hedge funds and asset managers all bought in unison.',
      'unison, classes hedge-fund,asset-manager',
      'side, class hedge-fund, direction bought',
      'side, class asset-manager, direction bought',
    ],
    [
      'Pension funds and sovereign wealth funds bought together.',
      'unison, classes pension,sovereign-wealth',
      'side, class pension, direction bought',
      'side, class sovereign-wealth, direction bought',
    ],
    // drivers
    [
      'The buying was fuelled by AI optimism, solid earnings and expectations of rate cuts.',
      'driver, driver ai',
      'driver, driver earnings',
      'driver, driver macro',
    ],
    [
      'The buying was thanks to the AI trade and a rotation out of cyclical stocks.',
      'driver, driver ai',
      'driver, driver rotation',
    ],
    [
      'The buying reflects strong corporate earnings and falling bond yields.',
      'driver, driver earnings',
      'driver, driver macro',
    ],
    ['The Fed has paused.', 'policy, states hold,plateau'],
    ['The Fed is cutting interest rates.', 'policy, states easing'],
    // what follows
    ['Such weeks tend to be followed by a period of consolidation.', 'consolidation, drawdown 5'],
    [
      'Consolidation and profit-taking often follow such weeks.',
      'consolidation, drawdown 5',
      'profit-taking',
    ],
    [
      'Such weeks typically precede a correction in the following month.',
      'consolidation, drawdown 10, weeks 4',
    ],
    ['Stocks tend to rise after such weeks over the next three months.', 'return, direction above'],
    ['Volatility tends to decline after such weeks.', 'volatility, direction below'],
    ['Such buying puts a floor under the market.', 'floor'],
    ['Such flows limit the downside.', 'floor'],
    ['Retail tends to follow institutions.', 'follow-through, follower retail, leader institutions'],
    ['Higher prices and better sentiment attract more buying.', 'loop'],
    ['Prices, sentiment and flows reinforce each other.', 'loop'],
    ['The long-term uptrend remains intact.', 'trend'],
  ])('%s', (...[note, ...expected]) => expect(reading(note!)).toEqual(expected));

  test.each([
    ['This was a record.', `record, ${HEDGE}, extreme high, leg net, ${TECH}, span all`],
    ['The move was driven by AI.', `driver, ${HEDGE}, driver ai, ${TECH}`],
  ])('pointing back: %s', (note, expected) => expect(reading(BEFORE + note).slice(1)).toEqual([expected]));

  test("a bank's sentence without a verb falls into all its claims", () => {
    expect(
      reading(
        'The largest weekly notional buying of US tech in more than ten years, led by institutions, in unison, thanks to AI, earnings, the Fed and rotation; a floor under prices; then consolidation.',
      ),
    ).toEqual([
      `record, extreme high, leg grossBuy, ${TECH}, span 10y`,
      `led-by, led true, ${TECH}, who institutions`,
      `unison, classes asset-manager,leveraged-fund,other-reportable, ${TECH}`,
      `driver, driver ai, ${TECH}`,
      `driver, driver earnings, ${TECH}`,
      `driver, driver macro, ${TECH}`,
      `driver, driver rotation, ${TECH}`,
      `floor, leg grossBuy, ${TECH}`,
      `consolidation, drawdown 5, leg grossBuy, ${TECH}`,
    ]);
  });

  test("'it' is who was said to sell; 'such weeks' are those of the flow that was named before", () => {
    const sold = `${BEFORE}Retail investors were net sellers. `;
    expect(reading(`${sold}It was the most since March 2020.`).at(-1)).toBe(
      `record, class retail, extreme low, leg net, ${TECH}, since 2020-03`,
    );
    expect(reading(`${sold}Such weeks are followed by consolidation.`).at(-1)).toBe(
      `consolidation, ${HEDGE}, drawdown 5, leg net, ${TECH}`,
    );
  });

  test('what stands behind a comma belongs to what was said before', () => {
    expect(
      reading(
        'Hedge funds bought $9.7 billion of tech last week, the largest weekly notional buying in more than ten years, led by asset managers, driven by AI.',
      ),
    ).toEqual([
      `amount, ${HEDGE}, compare about, leg grossBuy, ${TECH}, usd 9700000000`,
      `record, ${HEDGE}, extreme high, leg grossBuy, ${TECH}, span 10y`,
      `led-by, led true, ${TECH}, who asset-manager`,
      `driver, ${HEDGE}, driver ai, ${TECH}`,
    ]);
    expect(reading('Hedge funds net sold tech last week, the most in five years.')).toEqual([
      `side, ${HEDGE}, direction sold, ${TECH}`,
      `record, ${HEDGE}, extreme low, leg net, ${TECH}, span 5y`,
    ]);
  });
});

describe('never guessed', () => {
  test.each([
    'Net buying of tech by hedge funds was not the largest in ten years.',
    'Net buying of tech by hedge funds was nearly the largest in ten years.',
    'Net buying of tech by hedge funds was one of the largest in ten years.',
    'Net buying of tech by hedge funds failed to set a record.',
    'Net buying of tech by hedge funds almost hit a record.',
    'Hedge funds never bought tech.',
    'Hedge funds neither bought nor sold tech.',
    'Hedge funds hardly bought tech.',
    'Hedge funds stopped buying tech.',
    'Hedge funds did not buy tech.',
    'Hedge funds bought puts on tech.',
    'Hedge funds bought less tech than in any week since 2018.',
    'Hedge funds bought tech in most of the last weeks.',
    'Hedge funds are net long tech.',
    'Hedge funds may have bought tech.',
    'Had rates risen, hedge funds would have sold tech.',
    'The largest buyers of tech sold energy.',
    'Retail could follow institutions.',
    'Such weeks are rarely followed by a correction.',
    'Such weeks are not followed by a correction.',
    'Such buying does not put a floor under prices.',
    'The buying was not driven by AI.',
    'The Fed is no longer easing.',
    'The long-term uptrend is not intact.',
    'Analysts say institutions led.',
    'Excluding retail, hedge funds bought tech.',
    'Hedge funds outside the US bought tech.',
    'European hedge funds bought tech.',
    'Hedge funds bought Chinese tech.',
    'Hedge funds bought semiconductors.',
    'Hedge funds bought $2-3 bn of tech.',
    'Hedge funds net sold $2 bn of tech.',
    'The buying of tech was broad-based.',
    'There is no evidence that retail led.',
    'Dealers took the other side.',
    'Net buying of tech by hedge funds came close to a record.',
  ])('%s', (note) => expect(reading(note)).toEqual([expect.stringMatching(/^unread: /)]));
});
