"""Weekly flows of the NASDAQ-100 consolidated contract, anew and from the formulas alone.

    python test/reference/flows/futures_weeks.py ../shared/data/cftc/nasdaq-100-consolidated-weekly-2010-2026.csv

Reads the file with Python's csv module and computes legs, scales and ranks of measures.md sections 2.2, 3 and 4 with the statistics
module, window by window. Writes futures-weeks.json beside itself: every 200th week and the weeks that matter, five classes each.
"""

import csv
import datetime
import json
import math
import pathlib
import statistics
import sys

CLASSES = {
    "dealer": "dealer",
    "asset-manager": "asset_mgr",
    "leveraged-fund": "lev_money",
    "other-reportable": "other_rept",
    "non-reportable": "nonrept",
}
NOTABLE = {"2018-09-25", "2020-03-17", "2023-05-02", "2023-05-09", "2026-04-14", "2026-08-25"}
WINDOWS = {"z52": 52, "z260": 260, "z520": 520}
LOOKBACK = datetime.timedelta(weeks=522)


def number(text):
    return float(text) if text else None


def flows(rows, column):
    """One entry a week after the first: legs in dollars, net in today's contracts, share of open interest."""
    today = float(rows[-1]["contract_usd_multiplier"])
    weeks = []
    for before, now in zip(rows, rows[1:]):
        days = (datetime.date.fromisoformat(now["report_date"]) - datetime.date.fromisoformat(before["report_date"])).days
        if days > 8:
            weeks.append({"week": now["report_date"], "net": None})
            continue
        multiplier = float(now["contract_usd_multiplier"])
        k = float(before["contract_usd_multiplier"]) / multiplier
        d_long = float(now[column + "_long"]) - k * float(before[column + "_long"])
        d_short = float(now[column + "_short"]) - k * float(before[column + "_short"])
        dollars = multiplier * float(now["ndx_close"])
        net = (d_long - d_short)
        interest = number(before["open_interest"])
        weeks.append({
            "week": now["report_date"],
            "longBuy": max(d_long, 0) * dollars,
            "longSell": max(-d_long, 0) * dollars,
            "shortSell": max(d_short, 0) * dollars,
            "shortCover": max(-d_short, 0) * dollars,
            "net": net * dollars,
            "contracts": net * multiplier / today,
            "pctOi": None if interest is None else net / (k * interest),
        })
    return weeks


def window_before(values, t, length):
    """Known values of the periods before; None where they are fewer than 90 % of the window."""
    known = [value for value in values[max(0, t - length):t] if value is not None]
    return known if len(known) >= 0.9 * length else None


def scores(values, t):
    """z over each window and zRobust over 520 weeks, the week itself left out."""
    row = {}
    for name, length in WINDOWS.items():
        window = window_before(values, t, length)
        row[name] = None if window is None else (values[t] - statistics.fmean(window)) / statistics.stdev(window)
    window = window_before(values, t, 520)
    if window is None:
        row["zRobust"] = None
    else:
        middle = statistics.median(window)
        spread = statistics.median(abs(value - middle) for value in window)
        row["zRobust"] = 0.6745 * (values[t] - middle) / spread
    return row


def volatility_scaled(values):
    """x(t) / s(t), s(t)^2 = 0.97 s(t-1)^2 + 0.03 x(t-1)^2, seeded with the mean square of the first 52."""
    scaled = [None] * len(values)
    square = math.fsum(value * value for value in values[:52]) / 52
    for t in range(52, len(values)):
        if t > 52:
            square = 0.97 * square + 0.03 * values[t - 1] ** 2
        scaled[t] = values[t] / math.sqrt(square)
    return scaled


def rank(weeks, values, t):
    """Rank among the week and those whose date lies in the look-back, and how many those are."""
    first = datetime.date.fromisoformat(weeks[t]) - LOOKBACK
    earlier = [v for w, v in zip(weeks[:t], values[:t]) if datetime.date.fromisoformat(w) >= first and v is not None]
    return 1 + sum(value > values[t] for value in earlier), len(earlier)


def main():
    with open(sys.argv[1], newline="") as file:
        rows = list(csv.DictReader(file))
    answer = []
    for name, column in CLASSES.items():
        series = flows(rows, column)
        weeks = [entry["week"] for entry in series]
        nets = [entry["net"] for entry in series]
        scaled = volatility_scaled(nets)
        for t, entry in enumerate(series):
            if t % 200 and entry["week"] not in NOTABLE:
                continue
            place, of = rank(weeks, nets, t)
            answer.append({"class": name, **entry, **scores(nets, t), "volScaled": scaled[t], "rank": place, "n": of})
    text = ",\n".join(json.dumps(entry) for entry in answer)
    pathlib.Path(__file__).with_name("futures-weeks.json").write_text(f"[\n{text}\n]\n")


main()
