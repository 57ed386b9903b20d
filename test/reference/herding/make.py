"""Writes reference.json: herding statistics and a vector autoregression by other means than the program's.

Closed forms are sums over all outcomes with 40 digits (mpmath); the beta-binomial is maximised through log-gamma functions
with 40 digits from a start by scipy; Sias (2004) is the double loop over pairs of managers; the vector autoregression is
statsmodels'. Panels are drawn here and stored with the values.

pip install numpy scipy statsmodels mpmath   (made with 2.4.6, 1.17.1, 0.15.0, 1.4.1)
python make.py
"""

import json
import random
from pathlib import Path

import numpy
from mpmath import mp, mpf
from scipy import optimize, special
from statsmodels.tsa.api import VAR

mp.dps = 40


def mean_absolute_deviation(n, p):
    p = mpf(p)
    return sum(mp.binomial(n, k) * p**k * (1 - p) ** (n - k) * abs(mpf(k) / n - p) for k in range(n + 1))


def lsv(buyers, active, least=5):
    pairs = [(b, n) for b, n in zip(buyers, active) if n >= least]
    p = mpf(sum(b for b, _ in pairs)) / sum(n for _, n in pairs)
    measure = [abs(mpf(b) / n - p) - mean_absolute_deviation(n, p) for b, n in pairs]

    def average(values):
        mean = mp.fsum(values) / len(values)
        variance = mp.fsum((v - mean) ** 2 for v in values) / (len(values) - 1)
        return {"securities": len(values), "mean": float(mean), "standardError": float(mp.sqrt(variance / len(values)))}

    return {
        "pooledBuyerShare": float(p),
        "measure": [float(h) for h in measure],
        "all": average(measure),
        "buy": average([h for h, (b, n) in zip(measure, pairs) if mpf(b) / n > p]),
        "sell": average([h for h, (b, n) in zip(measure, pairs) if mpf(b) / n < p]),
    }


def log_choose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def beta_binomial_log_likelihood(pairs, p, rho):
    a, b = p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho
    fixed = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return mp.fsum(
        log_choose(n, k) + mp.loggamma(a + k) + mp.loggamma(b + n - k) - mp.loggamma(a + b + n) - fixed for k, n in pairs
    )


def score(pairs, p, rho):
    """Derivatives in the two beta parameters; both are 0 at an inner maximum."""
    a, b = p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho
    by_a = mp.fsum(mp.psi(0, a + k) - mp.psi(0, a + b + n) - mp.psi(0, a) + mp.psi(0, a + b) for k, n in pairs)
    by_b = mp.fsum(mp.psi(0, b + n - k) - mp.psi(0, a + b + n) - mp.psi(0, b) + mp.psi(0, a + b) for k, n in pairs)
    return by_a, by_b


def overdispersion(buyers, active, least=5):
    pairs = [(b, n) for b, n in zip(buyers, active) if n >= least]
    p = mpf(sum(b for b, _ in pairs)) / sum(n for _, n in pairs)
    binomial = mp.fsum(log_choose(n, k) + k * mp.log(p) + (n - k) * mp.log(1 - p) for k, n in pairs)
    counts, sizes = numpy.array([b for b, _ in pairs]), numpy.array([n for _, n in pairs])

    def loss(x):
        share, rho = special.expit(x)
        a, b = share * (1 - rho) / rho, (1 - share) * (1 - rho) / rho
        return -numpy.sum(special.betaln(a + counts, b + sizes - counts) - special.betaln(a, b))

    starts = [(float(special.logit(float(p))), x) for x in (-8, -5, -2, 0)]
    fits = [optimize.minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000}) for start in starts]
    best = min(fits, key=lambda fit: fit.fun)
    share, rho = special.expit(best.x)
    if rho < 1e-6:
        fitted = {"buyerShare": float(p), "rho": 0.0, "logLikelihood": float(binomial)}
    else:
        share, rho = mp.findroot(lambda s, r: score(pairs, s, r), (mpf(float(share)), mpf(float(rho))), tol=1e-25)
        fitted = {
            "buyerShare": float(share),
            "rho": float(rho),
            "logLikelihood": float(beta_binomial_log_likelihood(pairs, share, rho)),
        }
    return {"binomial": {"buyerShare": float(p), "rho": 0.0, "logLikelihood": float(binomial)}, "betaBinomial": fitted}


def panel(rng, sizes, share, rho):
    buyers = []
    for n in sizes:
        chance = share if rho == 0 else rng.betavariate(share * (1 - rho) / rho, (1 - share) * (1 - rho) / rho)
        buyers.append(sum(rng.random() < chance for _ in range(n)))
    return {"buyers": buyers, "active": list(sizes)}


