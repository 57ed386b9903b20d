import { NUMBER, NUMBER_WORDS, numberOf, ORDINAL, ordinalOf, ordinalWords } from './numbers.js';

type Rule = readonly [pattern: RegExp, words: string | ((...found: string[]) => string)];

const LARGER = '(?:larger|bigger|higher|heavier|stronger|greater)';
const LARGEST = '(?:largest|biggest|highest|heaviest|strongest|greatest)';

const MONTH_BY_SHORT: Readonly<Record<string, string>> = {
  jan: 'january',
  feb: 'february',
  mar: 'march',
  apr: 'april',
  jun: 'june',
  jul: 'july',
  aug: 'august',
  sep: 'september',
  sept: 'september',
  oct: 'october',
  nov: 'november',
  dec: 'december',
};

const QUARTER_OF: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4 };

const firstMonth = (quarter: number): string => String(3 * quarter - 2).padStart(2, '0');

/** Percentile that a part of the top or bottom begins at, in percent of all weeks. */
const PARTS: Readonly<Record<string, number>> = {
  decile: 10,
  quintile: 20,
  quartile: 25,
  third: 33,
  half: 50,
};

function tailOf(side: string, percent: number): string {
  return side === 'top'
    ? `above the ${ordinalWords(100 - percent)} percentile`
    : `below the ${ordinalWords(percent)} percentile`;
}

const MONEY: readonly Rule[] = [
  [
    new RegExp(`(?<![\\w$-])(${NUMBER_WORDS}) (bn|billion|mn|million|trn|trillion) dollars\\b`, 'g'),
    (_, number, unit) => `$${numberOf(number!)} ${unit}`,
  ],
  [/\b(?:us\$|usd ?\$?)(?=\d)/g, '$'],
  [/(?<![$\d.,])(\d[\d,]*(?:\.\d+)?) ?(bn|billion|mn|million|trn|trillion) dollars\b/g, '$$$1 $2'],
  [/\b(?:nearly|almost|approximately|some|close to|just over|just under|an estimated) (?=\$)/g, 'about '],
  [/\b(?:in excess of|north of|upwards of) (?=\$)/g, 'more than '],
  [/\b(?:came in at|stood at|added up to|amounted to|hit) (?=(?:[a-z]+ ){0,2}\$)/g, 'came to '],
];

const TRADES: readonly Rule[] = [
  [/\b(?:added|took in) (?=(?:[a-z]+ ){0,2}\$)/g, 'bought '],
  [/\bbought a net (?=(?:[a-z]+ ){0,2}\$)/g, 'net bought '],
  [/\b(?:were|was|turned|remained|became) (?:a )?net buyers? of (?=(?:[a-z]+ ){0,2}\$)/g, 'net bought '],
  [
    /\b(bought|sold) more ((?:[a-z&-]+ ){0,4}?)(?:last week )?than in any (?:other )?week\b/g,
    '$1 the most $2',
  ],
  [/\bnet-(?=bought|sold|buying|selling|buyers?|sellers?)/g, 'net '],
  [/\b(?:purchased|snapped up|scooped up|loaded up on|piled into|hoovered up)\b/g, 'bought'],
  [/\b(?:dumped|offloaded|unloaded|shed|sold off|sold down)\b/g, 'sold'],
  [
    /\b(?:turned|turned into|remained|stayed|became|were again|ended the week as|were) (?:net )?(buyers|sellers)\b/g,
    'were net $1',
  ],
  [/\bnotional net (?=buying|purchases|selling|sales)/g, 'net '],
  [/\bnet notional (?=buying|purchases|selling|sales)/g, 'net '],
  [/\b(outpac|outweigh|exceed|outnumber)ing\b/g, '$1ed'],
  [/\boutpaced (short cover(?:s|ing)) (?=\d)/g, 'outpaced $1 by '],
  [/(\d)-to-(?=1\b|one\b)/g, '$1 to '],
  [
    new RegExp(
      `\\b(?:were|was) ((?:about |around |roughly |more than |over |at least )?)(${NUMBER}) times (?=short cover)`,
      'g',
    ),
    'outpaced short covers by $1$2 to 1 ',
  ],
  [/(?<=to 1) short cover(?:s|ing)\b/g, ''],
];

