"""Reference values for src/stats/autoregression.

Run: pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0 arch==8.0.0
     python test/reference/stats/autoregression.py
Writes autoregression.json beside this file.
"""

import json
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from arch.bootstrap import optimal_block_length
from statsmodels.tsa.api import VAR

from xoshiro import stationary_indices, uniform


def flat(values):
    return [float(v) for v in np.asarray(values, dtype=float).ravel()]


def system(rng, n=260):
    """Return, mood and flow that feed each other, with shocks that share a part and cluster in size."""
    y = np.zeros((n, 3))
    size = 1.0
    for t in range(2, n):
        size = np.sqrt(0.3 + 0.6 * size**2 * rng.chisquare(4) / 4)
        e = size * rng.standard_normal(3)
        y[t, 0] = 0.1 * y[t - 1, 0] + 0.2 * y[t - 1, 2] + e[0]
        y[t, 1] = 0.4 * y[t - 1, 1] + 0.3 * y[t - 1, 0] - 0.1 * y[t - 2, 0] + e[1] + 0.4 * e[0]
        y[t, 2] = 0.3 * y[t - 1, 2] + 0.2 * y[t - 1, 1] + 0.1 * y[t - 2, 1] + e[2] + 0.2 * e[1]
    return np.round(y * np.array([0.02, 5, 1e3]) + np.array([0.001, 40, 200]), 9)


def design_of(y, lags):
    n = len(y)
    return np.column_stack([np.ones(n - lags)] + [y[lags - l : n - l] for l in range(1, lags + 1)])


def granger(y, lags):
    n, k = y.shape
    design = design_of(y, lags)
    tests = []
    for cause in range(k):
        for effect in range(k):
            if cause == effect:
                continue
            fit = sm.OLS(y[lags:, effect], design).fit(cov_type="HC3", use_t=True)
            restriction = np.zeros((lags, design.shape[1]))
            for l in range(lags):
                restriction[l, 1 + l * k + cause] = 1
            test = fit.f_test(restriction)
            tests.append(
                {
                    "cause": cause,
                    "effect": effect,
                    "f": float(test.fvalue),
                    "p": float(test.pvalue),
                    "sum": float(sum(fit.params[1 + l * k + cause] for l in range(lags))),
                }
            )
    adjusted = sm.stats.multipletests([t["p"] for t in tests], method="holm")[1]
    for t, p in zip(tests, adjusted):
        t["adjustedP"] = float(p)
    return {"lags": lags, "tests": tests}


def responses(y, lags, order, horizon):
    """statsmodels takes the Cholesky order from the columns, so they are put in order and back."""
    fit = VAR(y[:, order]).fit(lags, trend="c")
    irf = fit.irf(horizon)
    back = np.argsort(order)

    def restored(values):
        return values[:, back][:, :, back]

    return {
        "lags": lags,
        "order": list(order),
        "horizon": horizon,
        "orthogonalised": flat(restored(irf.orth_irfs)),
        "cumulated": flat(restored(irf.orth_cum_effects)),
    }


