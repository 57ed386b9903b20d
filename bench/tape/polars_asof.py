"""python3 bench/tape/polars_asof.py FOLDER: the same by polars' join_asof."""
import glob
import json
import resource
import sys
import time

import polars as pl

directory = sys.argv[1]
start = time.perf_counter()


def scan(kind):
    return pl.scan_parquet(sorted(glob.glob(f"{directory}/date=*/{kind}.parquet")), hive_partitioning=False)


trades = scan("trades").select(
    "symbol",
    "time",
    "sequence",
    price="price_micros",
    micros=pl.col("price_micros") * (pl.col("size_micros") // 1_000_000),
    regular=pl.col("conditions") != "4",
)
quotes = scan("quotes").select("symbol", "time", bid="bid_micros", ask="ask_micros")
regular = trades.filter("regular").sort("symbol", "time", "sequence")
matched = regular.join_asof(
    quotes, on="time", by="symbol", strategy="backward", allow_exact_matches=False, check_sortedness=False
)
price, bid, ask = pl.col("price"), pl.col("bid"), pl.col("ask")
change = (price - price.shift(1)).sign().over("symbol")
tick = pl.when(change != 0).then(change).forward_fill().over("symbol").fill_null(0)
usable = (bid > 0) & (ask > bid) & (2 * price != bid + ask)
signed = matched.select(
    "symbol", "micros", side=pl.when(usable.fill_null(False)).then((2 * price - bid - ask).sign()).otherwise(tick)
)
unsigned = trades.filter(~pl.col("regular")).select("symbol", "micros", side=pl.lit(0, pl.Int64))
side, micros = pl.col("side"), pl.col("micros")
sums = (
    pl.concat([signed, unsigned])
    .group_by("symbol")
    .agg(*[micros.filter(side == value).sum().alias(name) for name, value in (("b", 1), ("s", -1), ("u", 0))])
    .collect()
)
seconds = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "version": pl.__version__,
            "seconds": seconds,
            "cpuSeconds": usage.ru_utime + usage.ru_stime,
            "peakMegabytes": usage.ru_maxrss / 1024,
            "names": {row[0]: [str(value) for value in row[1:]] for row in sums.iter_rows()},
        }
    )
)
