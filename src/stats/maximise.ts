const GOLDEN = (3 - Math.sqrt(5)) / 2;

/**
 * Place of a local maximum of `f` in [from, to] by golden sections and parabolas (Brent 1973, Algorithms for Minimization
 * without Derivatives, chapter 5).
 * @param tolerance of the place, relative to the width of the interval
 */
export function maximise(f: (x: number) => number, from: number, to: number, tolerance = 1e-9): number {
  let [low, high] = [from, to];
  let best = low + GOLDEN * (high - low);
  let second = best;
  let third = best;
  let bestValue = f(best);
  let secondValue = bestValue;
  let thirdValue = bestValue;
  let step = 0;
  let stepBefore = 0;
  const least = tolerance * (to - from);
  for (let iteration = 0; iteration < 100; iteration++) {
    const middle = (low + high) / 2;
    if (Math.abs(best - middle) + (high - low) / 2 <= 2 * least) break;
    const parabola = parabolicStep([best, second, third], [bestValue, secondValue, thirdValue]);
    const inside = best + parabola > low && best + parabola < high;
    if (inside && Math.abs(parabola) < Math.abs(stepBefore) / 2) {
      stepBefore = step;
      step = parabola;
    } else {
      stepBefore = best < middle ? high - best : low - best;
      step = GOLDEN * stepBefore;
    }
    const next = best + (Math.abs(step) >= least ? step : Math.sign(step || 1) * least);
    const value = f(next);
    if (value >= bestValue) {
      if (next < best) high = best;
      else low = best;
      [third, second, best] = [second, best, next];
      [thirdValue, secondValue, bestValue] = [secondValue, bestValue, value];
      continue;
    }
    if (next < best) low = next;
    else high = next;
    if (value >= secondValue || second === best) {
      [third, second] = [second, next];
      [thirdValue, secondValue] = [secondValue, value];
    } else if (value >= thirdValue || third === best || third === second) {
      [third, thirdValue] = [next, value];
    }
  }
  return best;
}

/** From the first point to the top of the parabola through three; NaN where there is none. */
function parabolicStep([x, w, v]: [number, number, number], [fx, fw, fv]: [number, number, number]): number {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  return -((x - v) * q - (x - w) * r) / (2 * (q - r));
}
