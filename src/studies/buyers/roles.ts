import { ROLE_MAPPINGS, type Role, type RoleMapping } from '../../core/index.js';

/**
 * What a class is taken for. Dealers and market makers stand between others; non-reportable traders are small, which is
 * the nearest that futures come to retail. Whether leveraged and hedge funds are institutions or speculators is the
 * question on which notes differ, so both answers are printed.
 */
const FIXED_ROLES: Readonly<Record<string, Role>> = {
  dealer: 'intermediary',
  'market-maker': 'intermediary',
  'asset-manager': 'institution',
  'other-reportable': 'institution',
  pension: 'institution',
  'sovereign-wealth': 'institution',
  insurance: 'institution',
  endowment: 'institution',
  bank: 'intermediary',
  'family-office': 'institution',
  'non-reportable': 'retail',
  retail: 'retail',
  'fund-investors': 'retail',
};

const FUNDS = new Set(['leveraged-fund', 'hedge-fund']);

function roleOf(name: string, mapping: RoleMapping): Role {
  if (FUNDS.has(name)) return mapping === 'funds-as-institutions' ? 'institution' : 'speculator';
  return FIXED_ROLES[name] ?? 'unknown';
}

export function rolesOf(name: string): Record<RoleMapping, Role> {
  return Object.fromEntries(ROLE_MAPPINGS.map((mapping) => [mapping, roleOf(name, mapping)])) as Record<
    RoleMapping,
    Role
  >;
}
