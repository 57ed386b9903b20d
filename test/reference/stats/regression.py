"""Reference values for src/stats/regression and src/stats/distributions.

Run: pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0 linearmodels==7.1 arch==8.0.0 (with pandas)
     python test/reference/stats/regression.py
Writes regression.json beside this file.
"""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
from arch.bootstrap import optimal_block_length
from linearmodels.panel import FamaMacBeth
from scipy import stats
from statsmodels.regression.rolling import RollingOLS

from xoshiro import stationary_indices, uniform


def numbers(values):
    return [None if np.isnan(v) else float(v) for v in np.asarray(values, dtype=float).ravel()]


def rows_of(rng, n=240):
    """Persistent regressors of different units, autocorrelated and heteroskedastic errors, a few holes."""
    x = np.zeros((n, 5))
    error = np.zeros(n)
    for t in range(1, n):
        x[t] = 0.5 * x[t - 1] + rng.standard_normal(5)
        error[t] = 0.4 * error[t - 1] + rng.standard_normal() * (1 + 0.5 * abs(x[t, 0]))
    x[:, 3] = 0.7 * x[:, 2] + 0.5 * x[:, 3]
    x = x * np.array([1, 0.02, 40, 90, 0.2]) + np.array([0, 0.05, -100, 50, 3])
    y = 0.3 * x[:, 0] + 20 * x[:, 1] - 0.005 * x[:, 2] + error
    x, y = np.round(x, 9), np.round(y, 9)
    x[17, 1] = x[90, 4] = y[130] = np.nan
    return x, y


def automatic_lag(h):
    """bwNeweyWest of R's sandwich (Zeileis 2004) for the Bartlett kernel without prewhitening, rounded down."""
    n = len(h)
    m = int(np.floor(4 * (n / 100) ** (2 / 9)))
    sigma = [np.sum(h[: n - j] * h[j:]) / n for j in range(m + 1)]
    s0 = sigma[0] + 2 * sum(sigma[1:])
    s1 = 2 * sum(j * sigma[j] for j in range(1, m + 1))
    return int(np.floor(1.1447 * ((s1 / s0) ** 2) ** (1 / 3) * n ** (1 / 3)))


def least_squares(x, y):
    known = ~np.isnan(x).any(axis=1) & ~np.isnan(y)
    design = sm.add_constant(x[known])
    plain = sm.OLS(y[known], design).fit()
    standardised = (x[known] / x[known].std(axis=0)).sum(axis=1)
    lag = automatic_lag(standardised * plain.resid)
    fits = []
    for lags in (0, 4, lag):
        for small in (True, False):
            fit = sm.OLS(y[known], design).fit(
                cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": small}, use_t=small
            )
            fits.append(
                {
                    "lags": lags,
                    "smallSample": small,
                    "coefficients": numbers(fit.params),
                    "standardErrors": numbers(fit.bse),
                    "tValues": numbers(fit.tvalues),
                    "pValues": numbers(fit.pvalues),
                    "lower": numbers(fit.conf_int(0.1)[:, 0]),
                    "upper": numbers(fit.conf_int(0.1)[:, 1]),
                }
            )
    through_zero = sm.OLS(y[known], x[known]).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True)
    return {
        "automaticLag": lag,
        "rSquared": plain.rsquared,
        "adjustedRSquared": plain.rsquared_adj,
        "fits": fits,
        "throughZero": {
            "rSquared": through_zero.rsquared,
            "adjustedRSquared": through_zero.rsquared_adj,
            "tValues": numbers(through_zero.tvalues),
        },
    }


def out_of_sample(x, y, training):
    known = ~np.isnan(x).any(axis=1) & ~np.isnan(y)
    design, response = sm.add_constant(x[known]), y[known]
    predicted, means = [], []
    for t in range(training, len(response)):
        beta = sm.OLS(response[:t], design[:t]).fit().params
        predicted.append(design[t] @ beta)
        means.append(response[:t].mean())
    actual = response[training:]
    r2 = 1 - np.sum((actual - predicted) ** 2) / np.sum((actual - means) ** 2)
    return {"training": training, "rSquared": float(r2), "predicted": numbers(predicted), "means": numbers(means)}


GROUPS = {"first": [0], "second": [1, 2], "third": [3]}
CONTROLS = [4]


def r_squared(x, y, columns):
    design = np.column_stack([np.ones(len(y)), x[:, columns]])
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return 1 - residual @ residual / np.sum((y - y.mean()) ** 2)


def lmg(x, y):
    """The mean over all orders of the R2 that each group adds after the controls: relaimpo's lmg, by brute force."""
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    shares = dict.fromkeys(GROUPS, 0.0)
    orders = list(permutations(GROUPS))
    for order in orders:
        columns = list(CONTROLS)
        before = r_squared(x, y, columns)
        for name in order:
            columns += GROUPS[name]
            after = r_squared(x, y, columns)
            shares[name] += (after - before) / len(orders)
            before = after
    return shares


