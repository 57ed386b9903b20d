import { InvalidRequest } from '../../core/index.js';
import { choleskyFactor } from '../triangular.js';
import type { VectorAutoregression } from '../vector-autoregression.js';

/** A fitted covariance is positive definite in the order of its series; in another, rounding may leave a little less. */
const IN_ANY_ORDER = 1e-15;

/** What is needed of a fitted system to follow a shock through it. */
export type ShockSystem = Pick<VectorAutoregression, 'variables' | 'lags' | 'coefficients' | 'covariance'>;

export interface ImpulseOptions {
  /** Periods after the shock; period 0 is that of the shock. */
  readonly horizon: number;
  /**
   * The variables from first to last: a shock to one moves itself and those after it in the same period, and those before it
   * only later. Default as they stand.
   */
  readonly order?: readonly number[];
  /** One standard deviation of the orthogonalised shock (default), or a shock that moves its own variable by 1 at once. */
  readonly size?: 'standard-deviation' | 'unit';
}

/**
 * Orthogonalised impulse responses: Psi(h) P with P the lower Cholesky factor of the residual covariance in the given order (Sims
 * 1980, Econometrica 48; Luetkepohl 2005, section 2.3.2).
 *
 * @returns [period x variables + response] x variables + shock, periods 0 .. horizon; in units of the response, per unit of the
 *   shocked variable where `size` is 'unit'
 * @throws {InvalidRequest} for an order that does not name each variable once, or a horizon that is no whole number
 */
export function impulseResponses(system: ShockSystem, options: ImpulseOptions): Float64Array {
  const { variables: n, lags, coefficients } = system;
  const { horizon, order = inOrder(n), size = 'standard-deviation' } = options;
  if (!(Number.isInteger(horizon) && horizon >= 0)) {
    throw new InvalidRequest(`a horizon of ${horizon} periods; give 0 or a whole number`);
  }
  if (order.length !== n || new Set(order).size !== n || order.some((v) => !(v >= 0 && v < n))) {
    throw new InvalidRequest(`order ${order.join(', ')} of ${n} variables; name each once`);
  }
  const out = new Float64Array((horizon + 1) * n * n);
  out.set(impacts(system, order, size));
  for (let h = 1; h <= horizon; h++) {
    for (let l = 0; l < Math.min(lags, h); l++) {
      for (let response = 0; response < n; response++) {
        for (let v = 0; v < n; v++) {
          const factor = coefficients[(l * n + response) * n + v]!;
          const to = (h * n + response) * n;
          const from = ((h - 1 - l) * n + v) * n;
          for (let shock = 0; shock < n; shock++) out[to + shock]! += factor * out[from + shock]!;
        }
      }
    }
  }
  return out;
}

/** Responses summed over the periods so far, in the layout of `impulseResponses`. */
export function cumulateResponses(responses: Float64Array, variables: number): Float64Array {
  const square = variables * variables;
  const out = responses.slice();
  for (let at = square; at < out.length; at++) out[at]! += out[at - square]!;
  return out;
}

/**
 * Residual covariance of the system in which some causes have no effect of their own on others in the same period; what reaches
 * them through third variables stays, and so do the variances of the orthogonalised shocks.
 * @param order see `impulseResponses`; links against it have no same-period part
 */
export function cutSamePeriod(
  system: ShockSystem,
  links: readonly { readonly cause: number; readonly effect: number }[],
  order: readonly number[] = inOrder(system.variables),
): Float64Array {
  const n = system.variables;
  const unit = impacts(system, order, 'unit');
  const deviation = impacts(system, order, 'standard-deviation');
  const cut = new Float64Array(n * n);
  // Solves direct effects from total ones, row by row in the order: total = direct through every variable before.
  order.forEach((effect, i) => {
    cut[effect * n + effect] = 1;
    const direct = directEffects(unit, order, i);
    order.slice(0, i).forEach((cause, k) => {
      if (links.some((link) => link.cause === cause && link.effect === effect)) return;
      for (let shock = 0; shock < n; shock++)
        cut[effect * n + shock]! += direct[k]! * cut[cause * n + shock]!;
    });
  });
  const out = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      for (let shock = 0; shock < n; shock++) {
        out[a * n + b]! += cut[a * n + shock]! * cut[b * n + shock]! * deviation[shock * n + shock]! ** 2;
      }
    }
  }
  return out;
}

/** Same-period coefficients of the i-th variable in the order on those before it. */
function directEffects(unit: Float64Array, order: readonly number[], i: number): Float64Array {
  const n = order.length;
  const direct = new Float64Array(i);
  for (let k = i - 1; k >= 0; k--) {
    let value = unit[order[i]! * n + order[k]!]!;
    for (let between = k + 1; between < i; between++) {
      value -= direct[between]! * unit[order[between]! * n + order[k]!]!;
    }
    direct[k] = value;
  }
  return direct;
}

function inOrder(variables: number): number[] {
  return [...new Float64Array(variables).keys()];
}

function impacts(
  { variables: n, covariance }: ShockSystem,
  order: readonly number[],
  size: 'standard-deviation' | 'unit',
): Float64Array {
  const ordered = Float64Array.from(
    { length: n * n },
    (_, at) => covariance[order[Math.floor(at / n)]! * n + order[at % n]!]!,
  );
  const factor = choleskyFactor(ordered, n, IN_ANY_ORDER);
  if (typeof factor === 'number') {
    throw new InvalidRequest(
      `residuals of series ${order[factor]} are a combination of the others; leave it out`,
    );
  }
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const scale = size === 'unit' ? factor[j * n + j]! : 1;
      out[order[i]! * n + order[j]!] = factor[i * n + j]! / scale;
    }
  }
  return out;
}