const COUNTS: readonly Rule[] = [
  [/\bout of the (?=last|past)/g, 'of the '],
  [
    new RegExp(
      `\\bfor (?:a|the) (${ORDINAL}) (?:straight|consecutive|successive) week\\b|\\bfor (?:a|the) (${ORDINAL}) week (?:in a row|running)\\b`,
      'g',
    ),
    (_, straight, running) => `for ${ordinalOf(straight ?? running!)} straight weeks`,
  ],
  [
    new RegExp(`\\bin (?:each|every one) of the (?:last|past) (${NUMBER}) weeks\\b`, 'g'),
    'for $1 straight weeks',
  ],
];

const MONTH = `(?:january|february|march|april|may|june|july|august|september|october|november|december)`;

const SPANS: readonly Rule[] = [
  [/\bin over (?=an? |\d|[a-z]+ (?:years|decades))/g, 'in more than '],
  [/\b(?:versus|vs|relative to|compared with|against) (?:the )?(?=(?:last|past) )/g, 'over the '],
  [/\b(?:in|on) (?:data|records|figures) (?:going|dating|stretching|reaching) back to\b/g, 'since'],
  [/\bsince at least\b/g, 'since'],
  [/\bsince the (?:start|beginning) of (?=\d{4})/g, 'since '],
  [/\bsince records began in \d{4}\b/g, 'on record'],
  [
    /\bsince (?:q([1-4])|the (first|second|third|fourth) quarter) (?:of )?(\d{4})\b/g,
    (_, short, long, year) =>
      `since ${year}-${firstMonth(short === undefined ? QUARTER_OF[long!]! : Number(short))}`,
  ],
  [
    /\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? (?=(?:\d{1,2}, )?\d{4}\b)/g,
    (_, short) => `${MONTH_BY_SHORT[short!]} `,
  ],
  [new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th) (?:of )?(${MONTH}),? (?=\\d{4}\\b)`, 'g'), '$1 $2 '],
  [new RegExp(`\\b(${MONTH}) (\\d{1,2})(?:st|nd|rd|th)?,? (?=\\d{4}\\b)`, 'g'), '$1 $2, '],
];

const STANDINGS: readonly Rule[] = [
  [
    /\b(?:beat|broke|topped|surpassed|exceeded) the (?:previous|old|prior|earlier) record(?: high)?$/g,
    'was a record',
  ],
  [/\b(was|were) unprecedented$/g, '$1 a record'],
  [new RegExp(`\\b${LARGER} than (?:in |that of )?any (?:other )?week\\b`, 'g'), 'the largest'],
  [
    new RegExp(
      `\\b(${LARGEST}) (?:(?:weekly|one-week|single-week) )?(?:level|amount|total|reading|tally)\\b`,
      'g',
    ),
    '$1',
  ],
  [
    new RegExp(`\\b(?:ranked|ranks) (?:as )?(?:the )?(${ORDINAL})(?:[- ]largest)?(?! percentile)\\b`, 'g'),
    'was the $1-largest',
  ],
  [new RegExp(`\\bone of the (?=${NUMBER} ${LARGEST})`, 'g'), 'among the '],
  [/\b(?:ranks|ranked|sits|sat|came in|comes in|landed|lies|lay) (?=(?:in|at|above|below) the \d+)/g, 'was '],
  [
    /\bin the (top|bottom) (\d{1,2}) ?(?:%|percent|per cent)(?: of (?:all )?weeks)?/g,
    (_, side, percent) => tailOf(side!, Number(percent)),
  ],
  [
    /\bin the (top|bottom) (decile|quintile|quartile|third|half)(?: of (?:all )?weeks)?/g,
    (_, side, part) => tailOf(side!, PARTS[part!]!),
  ],
  [
    new RegExp(
      `\\b(?:a|an) (${NUMBER})[- ](?:sigma|standard[- ]deviation) (?:event|move|week|reading)\\b`,
      'g',
    ),
    'about $1 standard deviations above its mean',
  ],
  [new RegExp(`\\b(the|its|their) (${NUMBER})-year (average|mean|norm)\\b`, 'g'), '$1 $3 over $2 years'],
  [/\bz score\b/g, 'z-score'],
];

const LEADERS: readonly Rule[] = [
  [/^([^,]+), not ([^,]+), led\b(.*)$/, '$1 led$3, and $2 did not'],
  [
    /\b(?:was|were) (not )?the (?:largest|biggest|main|dominant|top|heaviest) (?:net )?buyers?\b/g,
    (_, not) => `${not === undefined ? 'led' : 'did not lead'} the buying`,
  ],
  [/\baccounted for (?:most|the bulk|the majority|the lion share) of (?=the )/g, 'led '],
  [/\b(?:dominated|spearheaded) by\b/g, 'led by'],
  [/\bled the (?:way|charge)\b/g, 'led'],
  [/,? (?:rather than|instead of) (?:by )?/g, ', not by '],
];

const REASONS: readonly Rule[] = [
  [/\b(?:largely|mainly|mostly|primarily|chiefly) (?=driven|led|fuell?ed|due|thanks|because)/g, ''],
  [
    /\b(?:(was|were|is|are) )?(?:(?:fuell?ed|spurred|underpinned|propelled|powered|motivated) by|thanks to|owing to|because of|on the back of|attributed to|attributable to)\b/g,
    (_, be) => `${be === undefined ? '' : `${be} `}driven by`,
  ],
  [/\b(?:reflects|reflected|reflect)\b/g, 'was driven by'],
  [/^(?:the|this|that) (?:move|surge)\b/g, 'it'],
  [/\b(explains?|drove|lies? behind|(?:are|is) behind) (?:the|this|that) (?:move|surge)\b/g, '$1 it'],
];

const POLICIES: readonly Rule[] = [
  [/\b(fed|federal reserve) has paused\b/g, '$1 is paused'],
  [/\b(fed|federal reserve) (?:kept|has kept) (?:interest )?rates (?:on hold|unchanged)\b/g, '$1 is on hold'],
  [/\b(cutting|raising|hiking) interest rates\b/g, '$1 rates'],
];

const AFTER: readonly Rule[] = [
  [/\b(?:record )?(?:buying|inflows) (?:like|such as) (?:this|these|that|it)\b/g, 'such weeks'],
  [/\b(?:have|has) put a (?=floor)/g, 'put a '],
  [/\b(?:historically|generally|as a rule|more often than not)\b/g, 'usually'],
  [/\btends? to be followed by\b/g, 'are usually followed by'],
  [
    /\b(?:have|has) ((?:often|usually|typically|frequently|mostly) )?been followed by\b/g,
    (_, often) => `are ${often ?? ''}followed by`,
  ],
  [
    /\b((?:often|usually|typically|frequently|mostly) )?(?:precedes?|gives? way to)\b/g,
    (_, often) => `are ${often ?? ''}followed by`,
  ],
  [/\btends? to (?=[a-z]+)/g, 'usually '],
  [
    /\b(?:a (?:period|phase|bout|spell|stretch) of|some) (?=consolidation|profit|(?:higher|lower) volatility)/g,
    '',
  ],
  [
    /\b(?:in|over|within) the (?:following|next|subsequent|coming) (week|month|quarter|year)\b/g,
    'over the next one $1',
  ],
  [/\bthe (?:subsequent|coming) (?=[a-z0-9]+ (?:weeks|months))/g, 'the next '],
  [
    /\b(?:under|beneath) (?:the (?:stock )?market|stocks|share prices|stock prices|equities)\b/g,
    'under prices',
  ],
  [/\b(supports?) (?:the (?:stock )?market|stocks|share prices|stock prices|equities)\b/g, '$1 prices'],
  [/\b(?:limits?|cushions?) (?:the downside|declines)\b/g, 'puts a floor under prices'],
];

const RULES: readonly Rule[] = [
  ...MONEY,
  ...TRADES,
  ...COUNTS,
  ...SPANS,
  ...STANDINGS,
  ...LEADERS,
  ...REASONS,
  ...POLICIES,
  ...AFTER,
];

/**
 * Says a sentence in the grammar's words where another way of saying the same is usual: 'snapped up' as 'bought', 'in the top decile'
 * as 'above the 90th percentile'. A rule never makes a sentence say more than it said.
 * @param text as `normalised` leaves it
 */
export function reworded(text: string): string {
  const said = RULES.reduce((rest, [pattern, words]) => rest.replace(pattern, words as string), text);
  return said.replace(/\s+/g, ' ').trim();
}
