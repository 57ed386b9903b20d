import {
  type BuyersRow,
  ROLE_MAPPINGS,
  type Role,
  type RoleConclusion,
  type RoleMapping,
  type RoleOutcome,
} from '../../core/index.js';

const COUNTED = ['institution', 'speculator', 'retail', 'intermediary'] as const;

function outcomeOf(rows: readonly BuyersRow[], mapping: RoleMapping): RoleOutcome {
  const nets = Object.fromEntries(
    COUNTED.map((role) => {
      const of = rows.filter((row) => row.roles[mapping] === role && row.net !== null);
      return [role, of.length === 0 ? null : of.reduce((total, row) => total + row.net!, 0)];
    }),
  ) as Record<(typeof COUNTED)[number], number | null>;
  const buyers = COUNTED.filter((role) => (nets[role] ?? 0) > 0).sort((a, b) => nets[b]! - nets[a]!);
  return { mapping, ...nets, largestBuyer: buyers[0] ?? null };
}

const VERDICTS: Readonly<Partial<Record<Role, RoleConclusion['verdict']>>> = {
  institution: 'institutions',
  speculator: 'speculators',
  retail: 'retail',
  intermediary: 'intermediaries',
};

/**
 * Who bought on balance, under both mappings of classes to roles. Where the two differ, the question is not measurable
 * with these classes, and the answer says so (measures.md section 7).
 */
export function concludeRoles(rows: readonly BuyersRow[]): RoleConclusion {
  const outcomes = ROLE_MAPPINGS.map((mapping) => outcomeOf(rows, mapping));
  const [first, second] = outcomes.map((outcome) => outcome.largestBuyer);
  if (first == null || second == null)
    return {
      verdict: 'not measurable',
      outcomes,
      explanation: 'no class bought on balance, or no net is known',
    };
  const verdict = first === second ? VERDICTS[first] : undefined;
  if (verdict === undefined)
    return {
      verdict: 'not measurable',
      outcomes,
      explanation: `it depends on what leveraged and hedge funds are taken for: the largest net buyer is the ${first} with them as institutions, the ${second} with them as speculators`,
    };
  return { verdict, outcomes, explanation: `the largest net buyer under both mappings: ${verdict}` };
}
