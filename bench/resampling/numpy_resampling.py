"""The record family's resampling in vectorised numpy, for comparison with ours: same model, same number of paths.

Reads a job (JSON header line, then float64 series, oldest first) on stdin, writes one JSON line with seconds and
peak memory.
A series at a time: gather all paths at once, put the scale back, window sums by differences of cumulative sums, maxima over
the stretches between look-backs, counts, and ranks of every path by sorting; then step-down minP.
"""

import json
import resource
import sys
import time

import numpy as np


def record_scale(x):
    n = len(x)
    used = np.flatnonzero(x != 0)
    slope, intercept = np.polyfit(used, np.log(np.abs(x[used])), 1)
    trend = np.exp(intercept + slope * np.arange(n + 1))
    detrended = x / trend[:n]
    variance = np.mean(detrended[:52] ** 2)
    scale = np.empty(n + 1)
    for k in range(n + 1):
        scale[k] = trend[k] * np.sqrt(variance)
        if k < n:
            variance = 0.97 * variance + 0.03 * detrended[k] ** 2
    return scale / scale[n], x / scale[:n]


def index_paths(rng, n, length, paths, mean_block):
    start = rng.integers(0, n, size=(paths, length))
    new = rng.random((paths, length)) < 1 / mean_block
    new[:, 0] = True
    at = np.where(new, np.arange(length), 0)
    np.maximum.accumulate(at, axis=1, out=at)
    return (np.take_along_axis(start, at, axis=1) + np.arange(length) - at) % n


def ratios(path, horizons, lookbacks):
    """R* of every look-back and horizon, (paths, horizons x lookbacks)."""
    last = path.shape[1] - 1
    sums = np.cumsum(path, axis=1)
    columns = []
    for horizon in horizons:
        window = sums[:, horizon - 1 :].copy()
        window[:, 1:] -= sums[:, :-horizon]
        now = window[:, -1]
        largest = np.zeros(len(path), path.dtype)
        end = window.shape[1] - 1
        for lookback in lookbacks:
            first = max(0, last - lookback - horizon + 1)
            if first < end:
                largest = np.maximum(largest, window[:, first:end].max(axis=1))
            end = min(end, first)
            columns.append(now / largest)
    return columns


def observed_ratios(x, horizons, lookbacks):
    return [column[0] for column in ratios(x[None, :], horizons, lookbacks)]


def step_down(observed_rank, ranks, paths):
    order = np.argsort(observed_rank, kind="stable")
    best = np.full(paths, np.iinfo(np.int32).max, np.int32)
    adjusted = np.empty(len(order))
    for hypothesis in order[::-1]:
        np.minimum(best, ranks[hypothesis], out=best)
        adjusted[hypothesis] = (1 + np.count_nonzero(best <= observed_rank[hypothesis])) / (paths + 1)
    adjusted[order] = np.maximum.accumulate(adjusted[order])
    return adjusted


def main():
    header = json.loads(sys.stdin.buffer.readline())
    series = np.frombuffer(sys.stdin.buffer.read(), "<f8").reshape(header["series"], -1)
    began, cpu_began = time.perf_counter(), time.process_time()
    rng = np.random.default_rng(header["seed"])
    paths, length = header["resamples"], series.shape[1]
    index = index_paths(rng, length - 1, length, paths, header["meanBlockLength"])
    dependent, observed_rank, ranks = [], [], []
    for x in series:
        scale, residuals = record_scale(x[:-1])
        path = residuals.astype(np.float32)[index] * scale.astype(np.float32)
        for ratio, column in zip(
            observed_ratios(x, header["horizons"], header["lookbacks"]),
            ratios(path, header["horizons"], header["lookbacks"]),
        ):
            reached = np.count_nonzero(column >= ratio)
            dependent.append((1 + reached) / (paths + 1))
            observed_rank.append(reached + 1)
            rank = np.empty(paths, np.int32)
            rank[np.argsort(-column)] = np.arange(1, paths + 1)
            ranks.append(rank + (column <= ratio))
    step_down(np.array(observed_rank), ranks, paths)
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - began,
                "cpuSeconds": time.process_time() - cpu_began,
                "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "numpy": np.__version__,
                "meanDependent": float(np.mean(dependent)),
            }
        )
    )


main()
