import { InvalidRequest } from '../../core/index.js';
import { SIGNING_RULES, type SigningRule } from '../../tape/index.js';

const UNITS_IN_NANOS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 } as const;

/**
 * Reads a lag such as '5s', '2ms', '1ns' or '0'.
 * @returns nanoseconds
 * @throws {InvalidRequest} naming the value and the form
 */
export function parseLag(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ns|us|ms|s)?$/.exec(text) ?? [];
  const nanos = Number(digits) * UNITS_IN_NANOS[(unit ?? 'ns') as keyof typeof UNITS_IN_NANOS];
  if (digits === undefined || !Number.isSafeInteger(nanos))
    throw new InvalidRequest(
      `lag '${text}' is none; give whole nanoseconds as a number and ns, us, ms or s: 1ns, 5s`,
    );
  return nanos;
}

/** @throws {InvalidRequest} naming the value and the choices */
export function parseSigningRule(text: string): SigningRule {
  const found = SIGNING_RULES.find((rule) => rule === text);
  if (found === undefined)
    throw new InvalidRequest(`signing rule '${text}' is unknown; one of ${SIGNING_RULES.join(', ')}`);
  return found;
}

/** A number of shares or dollars as millionths. */
export function parseMicros(text: string, what: string): number {
  const micros = Math.round(Number(text) * 1e6);
  if (!/^\d+(\.\d{1,6})?$/.test(text) || !Number.isSafeInteger(micros))
    throw new InvalidRequest(
      `${what} '${text}' is no number of at most six decimals, such as 200000 or 0.01`,
    );
  return micros;
}