def panels():
    rng = random.Random(13)
    small = [rng.randint(2, 30) for _ in range(150)]
    mixed = [5 + int(900 * rng.random() ** 4) for _ in range(150)]
    yield "independent, few managers", panel(rng, small, 0.5, 0)
    yield "independent, many managers", panel(rng, mixed, 0.55, 0)
    yield "weak unison", panel(rng, mixed, 0.5, 0.004)
    yield "strong unison", panel(rng, small, 0.6, 0.25)
    yield "lopsided", panel(rng, small, 0.93, 0.1)
    yield "thousands of managers", panel(rng, [4999, 5000, 3210, 2500, 1200, 800, 40, 12, 5, 5], 0.52, 0.01)
    yield "nearly unanimous", panel(rng, small, 0.5, 0.9)
    yield "too even", {"buyers": [n // 2 for n in small], "active": small}
    # The likelihood falls at rho 0 because of one large even security, and has its maximum well away from it.
    yield "two hills", {"buyers": [2500] + [5, 0] * 60, "active": [5000] + [5] * 120}


def following_panels():
    rng = random.Random(4)
    managers, securities = 40, 25
    before, now = [], []
    for k in range(securities):
        lean = rng.random()
        for m in range(managers):
            direction = None
            if rng.random() < 0.4:
                direction = 1 if rng.random() < lean else -1
                before.append((m, k, direction))
            if rng.random() < 0.4:
                stay = direction is not None and rng.random() < 0.5
                now.append((m, k, direction if stay else (1 if rng.random() < 0.5 + (lean - 0.5) / 2 else -1)))
    rng.shuffle(now)
    rng.shuffle(before)
    return managers, securities, now, before


def sias(securities, now, before, least):
    def by_security(trades):
        return [[(m, 1 if d == 1 else 0) for m, s, d in trades if s == k] for k in range(securities)]

    traders_now, traders_before = by_security(now), by_security(before)
    enter = [k for k in range(securities) if min(len(traders_now[k]), len(traders_before[k])) >= max(1, least)]
    fraction_now = [numpy.mean([d for _, d in traders_now[k]]) for k in enter]
    fraction_before = [numpy.mean([d for _, d in traders_before[k]]) for k in enter]
    mean_now, mean_before = numpy.mean(fraction_now), numpy.mean(fraction_before)
    scale = (len(enter) - 1) * numpy.std(fraction_now, ddof=1) * numpy.std(fraction_before, ddof=1)
    own, others = [], []
    for k in enter:
        mine, theirs = 0.0, 0.0
        for n, d_now in traders_now[k]:
            for m, d_before in traders_before[k]:
                term = (d_now - mean_now) * (d_before - mean_before) / (len(traders_now[k]) * len(traders_before[k]))
                if n == m:
                    mine += term
                else:
                    theirs += term
        own.append(mine / scale)
        others.append(theirs / scale)

    def part(values):
        return {"value": sum(values), "standardError": float(numpy.std(values, ddof=1) * len(values) ** 0.5)}

    both = [a + b for a, b in zip(own, others)]
    assert abs(sum(both) - numpy.corrcoef(fraction_now, fraction_before)[0, 1]) < 1e-13
    return {"securities": len(enter), "correlation": part(both), "own": part(own), "others": part(others)}


def autoregressions():
    generator = numpy.random.default_rng(7)
    coefficient = numpy.array([[[0.4, -0.2, 0.1], [0.1, 0.3, 0.0], [-0.1, 0.2, 0.2]], [[0.0, 0.25, 0], [-0.2, 0, 0], [0, 0, 0.15]]])
    mix = numpy.array([[1, 0, 0], [-0.4, 1, 0], [-0.3, -0.3, 1]])
    values = numpy.zeros((260, 3))
    for t in range(2, 260):
        values[t] = coefficient[0] @ values[t - 1] + coefficient[1] @ values[t - 2] + mix @ generator.standard_t(5, 3)
    values = numpy.round(values[60:], 3) * numpy.array([1, 1000, 0.01]) + numpy.array([0.5, 2000, 0])
    model = VAR(values)
    fits = []
    for lags in (1, 2, 4):
        fit = model.fit(lags)
        fits.append(
            {
                "lags": lags,
                "intercept": fit.params[0].tolist(),
                "coefficients": fit.coefs.tolist(),
                "covariance": fit.sigma_u.tolist(),
                "bic": float(fit.bic),
                "lastResidual": fit.resid[-1].tolist(),
                "spectralRadius": float(1 / numpy.min(numpy.abs(fit.roots))),
            }
        )
    order = model.select_order(6)
    return {"series": values.T.tolist(), "fits": fits, "mostLags": 6, "bicLags": int(order.bic), "bicByLags": [float(x) for x in order.ics["bic"]]}


def main():
    expectations = [(5, 0.5), (5, 0.2), (17, 0.52), (100, 0.01), (100, 0.55), (999, 0.431), (5000, 0.5), (5000, 0.987)]
    managers, securities, now, before = following_panels()
    reference = {
        "meanAbsoluteDeviations": [{"n": n, "p": p, "value": float(mean_absolute_deviation(n, p))} for n, p in expectations],
        "panels": [
            {"name": name, **counts, "lsv": lsv(**counts), "overdispersion": overdispersion(**counts)}
            for name, counts in panels()
        ],
        "following": {
            "managers": managers,
            "securities": securities,
            "now": now,
            "before": before,
            "byLeastTraders": {least: sias(securities, now, before, least) for least in (1, 16)},
        },
        "autoregression": autoregressions(),
    }
    Path(__file__).with_name("reference.json").write_text(json.dumps(reference) + "\n")


main()
