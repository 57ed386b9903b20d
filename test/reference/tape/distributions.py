"""Reference values of the distributions that bulk volume classification uses.

Run: pip install scipy==1.17.1; python test/reference/tape/distributions.py
Writes distributions.json beside this file: P(T <= t) by degrees of freedom, P(Z <= z).
"""

import json
from pathlib import Path

from scipy import stats

POINTS = [-1e6, -300, -40, -8, -3.5, -3, -2.99, -1.4142135623730951, -1, -0.7071067811865475, -0.3, -0.01, -1e-7, 0]
POINTS += [-point for point in reversed(POINTS[:-1])]
# Not 1: scipy is off by 2.5e-11 near 0 there; the test has the closed form.
DEGREES = [0.25, 0.1, 0.5, 2.5, 5, 30]

values = {
    "points": POINTS,
    "studentT": {str(df): [float(stats.t.cdf(t, df)) for t in POINTS] for df in DEGREES},
    "normal": [float(stats.norm.cdf(z)) for z in POINTS],
}
Path(__file__).with_name("distributions.json").write_text(json.dumps(values) + "\n")
