import { type ClaimClass, DEFAULT_P, LEADERS, type Leader } from '../../claim.js';
import { type Draft, draft, type Form, type Memory, marketOf, type Reading, withMarket } from '../form.js';
import { CLASS_TERMS, readClasses, readPhrase } from '../vocabulary.js';

const NO_CLASS = 'it names no class of investors that the grammar knows';

const LEADER_OF: Readonly<Partial<Record<ClaimClass, Leader>>> = {
  institutions: 'institutions',
  speculators: 'speculators',
  retail: 'retail',
  dealer: 'intermediaries',
};

const isLeader = (name: string): name is Leader => LEADERS.some((leader) => leader === name);

/** The kind of investor that a class word stands for, or the class itself. */
const leaderOf = (name: ClaimClass): Leader | ClaimClass => LEADER_OF[name] ?? name;
export const classOfLeader = (who: Leader | ClaimClass): ClaimClass =>
  isLeader(who) ? (who === 'intermediaries' ? 'dealer' : who) : who;

function ledBy(classes: string, led: boolean, market: string | undefined, memory: Memory): Reading {
  const names = readClasses(classes);
  if (names === null) return { reason: NO_CLASS };
  const phrase = market === undefined ? null : readPhrase(market);
  if (market !== undefined && (phrase === null || phrase.scope.class !== undefined))
    return { reason: 'the words about what was led are not in the grammar' };
  const { leg: _, ...place } = phrase?.scope ?? {};
  const scope = withMarket(place, memory);
  return names.map((name): Draft => draft('led-by', scope, { who: leaderOf(name), led }));
}

/** Classes that public weekly data name, and those that only filings of a quarter do. */
const QUARTERLY: ReadonlySet<ClaimClass> = new Set([
  'pension',
  'sovereign-wealth',
  'insurance',
  'endowment',
  'family-office',
  'bank',
]);

const AGREEING: readonly ClaimClass[] = ['asset-manager', 'leveraged-fund', 'other-reportable'];

/**
 * Several classes that moved together. Those that weekly data name and those that they do not are claims of their own,
 * so that one does not hide the other.
 */
function together(list: string, market: string | undefined, memory: Memory): Reading {
  const named = readClasses(list);
  if (named === null) return { reason: NO_CLASS };
  const classes = named.length === 1 && named[0] === 'institutions' ? AGREEING : named;
  const phrase = market === undefined ? null : readPhrase(market);
  if (market !== undefined && phrase === null)
    return { reason: 'the words about where they moved together are not in the grammar' };
  if (classes.length < 2) return { reason: 'one class alone cannot move together' };
  const scope = withMarket(phrase?.scope ?? {}, memory);
  const weekly = classes.filter((name) => !QUARTERLY.has(name));
  const quarterly = classes.filter((name) => QUARTERLY.has(name));
  const isSplit = weekly.length >= 2 && quarterly.length >= 2;
  return (isSplit ? [weekly, quarterly] : [classes]).map((part) =>
    draft('unison', scope, { classes: part, p: DEFAULT_P }),
  );
}

/** That each of those who moved together moved this way. */
function sidesOf(moved: readonly Draft[], direction: 'bought' | 'sold'): Draft[] {
  return moved.flatMap(({ scope, threshold }) =>
    (threshold as { readonly classes: readonly ClaimClass[] }).classes.map((name) =>
      draft('side', { ...scope, class: name }, { direction }),
    ),
  );
}

function follows(
  { leader, follower, market }: Readonly<Record<string, string | undefined>>,
  memory: Memory,
): Reading {
  const first = leader === undefined ? undefined : readClasses(leader);
  const second = readClasses(follower!);
  if (first === null || second === null || second.length > 1 || (first?.length ?? 1) > 1)
    return { reason: NO_CLASS };
  const phrase = market === undefined ? null : readPhrase(market);
  if (market !== undefined && phrase === null)
    return { reason: 'the words about where they follow are not in the grammar' };
  return [
    draft('follow-through', withMarket(phrase?.scope ?? {}, memory), {
      follower: second[0]!,
      ...(first === undefined ? {} : { leader: first[0]! }),
    }),
  ];
}

