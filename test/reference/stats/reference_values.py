"""Reference values for src/stats from independent implementations.

Run: pip install numpy==2.4.6 scipy==1.17.1 arch==8.0.0; python test/reference/stats/reference_values.py
Writes values.json beside this file.
"""

import json
from pathlib import Path

import numpy as np
from arch.bootstrap import optimal_block_length
from scipy import stats
from scipy.optimize import fmin


def rounded(values):
    return [None if np.isnan(v) else float(np.round(v, 12)) for v in values]


def series(rng):
    """Named weekly-like series: independent, persistent, alternating, heavy-tailed, short."""
    noise = rng.standard_normal(700)

    def autoregression(coefficient, n):
        out = np.zeros(n)
        for t in range(1, n):
            out[t] = coefficient * out[t - 1] + noise[t]
        return out

    return {
        "independent": rng.standard_normal(522),
        "AR(1) 0.3": autoregression(0.3, 522),
        "AR(1) 0.8": autoregression(0.8, 700),
        "AR(1) -0.5": autoregression(-0.5, 300),
        "Student t3": rng.standard_t(3, 400),
        "sixty": rng.standard_normal(60),
        "one-sided": np.maximum(0, rng.standard_normal(522)),
    }


def block_lengths(named):
    return {name: float(optimal_block_length(x)["stationary"].iloc[0]) for name, x in named.items()}


def precise(f, x0, args=(), disp=0):
    return fmin(f, x0, args=args, xtol=1e-12, ftol=1e-14, maxiter=20000, maxfun=20000, disp=0)


def generalised_pareto(rng):
    cases = []
    for shape in (-0.4, -0.2, 0.0, 0.1, 0.3, 0.8):
        for n in (30, 52, 400):
            y = np.round(stats.genpareto.rvs(shape, scale=1.7, size=n, random_state=rng), 12)
            fits = [
                stats.genpareto.fit(y, start, floc=0, scale=np.mean(y), optimizer=precise)
                for start in (-0.3, 0.01, 0.3, 0.8)
            ]
            best = max(fits, key=lambda fit: stats.genpareto.logpdf(y, *fit).sum())
            c, _, scale = best
            cases.append(
                {
                    "excesses": [float(v) for v in y],
                    "shape": float(c),
                    "scale": float(scale),
                    "logLikelihood": float(stats.genpareto.logpdf(y, *best).sum()),
                    "survivalOf3": float(stats.genpareto.sf(3, *best)),
                    "onePercentPoint": float(stats.genpareto.isf(0.01, *best)),
                }
            )
    return cases


def scales(x):
    """z, robust z and percentile of every element over the 52 before it, and volScaled, by plain slices."""
    n = len(x)
    z, robust, percentile, vol = (np.full(n, np.nan) for _ in range(4))
    for t in range(n):
        before = x[max(0, t - 52) : t]
        before = before[~np.isnan(before)]
        if np.isnan(x[t]) or len(before) < 0.9 * 52:
            continue
        z[t] = (x[t] - before.mean()) / before.std(ddof=1)
        median = np.median(before)
        robust[t] = 0.6745 * (x[t] - median) / np.median(np.abs(before - median))
        percentile[t] = stats.percentileofscore(before, x[t], kind="mean") / 100
    present = np.flatnonzero(~np.isnan(x))
    variance = np.mean(x[present[:52]] ** 2)
    for t in present[52:]:
        vol[t] = x[t] / np.sqrt(variance)
        variance = 0.97 * variance + 0.03 * x[t] ** 2
    return {"z": rounded(z), "robustZ": rounded(robust), "percentile": rounded(percentile), "volScaled": rounded(vol)}


def record_scale(x):
    """Trend of log |x| by numpy.polyfit, volatility and residuals by the recursion of measures.md 5.2."""
    n = len(x)
    used = np.flatnonzero(~np.isnan(x) & (x != 0))
    slope, intercept = np.polyfit(used, np.log(np.abs(x[used])), 1)
    trend = np.exp(intercept + slope * np.arange(n + 1))
    detrended = x / trend[:n]
    present = np.flatnonzero(~np.isnan(x))
    variance = np.mean(detrended[present[:52]] ** 2)
    scale = np.zeros(n + 1)
    for k in range(n + 1):
        scale[k] = trend[k] * np.sqrt(variance)
        if k < n and not np.isnan(x[k]):
            variance = 0.97 * variance + 0.03 * detrended[k] ** 2
    return {"logSlope": float(slope), "scale": [float(v) for v in scale]}


def main():
    rng = np.random.default_rng(20260414)
    named = {name: np.round(x, 12) for name, x in series(rng).items()}
    with_gaps = np.round(rng.standard_normal(300) * np.exp(np.arange(300) * 0.002) * 1e9 + 2e8, 3)
    with_gaps[[5, 60, 61, 62, 150, 220]] = np.nan
    zeros = with_gaps.copy()
    zeros[::7] = 0
    values = {
        "series": {name: [float(v) for v in x] for name, x in named.items()},
        "blockLength": block_lengths(named),
        "generalisedPareto": generalised_pareto(rng),
        "withGaps": rounded(with_gaps),
        "scales": scales(with_gaps),
        "withZeros": rounded(zeros),
        "recordScale": record_scale(zeros),
    }
    Path(__file__).with_name("values.json").write_text(json.dumps(values) + "\n")


if __name__ == "__main__":
    main()