def shapley(x, y, resamples=200, seed=11, level=0.9):
    known = ~np.isnan(x).any(axis=1) & ~np.isnan(y)
    x, y = x[known], y[known]
    point = lmg(x, y)
    z = (x - x.mean(axis=0)) * (y - y.mean())[:, None]
    block = max(1.0, *(float(optimal_block_length(z[:, k])["stationary"].iloc[0]) for k in range(z.shape[1])))
    indices = stationary_indices(uniform(seed), len(y), len(y), resamples, block)
    draws = [lmg(x[path], y[path]) for path in indices]
    tail = (1 - level) / 2
    bands = {}
    for name, value in point.items():
        drawn = np.array([draw[name] for draw in draws])
        shift = 2 * (drawn.mean() - value)
        bands[name] = [max(0.0, end - shift) for end in np.quantile(drawn, [tail, 1 - tail])]
    return {
        "groups": GROUPS,
        "controls": CONTROLS,
        "shares": point,
        "rSquared": r_squared(x, y, [0, 1, 2, 3, 4]),
        "controlsRSquared": r_squared(x, y, CONTROLS),
        "resamples": resamples,
        "seed": seed,
        "level": level,
        "meanBlockLength": block,
        "firstPath": [int(i) for i in indices[0]],
        "bands": bands,
    }


def fama_macbeth(rng, periods=60, names=25):
    rows = []
    for t in range(periods):
        price = 0.5 + 0.3 * np.sin(t / 4)
        for name in range(names - (t % 7)):
            a, b = rng.standard_normal(2)
            rows.append((name, t, price * a + 0.1 * b + rng.standard_normal(), a, b))
    frame = pd.DataFrame(rows, columns=["name", "period", "y", "a", "b"]).round(9)
    panel = frame.set_index(["name", "period"])
    panel["const"] = 1.0
    fit = FamaMacBeth(panel["y"], panel[["const", "a", "b"]])
    fits = []
    for lags in (0, 3):
        # 'debiased' is the factor periods / (periods - 1).
        result = fit.fit(cov_type="kernel", kernel="bartlett", bandwidth=lags, debiased=True)
        coefficients = result.all_params.dropna().to_numpy()
        by_hand = [
            sm.OLS(column, np.ones(len(column))).fit(
                cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
            )
            for column in coefficients.T
        ]
        fits.append(
            {
                "lags": lags,
                "estimates": numbers(result.params),
                "linearmodelsErrors": numbers(result.std_errors),
                "standardErrors": numbers([r.bse[0] for r in by_hand]),
                "tValues": numbers([r.tvalues[0] for r in by_hand]),
                "pValues": numbers([r.pvalues[0] for r in by_hand]),
            }
        )
    return {
        "period": [int(t) for t in frame["period"]],
        "response": numbers(frame["y"]),
        "exposures": [numbers(frame["a"]), numbers(frame["b"])],
        "automaticLags": [automatic_lag(c - c.mean()) for c in coefficients.T],
        "fits": fits,
    }


def rolling(x, y, window=40):
    fit = RollingOLS(y[:80], sm.add_constant(x[:80, 0]), window=window).fit()
    return {"window": window, "slopes": numbers(fit.params[:, 1])}


def distributions():
    points = [1e-6, 0.3, 1.0, 1.96, 2.5, 4.0, 9.0, 40.0]
    return {
        "points": points,
        "normal": numbers(stats.norm.cdf(points)),
        "normalLower": numbers(stats.norm.sf(points)),
        "student": [
            {"freedom": nu, "twoSided": numbers(2 * stats.t.sf(points, nu)), "critical": float(stats.t.ppf(0.975, nu))}
            for nu in (1, 2, 3.5, 10, 100, 507, 1e5)
        ],
        "fisher": [
            {"numerator": a, "denominator": b, "upper": numbers(stats.f.sf(points, a, b))}
            for a, b in ((1, 5), (2, 40), (8, 300), (3, 10000))
        ],
    }


def main():
    rng = np.random.default_rng(20260414)
    x, y = rows_of(rng)
    values = {
        "response": numbers(y),
        "regressors": [numbers(column) for column in x.T],
        "leastSquares": least_squares(x, y),
        "outOfSample": out_of_sample(x, y, 60),
        "shapley": shapley(x, y),
        "famaMacBeth": fama_macbeth(rng),
        "rolling": rolling(x[20:], y[20:]),
        "rollingFrom": 20,
        "distributions": distributions(),
    }
    Path(__file__).with_name("regression.json").write_text(json.dumps(values) + "\n")


if __name__ == "__main__":
    main()
