import {
  type BuyersPlace,
  type BuyersRow,
  OUTSIDE_CLASS,
  ROLE_MAPPINGS,
  ROLES,
  type Role,
  type RoleConclusion,
  type RoleMapping,
  type RoleOutcome,
  type RoleRow,
} from '../../core/index.js';

const DECIDING = ['institution', 'speculator', 'retail', 'intermediary'] as const;

function outcomeOf(rows: readonly BuyersRow[], mapping: RoleMapping): RoleOutcome {
  const nets = Object.fromEntries(
    ROLES.map((role) => {
      const of = rows.filter((row) => row.roles[mapping] === role && row.net !== null);
      return [role, of.length === 0 ? null : of.reduce((total, row) => total + row.net!, 0)];
    }),
  ) as Record<Role, number | null>;
  const buyers = ROLES.filter((role) => (nets[role] ?? 0) > 0).sort((a, b) => nets[b]! - nets[a]!);
  return { mapping, ...nets, largestBuyer: buyers[0] ?? null };
}

const VERDICTS: Readonly<Partial<Record<Role, RoleConclusion['verdict']>>> = {
  institution: 'institutions',
  speculator: 'speculators',
  retail: 'retail',
  intermediary: 'intermediaries',
};

const NO_INVESTORS = {
  verdict: 'not measurable',
  explanation:
    "the tape tells kinds of prints and not who traded: identified retail is a part of retail, and every other kind may be anyone's",
} as const;

function judge(outcomes: readonly RoleOutcome[]): Pick<RoleConclusion, 'verdict' | 'explanation'> {
  const [first, second] = outcomes.map((outcome) => outcome.largestBuyer);
  if (first == null || second == null)
    return {
      verdict: 'not measurable',
      explanation: 'no class of the data bought on balance, or no net is known',
    };
  if (first !== second)
    return {
      verdict: 'not measurable',
      explanation: `it depends on what leveraged and hedge funds are taken for: the largest net buyer is the ${first} with them as institutions, the ${second} with them as speculators`,
    };
  const verdict = VERDICTS[first];
  if (verdict === undefined)
    return {
      verdict: 'not measurable',
      explanation: 'the largest net buyer is a class that neither mapping knows',
    };
  const absent = DECIDING.filter((role) => outcomes.every((outcome) => outcome[role] === null));
  const missing = absent.length === 0 ? '' : `; the data has no class of the kind ${absent.join(', ')}`;
  return { verdict, explanation: `the largest net buyer under both mappings: ${verdict}${missing}` };
}

/**
 * Who bought on balance, under both mappings of classes to roles, among the classes of the data. Where the two differ, the
 * question is not measurable with these classes, and the answer says so (measures.md section 7).
 */
export function concludeRoles(rows: readonly BuyersRow[]): RoleConclusion {
  const inside = rows.filter((row) => row.class !== OUTSIDE_CLASS);
  const outcomes = ROLE_MAPPINGS.map((mapping) => outcomeOf(inside, mapping));
  if (inside[0]?.basis === 'tape') return { outcomes, ...NO_INVESTORS };
  return { outcomes, ...judge(outcomes) };
}

/** A conclusion as rows of an answer, one a mapping. */
export function roleRows(
  { outcomes, verdict, explanation }: RoleConclusion,
  place: BuyersPlace,
  unit: BuyersRow['unit'],
): RoleRow[] {
  return outcomes.map((outcome) => ({ kind: 'role', ...place, unit, ...outcome, verdict, explanation }));
}
