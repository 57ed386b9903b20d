import { InvalidRequest } from '../../core/index.js';

export interface MatchRequest {
  /** What an event's matches should be near in, one array a covariate, one value a period; NaN = missing. */
  readonly covariates: readonly Float64Array[];
  /** 1 where the outcome of a period is known, 0 elsewhere. */
  readonly usable: Uint8Array;
  /** Periods, ascending: all that the rule found, declustered or not, for matches keep away from all of them. */
  readonly events: ArrayLike<number>;
  /** Fewest periods between a match and any event, and between two matches of one period: the outcome's horizon. */
  readonly exclusion: number;
  /** Matches wanted of each period, default 5; fewer where there are no more. */
  readonly neighbours?: number;
}

/** Matches of every period that has any. */
export interface Matching {
  readonly exclusion: number;
  /** Ordinary periods, ascending: usable, every covariate known, at least `exclusion` from any event. */
  readonly ordinary: Uint32Array;
  /** Matches of a period, nearest first; none where a covariate is missing or the period is not usable. */
  matchesOf(period: number): Uint32Array;
}

const DEFAULT_NEIGHBOURS = 5;
/** Periods whose nearest is kept; about the root of a usual number of them. */
const STRETCH = 32;

/**
 * Nearest ordinary periods in covariates divided by their standard deviation over ordinary periods (Euclidean distance; Abadie and
 * Imbens 2006, Econometrica 74, with replacement). Matches of one period keep `exclusion` periods from it and from each other, so
 * that their outcomes do not overlap and five matches are five episodes.
 *
 * @throws {InvalidRequest} for no covariate, unequal lengths, or an exclusion or number of neighbours under 1
 */
export function matchPeriods(request: MatchRequest): Matching {
  const { covariates, usable, exclusion, neighbours = DEFAULT_NEIGHBOURS } = request;
  checkRequest(request, neighbours);
  const known = usable.map((flag, t) =>
    flag === 1 && covariates.every((values) => !Number.isNaN(values[t]!)) ? 1 : 0,
  );
  const isFree = known.slice();
  for (let i = 0; i < request.events.length; i++) {
    const event = request.events[i]!;
    isFree.fill(0, Math.max(0, event - exclusion + 1), Math.min(isFree.length, event + exclusion));
  }
  const ordinary = Uint32Array.from([...isFree.keys()].filter((t) => isFree[t] === 1));
  const scaled = covariates.map((values) => divideByDeviation(values, ordinary));
  const found = new Map<number, Uint32Array>();
  const matchesOf = (period: number) => {
    const before = found.get(period);
    if (before) return before;
    const isKnown = known[period] === 1;
    const matches = isKnown ? nearest(period, scaled, ordinary, exclusion, neighbours) : new Uint32Array(0);
    found.set(period, matches);
    return matches;
  };
  return { exclusion, ordinary, matchesOf };
}

function checkRequest({ covariates, usable, exclusion }: MatchRequest, neighbours: number): void {
  if (covariates.length === 0) throw new InvalidRequest('no covariate to match on; give one or more');
  covariates.forEach((values, c) => {
    if (values.length !== usable.length) {
      throw new InvalidRequest(
        `covariate ${c} has ${values.length} periods, the outcome ${usable.length}; align them`,
      );
    }
  });
  if (!(Number.isInteger(exclusion) && exclusion >= 1)) {
    throw new InvalidRequest(`an exclusion of ${exclusion} periods; give 1 or more`);
  }
  if (!(Number.isInteger(neighbours) && neighbours >= 1)) {
    throw new InvalidRequest(`${neighbours} matches; ask for 1 or more`);
  }
}

/** A covariate that does not vary over the periods says nothing and becomes 0. */
function divideByDeviation(values: Float64Array, periods: Uint32Array): Float64Array {
  let centre = 0;
  for (const t of periods) centre += values[t]! / periods.length;
  let square = 0;
  for (const t of periods) square += (values[t]! - centre) ** 2 / Math.max(1, periods.length - 1);
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  return values.map((value) => value * scale);
}

function nearest(
  period: number,
  scaled: readonly Float64Array[],
  ordinary: Uint32Array,
  exclusion: number,
  neighbours: number,
): Uint32Array {
  const distances = new Float64Array(ordinary.length);
  for (const values of scaled) {
    const at = values[period]!;
    for (let i = 0; i < ordinary.length; i++) {
      const apart = values[ordinary[i]!]! - at;
      distances[i]! += apart * apart;
    }
  }
  // The nearest of each stretch stands ready, so that a match is looked for among stretches, and few are looked through again.
  const stretches = Int32Array.from({ length: Math.ceil(distances.length / STRETCH) }, (_, stretch) =>
    nearestOf(distances, stretch),
  );
  const found: number[] = [];
  const close = (centre: number) => {
    const first = firstAtLeast(ordinary, centre - exclusion + 1);
    let end = first;
    for (; ordinary[end]! < centre + exclusion; end++) distances[end] = Number.POSITIVE_INFINITY;
    for (let stretch = Math.floor(first / STRETCH); stretch * STRETCH < end; stretch++)
      stretches[stretch] = nearestOf(distances, stretch);
  };
  close(period);
  while (found.length < neighbours) {
    let best = -1;
    for (let k = 0; k < stretches.length; k++) {
      const candidate = stretches[k]!;
      if (candidate >= 0 && (best < 0 || distances[candidate]! < distances[best]!)) best = candidate;
    }
    if (best < 0) break;
    found.push(ordinary[best]!);
    close(ordinary[best]!);
  }
  return Uint32Array.from(found);
}

/** Place of the smallest finite distance of a stretch, the first of equals; -1 without one. */
function nearestOf(distances: Float64Array, stretch: number): number {
  const end = Math.min(distances.length, (stretch + 1) * STRETCH);
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = stretch * STRETCH; i < end; i++) {
    if (distances[i]! < least) {
      least = distances[i]!;
      best = i;
    }
  }
  return best;
}

function firstAtLeast(ascending: Uint32Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