def least_squares(y, lags, left_out=()):
    """Coefficients (lag, equation, variable), intercepts, residuals and covariance, equation by equation."""
    n, k = y.shape
    design = design_of(y, lags)
    a, c = np.zeros((lags, k, k)), np.zeros(k)
    residuals = np.zeros((n - lags, k))
    estimated = 0
    for equation in range(k):
        kept = [0] + [
            1 + l * k + v for l in range(lags) for v in range(k) if (v, equation) not in left_out
        ]
        fit = sm.OLS(y[lags:, equation], design[:, kept]).fit()
        estimated += len(kept)
        residuals[:, equation] = fit.resid
        for place, value in zip(kept, fit.params):
            if place == 0:
                c[equation] = value
            else:
                a[(place - 1) // k, equation, (place - 1) % k] = value
    covariance = residuals.T @ residuals / (n - lags - estimated / k)
    bic = np.linalg.slogdet(residuals.T @ residuals / (n - lags))[1] + np.log(n - lags) / (n - lags) * estimated
    return a, c, residuals, covariance, bic


def radius(a):
    lags, k, _ = a.shape
    companion = np.zeros((lags * k, lags * k))
    companion[:k] = np.hstack(list(a))
    companion[k:, :-k] = np.eye((lags - 1) * k)
    return float(np.abs(np.linalg.eigvals(companion)).max())


def unit_sums(a, covariance, order, horizon):
    """Cumulated responses to shocks of size 1, [response, shock]."""
    k = len(order)
    ordered = np.ix_(order, order)
    factor = np.linalg.cholesky(covariance[ordered])
    impact = np.zeros((k, k))
    impact[ordered] = factor / np.diag(factor)
    psi = [np.eye(k)]
    for h in range(1, horizon + 1):
        psi.append(sum(a[l] @ psi[h - 1 - l] for l in range(min(len(a), h))))
    return sum(psi) @ impact


def cut_same_period(covariance, order, links):
    """Direct same-period effects A0 u = e with a link's entry set to 0."""
    ordered = np.ix_(order, order)
    factor = np.linalg.cholesky(covariance[ordered])
    deviation = np.diag(factor)
    a0 = np.linalg.inv(factor / deviation)
    position = {variable: place for place, variable in enumerate(order)}
    for cause, effect in links:
        if position[cause] < position[effect]:
            a0[position[effect], position[cause]] = 0
    impact = np.linalg.inv(a0)
    out = np.zeros_like(covariance)
    out[ordered] = impact @ np.diag(deviation**2) @ impact.T
    return out


def loop(y, lags, order, resamples=60, seed=5, horizon=8, level=0.9, run_in=100):
    links = [(0, 1), (1, 2), (2, 0)]
    a, _, residuals, covariance, bic = least_squares(y, lags)
    n, k = residuals.shape

    def figures(a, covariance):
        sums = unit_sums(a, covariance, order, horizon)
        parts = [sums[effect, cause] for cause, effect in links]
        return parts + [np.prod(parts)]

    block = max(
        1.0, *(float(optimal_block_length(residuals[:, v] ** 2)["stationary"].iloc[0]) for v in range(k))
    )
    length = run_in + lags + n
    draws = []
    for path in stationary_indices(uniform(seed), n, length, resamples, block):
        x = np.zeros((lags + length, k))
        for step, row in enumerate(path):
            t = lags + step
            x[t] = residuals[row] + sum(a[l] @ x[t - 1 - l] for l in range(lags))
        again = least_squares(x[-(n + lags) :], lags)
        draws.append(figures(again[0], again[3]))
    draws = np.array(draws)
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
    a0, _, _, covariance0, bic0 = least_squares(y, lags, left_out=links)
    point = figures(a, covariance)
    p = (1 + (draws[:, :3] <= 0).sum(axis=0)) / (resamples + 1)
    return {
        "lags": lags,
        "order": list(order),
        "resamples": resamples,
        "seed": seed,
        "level": level,
        "meanBlockLength": block,
        "responses": flat(point[:3]),
        "gain": float(point[3]),
        "low": flat(low),
        "high": flat(high),
        "p": flat(p),
        "bic": float(bic),
        "spectralRadius": radius(a),
        "without": {
            "coefficients": flat(a0),
            "covariance": flat(covariance0),
            "bic": float(bic0),
            "spectralRadius": radius(a0),
            "gain": float(figures(a0, cut_same_period(covariance0, order, links))[3]),
        },
    }


def main():
    rng = np.random.default_rng(20260414)
    y = system(rng)
    values = {
        "series": [flat(column) for column in y.T],
        "granger": [granger(y, lags) for lags in (1, 3)],
        "responses": [responses(y, 2, (0, 1, 2), 12), responses(y, 3, (2, 0, 1), 8)],
        "loops": [loop(y, 2, (0, 1, 2)), loop(y, 1, (2, 1, 0))],
    }
    Path(__file__).with_name("autoregression.json").write_text(json.dumps(values) + "\n")


if __name__ == "__main__":
    main()