/** 'Smaller institutions and then retail follow': each after the one before, the first after the class looked at. */
function chain(list: string, memory: Memory): Reading {
  const steps = list.split(/,? (?:and )?then |, /).map((step) => readClasses(step));
  if (steps.some((step) => step === null || step.length > 1)) return { reason: NO_CLASS };
  const classes = steps.map((step) => step![0]!);
  const scope = marketOf(memory.scope);
  return classes.map((follower, i) =>
    draft('follow-through', scope, { follower, ...(i === 0 ? {} : { leader: classes[i - 1]! }) }),
  );
}

const FOLLOW =
  '(?:follows?|followed|comes? in|came in|(?:often|usually|typically|then) follows?|will follow)';

/** Who led, who followed, and who moved together. */
export const CLASS_FORMS: readonly Form[] = [
  {
    name: 'in unison',
    pattern:
      /^(?<list>.+?) (?:all )?(?:moved|acted|traded|move|act|(?<bought>bought)|(?<sold>sold)) (?:together|in unison|in concert|in step|as one)(?: (?<market>(?:in|on|last|this) .+))?$/,
    read: ({ list, market, bought, sold }, memory) => {
      const read = together(list!, market, memory);
      if (read === null || 'reason' in read || (bought ?? sold) === undefined) return read;
      return [...read, ...sidesOf(read, bought === undefined ? 'sold' : 'bought')];
    },
  },
  {
    name: 'in unison, of those who led',
    pattern: /^(?:all )?(?:in unison|in concert|in step|together)$/,
    read: (_, memory) =>
      memory.leader === null
        ? { reason: 'it does not say who acted together' }
        : together(CLASS_TERMS[memory.leader][0]!, undefined, memory),
  },
  {
    name: 'followed one after the other',
    pattern: new RegExp(`^(?<list>.+? then .+?) ${FOLLOW}$`),
    read: ({ list }, memory) => chain(list!, memory),
  },
  {
    name: 'one follows',
    pattern: new RegExp(
      `^(?!.* (?:is|are|was|were) )(?<follower>.+?) ${FOLLOW}(?: (?<leader>(?!in |on ).+?))?(?: (?<market>(?:in|on) .+))?$`,
    ),
    read: follows,
  },
  {
    name: 'one leads another',
    pattern: /^(?<leader>.+?) (?:lead|buy before|bought before|buys before) (?<follower>.+?)$/,
    read: follows,
  },
  {
    name: 'led by',
    pattern:
      /^(?<market>.+?) (?:was|were|is) (?<not>not )?(?:led|(?<driven>driven)) by (?<classes>.+?)(?:,? (?:and |but )?not (?:by )?(?<others>.+))?$/,
    read: ({ market, classes, not, driven, others }, memory) => {
      if (driven !== undefined && readClasses(classes!) === null) return null;
      const named = readPhrase(market!);
      if (named === null) return { reason: 'the words about what was led are not in the grammar' };
      const text = market!.replace(/^(?:it|this|that|such)(?: |$)/, '');
      const about = text === '' ? undefined : text;
      const first = ledBy(classes!, not === undefined, about, memory);
      const second = others === undefined ? [] : ledBy(others, false, about, memory);
      if (first === null || second === null) return null;
      if ('reason' in first) return first;
      return 'reason' in second ? second : [...first, ...second];
    },
  },
  {
    name: 'led',
    pattern:
      /^(?<classes>.+?) (?<not>did not lead|led)(?: (?<market>(?:the |in |last |this |buying|of ).+|buying|it))?$/,
    read: ({ classes, not, market }, memory) =>
      ledBy(classes!, not === 'led', market === 'it' ? undefined : market, memory),
  },
  {
    name: 'did not',
    pattern: /^(?:(?<classes>.+?) did not|(?:and )?(?:nor|neither) did (?<nor>.+))$/,
    read: ({ classes, nor }, memory) =>
      memory.verb === null
        ? { reason: "'did not' has no sentence before it that says what" }
        : ledBy((classes ?? nor)!, false, undefined, memory),
  },
];
