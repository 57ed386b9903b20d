"""Reference values for src/stats/events, src/stats/forecasts, cross-correlation.ts and seasonal-surprise.ts.

Run: pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0 arch==8.0.0
     python test/reference/stats/events.py
Writes events.json beside this file.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from arch.bootstrap import optimal_block_length
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import brentq
from statsmodels.stats.power import TTestPower
from statsmodels.stats.proportion import proportion_confint
from statsmodels.tsa.stattools import ccf

from xoshiro import stationary_indices, uniform


def flat(values):
    return [None if np.isnan(v) else float(v) for v in np.asarray(values, dtype=float).ravel()]


def block_length(x):
    return max(1.0, float(optimal_block_length(x)["stationary"].iloc[0]))


def detectable_move(n, power):
    """Root of the power of the t-test, the noncentral t as an integral over the chi distribution (scipy's own is lost far
    out, and statsmodels' solve_power stops at six digits); checked against statsmodels where that has a value."""
    critical = stats.t.ppf(0.975, n - 1)
    chi = stats.chi(n - 1, scale=1 / np.sqrt(n - 1))

    def power_at(move):
        def part(ratio):
            shift, edge = move * np.sqrt(n), critical * ratio
            return chi.pdf(ratio) * (stats.norm.cdf(shift - edge) + stats.norm.cdf(-shift - edge))

        low, high = chi.ppf(1e-16), chi.isf(1e-16)
        return quad(part, low, high, points=[1.0], epsabs=1e-13, epsrel=1e-13, limit=500)[0]

    move = brentq(lambda d: power_at(d) - power, 1e-3, 30, xtol=1e-13, rtol=1e-13)
    known = TTestPower().power(move, n, 0.05)
    assert np.isnan(known) or abs(known - power) < 1e-9, (n, known)
    return float(move)


def detectable():
    moves = [(n, 0.8) for n in (2, 3, 5, 10, 20, 60, 400)] + [(7, 0.5), (7, 0.95)]
    return [
        {"n": n, "power": power, "move": detectable_move(n, power)}
        for n, power in moves
    ]


def study(rng, n=260, horizon=4, neighbours=3, resamples=200, seed=9, level=0.9):
    """Events against matched periods by plain loops, the null on the program's own bootstrap draws."""
    volatility = np.ones(n)
    returns = np.zeros(n)
    for t in range(1, n):
        volatility[t] = np.sqrt(0.1 + 0.8 * volatility[t - 1] ** 2 + 0.1 * returns[t - 1] ** 2)
        returns[t] = volatility[t] * rng.standard_normal()
    outcome = np.array([returns[t + 1 : t + 1 + horizon].sum() if t + horizon < n else np.nan for t in range(n)])
    trailing = np.array([returns[t - 12 : t + 1].sum() if t >= 12 else np.nan for t in range(n)])
    deviation = np.array([returns[t - 12 : t + 1].std(ddof=1) if t >= 12 else np.nan for t in range(n)])
    events = [20, 23, 70, 101, 140, 190, 215, 258]
    outcome, trailing, deviation = (np.round(v, 9) for v in (outcome, trailing, deviation))
    covariates = np.column_stack([trailing, deviation])
    known = ~np.isnan(outcome) & ~np.isnan(covariates).any(axis=1)
    ordinary = [t for t in range(n) if known[t] and min(abs(t - e) for e in events) >= horizon]
    scaled = covariates / covariates[ordinary].std(axis=0, ddof=1)

    def matches(t):
        if not known[t]:
            return []
        found = []
        for other in sorted(ordinary, key=lambda o: np.sum((scaled[o] - scaled[t]) ** 2)):
            if len(found) < neighbours and all(abs(other - taken) >= horizon for taken in [t, *found]):
                found.append(other)
        return found

    def difference(t):
        return outcome[t] - np.mean([outcome[m] for m in matches(t)])

    used = [e for e in events if matches(e)]
    differences = np.array([difference(e) for e in used])
    answer = {
        "outcome": flat(outcome),
        "covariates": [flat(trailing), flat(deviation)],
        "events": events,
        "horizon": horizon,
        "neighbours": neighbours,
        "resamples": resamples,
        "seed": seed,
        "level": level,
        "used": used,
        "matches": [matches(e) for e in used],
        "ordinary": ordinary,
        "differences": flat(differences),
        "effect": float(differences.mean()),
        "mean": float(outcome[used].mean()),
        "median": float(np.median(outcome[used])),
        "leaveOneOut": flat([np.delete(differences, i).mean() for i in range(len(used))]),
        "signP": float(stats.binomtest(int((differences > 0).sum()), len(used)).pvalue),
        "signFlipP": float(
            np.mean(
                [
                    abs(np.dot(signs, differences)) >= abs(differences.sum()) - 1e-9
                    for signs in product([1, -1], repeat=len(used))
                ]
            )
        ),
        "nulls": [],
    }
    for name, scale in (("none", np.ones(n)), ("deviation", deviation)):
        # Residual of an ordinary period: its matched difference, brought back to the variance of one outcome.
        residual = np.array(
            [difference(t) / scale[t] / np.sqrt(1 + 1 / len(matches(t))) for t in ordinary if matches(t)]
        )
        block = max(horizon, block_length(residual))
        residual = (residual - residual.mean()) * np.sqrt(len(residual) / (len(residual) - block))
        draws = []
        for path in stationary_indices(uniform(seed), len(residual), n, resamples, block):
            drawn = residual[path] * scale
            draws.append(np.mean([drawn[e] - np.mean(drawn[matches(e)]) for e in used]))
        # The draws' deviation is an estimate on so many looks (O'Neill 2014): a draw stands for the Student value as rare as its
        # normal one.
        looks = len(residual) / block
        freedom = 2 * looks / (stats.kurtosis(residual, fisher=False) - (looks - 3) / (looks - 1))
        deviation = np.std(draws, ddof=1)
        z = np.array(draws) / deviation
        draws = deviation * np.sign(z) * stats.t.isf(stats.norm.sf(np.abs(z)), freedom)
        effect = differences.mean()
        low, high = (
            deviation * np.sign(q) * stats.t.isf(stats.norm.sf(abs(q)), freedom)
            for q in np.quantile(z, [(1 - level) / 2, (1 + level) / 2])
        )
        # 20 and 23 overlap; the other five used events stand alone.
        independent = sum(1 for i, e in enumerate(used) if i == 0 or e - used[i - 1] >= horizon)
        spread = deviation * np.sqrt(independent)
        answer["nulls"].append(
            {
                "scale": name,
                "freedom": float(freedom),
                "p": float((1 + np.sum(np.abs(draws) >= abs(effect))) / (resamples + 1)),
                # The same with 2 more after every event, which changes the effect alone.
                "movedP": float((1 + np.sum(np.abs(draws) >= abs(effect + 2))) / (resamples + 1)),
                "band": [float(effect - high), float(effect - low)],
                "independent": independent,
                "detectable": float(detectable_move(independent, 0.8) * spread),
            }
        )
    return answer


def cross(rng, n=200, lags=6, resamples=150, seed=21, level=0.9):
    x, y = np.zeros(n), np.zeros(n)
    for t in range(3, n):
        x[t] = 0.6 * x[t - 1] + rng.standard_normal()
        y[t] = 0.5 * y[t - 1] + 0.5 * x[t - 3] + rng.standard_normal()
    x, y = np.round(x, 9), np.round(y, 9)

    def correlate(x, y):
        # ccf(a, b)[k] correlates a(t + k) with b(t).
        ahead = ccf(y, x, adjusted=False, fft=False)[: lags + 1]
        behind = ccf(x, y, adjusted=False, fft=False)[1 : lags + 1]
        return np.concatenate([behind[::-1], ahead])

    correlations = correlate(x, y)
    stream = uniform(seed)
    blocks = [3 * block_length(x), 3 * block_length(y)]
    draws = []
    for _ in range(resamples):
        first = stationary_indices(stream, n, n, 1, blocks[0])[0]
        second = stationary_indices(stream, n, n, 1, blocks[1])[0]
        draws.append(correlate(x[first], y[second]))
    draws = np.array(draws)
    largest = np.abs(draws).max(axis=1)
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return {
        "x": flat(x),
        "y": flat(y),
        "lags": lags,
        "resamples": resamples,
        "seed": seed,
        "level": level,
        "correlations": flat(correlations),
        "lower": flat(low),
        "upper": flat(high),
        "simultaneous": float(np.quantile(largest, level)),
        "p": float((1 + np.sum(largest >= np.abs(correlations).max())) / (resamples + 1)),
        "strongest": int(np.argmax(np.abs(correlations))) - lags,
    }


def survival(rng, n=40):
    times = np.ceil(rng.exponential(20, n))
    happened = (rng.random(n) < 0.6).astype(int)
    cases = []
    for t, d in ((times, happened), (np.arange(1.0, 8), np.ones(7, int)), (np.arange(1.0, 9), np.array([1, 0] * 4))):
        fit = sm.SurvfuncRight(t, d)
        low, high = fit.quantile_ci(0.5, alpha=0.1, method="cloglog")
        median = fit.quantile(0.5)
        cases.append(
            {
                "times": flat(t),
                "happened": [int(v) for v in d],
                "at": flat(fit.surv_times),
                "survival": flat(fit.surv_prob),
                "standardErrors": flat(fit.surv_prob_se),
                "median": None if not np.isfinite(median) else float(median),
                "low": None if not np.isfinite(low) else float(low),
                "high": None if not np.isfinite(high) else float(high),
            }
        )
    return cases


def proportions():
    cases = []
    for k, n in ((0, 5), (3, 5), (7, 20), (20, 20), (190, 200), (1, 1)):
        cases.append(
            {
                "k": k,
                "n": n,
                "wilson": flat(proportion_confint(k, n, alpha=0.1, method="wilson")),
                "exact": flat(proportion_confint(k, n, alpha=0.1, method="beta")),
                "p": float(stats.binomtest(k, n, 0.9).pvalue),
                "signP": float(stats.binomtest(k, n, 0.5).pvalue),
            }
        )
    return cases


def brier(rng):
    cases = []
    for probabilities in (rng.choice([0.1, 0.3, 0.6, 0.9], 80), np.round(rng.random(80), 6)):
        outcomes = (rng.random(80) < probabilities).astype(int)
        base = outcomes.mean()
        if len(set(probabilities)) <= 10:
            bins = probabilities
        else:
            bins = np.minimum(9, np.floor(10 * probabilities))
        reliability = resolution = within = 0.0
        for b in set(bins):
            f, o = probabilities[bins == b], outcomes[bins == b]
            share = len(f) / 80
            reliability += share * (f.mean() - o.mean()) ** 2
            resolution += share * (o.mean() - base) ** 2
            # Stephenson, Coelho and Jolliffe (2008): variance less twice the covariance within the bin.
            within += np.sum((f - f.mean()) ** 2 - 2 * (f - f.mean()) * (o - o.mean())) / 80
        cases.append(
            {
                "probabilities": flat(probabilities),
                "outcomes": [int(o) for o in outcomes],
                "score": float(np.mean((probabilities - outcomes) ** 2)),
                "reliability": float(reliability),
                "resolution": float(resolution),
                "uncertainty": float(base * (1 - base)),
                "withinBins": float(within),
            }
        )
    return cases


def surprises(rng, n=40):
    x = np.round(np.cumsum(0.02 + 0.1 * rng.standard_normal(n)) + np.tile([1, 1.2, 0.9, 1.6], n // 4), 4)
    x[17] = np.nan
    expected, standardised = np.full(n, np.nan), np.full(n, np.nan)
    for t in range(n):
        differences = np.array([x[s] - x[s - 4] for s in range(max(4, t - 20), t)])
        differences = differences[~np.isnan(differences)]
        if len(differences) < 8:
            continue
        expected[t] = x[t - 4] + differences.mean()
        standardised[t] = (x[t] - expected[t]) / differences.std(ddof=1)
    return {"series": flat(x), "expected": flat(expected), "standardised": flat(standardised)}


def quantiles(rng, share=0.1, resamples=150, seed=31, level=0.9):
    values, reference = np.round(rng.standard_normal(24) - 0.5, 9), np.round(rng.standard_normal(90), 9)
    stream = uniform(seed)
    ours = [np.quantile(values[p], share) for p in stationary_indices(stream, 24, 24, resamples, 1)]
    theirs = [np.quantile(reference[p], share) for p in stationary_indices(stream, 90, 90, resamples, 5)]
    draws = np.array(ours) - np.array(theirs)
    tails = [(1 - level) / 2, (1 + level) / 2]
    return {
        "values": flat(values),
        "reference": flat(reference),
        "share": share,
        "resamples": resamples,
        "seed": seed,
        "level": level,
        "value": float(np.quantile(values, share)),
        "referenceValue": float(np.quantile(reference, share)),
        "band": flat(np.quantile(draws, tails)),
        "ownBand": flat(np.quantile(ours, tails)),
        "p": float(min(1, 2 * (1 + min((draws >= 0).sum(), (draws <= 0).sum())) / (resamples + 1))),
    }


def main():
    rng = np.random.default_rng(20260414)
    values = {
        "detectable": detectable(),
        "study": study(rng),
        "cross": cross(rng),
        "survival": survival(rng),
        "proportions": proportions(),
        "brier": brier(rng),
        "surprises": surprises(rng),
        "quantiles": quantiles(rng),
    }
    Path(__file__).with_name("events.json").write_text(json.dumps(values) + "\n")


if __name__ == "__main__":
    main()
