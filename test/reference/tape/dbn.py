"""Writes dbn.json: DBN files of versions 1 to 3 made by Databento's own library, and what stands in them.

pip install databento-dbn==0.72.0 && python test/reference/tape/dbn.py
The records are invented; the bytes are the library's.
"""

import base64
import json
from datetime import date
from pathlib import Path

import databento_dbn as dbn

START = 1_749_479_400_000_000_000  # 2025-06-09 14:30:00 UTC
DAY = 86_400_000_000_000
NO_PRICE = 9_223_372_036_854_775_807

MAPPINGS = [
    {
        "raw_symbol": "FLOW",
        "intervals": [
            {"start_date": date(2025, 6, 9), "end_date": date(2025, 6, 10), "symbol": "7"},
            {"start_date": date(2025, 6, 10), "end_date": date(2025, 6, 11), "symbol": "8"},
        ],
    },
    {
        "raw_symbol": "TIDE B",
        "intervals": [{"start_date": date(2025, 6, 10), "end_date": date(2025, 6, 12), "symbol": "7"}],
    },
]


class Interval:
    def __init__(self, start_date, end_date, symbol):
        self.start_date, self.end_date, self.symbol = start_date, end_date, symbol


class Mapping:
    def __init__(self, raw_symbol, intervals):
        self.raw_symbol = raw_symbol
        self.intervals = [Interval(**one) for one in intervals]


def level(bid, ask, bid_size, ask_size):
    return dbn.BidAskPair(bid_px=bid, ask_px=ask, bid_sz=bid_size, ask_sz=ask_size, bid_ct=1, ask_ct=1)


def trade(i, price, side, at, instrument=7, publisher=2):
    return dbn.TradeMsg(
        publisher_id=publisher, instrument_id=instrument, ts_event=at, price=price, size=100 * (i + 1), action=dbn.Action.TRADE,
        side=dbn.Side.from_str(side), depth=0, ts_recv=at + 900, flags=130, ts_in_delta=7, sequence=1000 + i,
    )


def top(i, price, side, at, action, levels, instrument=7, publisher=2):
    return dbn.MBP1Msg(
        publisher_id=publisher, instrument_id=instrument, ts_event=at, price=price, size=100 * (i + 1), action=dbn.Action.from_str(action),
        side=dbn.Side.from_str(side), depth=0, ts_recv=at + 900, flags=130, ts_in_delta=7, sequence=1000 + i, levels=levels,
    )


def order(i, price, side, at, action):
    return dbn.MBOMsg(
        publisher_id=2, instrument_id=7, ts_event=at, order_id=55 + i, price=price, size=100 * (i + 1), channel_id=0,
        action=dbn.Action.from_str(action), side=dbn.Side.from_str(side), ts_recv=at + 900, flags=130, ts_in_delta=7, sequence=1000 + i,
    )


def consolidated(i, action, levels):
    return dbn.CMBP1Msg(
        rtype=0xB1, publisher_id=2, instrument_id=7, ts_event=START + i, price=24_120_000_000, size=300,
        action=dbn.Action.from_str(action), side=dbn.Side.ASK, ts_recv=START + i + 900, flags=130, levels=levels,
    )


RECORDS = {
    "trades": lambda: [
        trade(0, 24_120_000_000, "B", START),
        trade(1, 24_119_900_000, "A", START + 1),
        trade(2, 24_119_900_500, "A", START + 2),
        trade(3, 24_125_001_000, "N", START + DAY),
        trade(4, 24_120_000_000, "B", START + DAY + 1, instrument=8),
        trade(5, 24_120_000_000, "B", START + 2 * DAY, instrument=8),
        trade(6, 24_120_000_000, "B", START + 2 * DAY + 1, publisher=1),
        trade(7, NO_PRICE, "B", START + 2 * DAY + 2),
    ],
    "tbbo": lambda: [
        top(0, 24_120_000_000, "B", START, "T", level(24_100_000_000, 24_120_000_000, 300, 200)),
        top(1, 24_130_000_000, "B", START, "T", level(24_100_000_000, 24_130_000_000, 300, 400)),
        top(2, 24_100_000_000, "A", START + 5, "T", level(24_100_000_000, NO_PRICE, 300, 0)),
    ],
    "mbp-1": lambda: [
        top(0, 24_100_000_000, "B", START, "A", level(24_100_000_000, NO_PRICE, 100, 0)),
        top(1, 24_120_000_000, "A", START + 1, "A", level(24_100_000_000, 24_120_000_000, 100, 200)),
        top(2, 24_120_000_000, "B", START + 2, "T", level(24_100_000_000, 24_120_000_000, 100, 200)),
        top(3, 24_120_000_000, "A", START + 2, "C", level(24_100_000_000, 24_140_000_000, 100, 500)),
    ],
    "cmbp-1": lambda: [
        consolidated(0, "A", dbn.ConsolidatedBidAskPair(24_100_000_000, 24_120_000_000, 100, 200, 2, 9)),
        consolidated(1, "T", dbn.ConsolidatedBidAskPair(24_100_000_000, 24_120_000_000, 100, 200, 2, 9)),
    ],
    "mbo": lambda: [
        order(0, 24_100_000_000, "B", START, "A"),
        order(1, 24_100_000_000, "A", START + 1, "T"),
        order(2, 24_100_000_000, "B", START + 1, "F"),
        order(3, 24_100_000_000, "B", START + 1, "C"),
    ],
}


def renamed(version, instrument, symbol):
    """What a live stream says of an instrument: all symbols were asked for, and this one is its name."""
    texts = dict(stype_in_symbol="ALL_SYMBOLS", stype_out_symbol=symbol)
    times = dict(start_ts=START, end_ts=START + DAY)
    make = dbn.v1.SymbolMappingMsg if version == 1 else dbn.SymbolMappingMsg
    kinds = {} if version == 1 else dict(stype_in=dbn.SType.RAW_SYMBOL, stype_out=dbn.SType.INSTRUMENT_ID)
    return make(publisher_id=0, instrument_id=instrument, ts_event=START, **kinds, **texts, **times)


def live(version):
    return [
        trade(0, 24_120_000_000, "B", START, instrument=9),
        renamed(version, 9, "EBB"),
        trade(1, 24_120_000_000, "B", START + 1, instrument=9),
        renamed(version, 9, "BRK B"),
        trade(2, 24_120_000_000, "B", START + 2, instrument=9),
    ]


def metadata(version, schema):
    return dbn.Metadata(
        dataset="XNAS.ITCH", start=START, stype_in=dbn.SType.RAW_SYMBOL, stype_out=dbn.SType.INSTRUMENT_ID,
        schema=None if schema == "mixed" else dbn.Schema.from_str(schema),
        symbols=["FLOW", "TIDE B"], partial=["TIDE B"], not_found=[], end=START + 3 * DAY,
        mappings=[Mapping(**one) for one in MAPPINGS], ts_out=False, version=version,
    )


def main():
    files = {}
    for schema, records in RECORDS.items():
        for version in (1, 2, 3):
            data = bytes(metadata(version, schema)) + b"".join(bytes(record) for record in records())
            decoder = dbn.DBNDecoder(upgrade_policy=dbn.VersionUpgradePolicy.AS_IS)
            decoder.write(data)
            meta, *decoded = decoder.decode()
            assert meta.version == version and len(decoded) == len(records())
            files[f"{schema} v{version}"] = base64.b64encode(data).decode()
    for version in (1, 2, 3):
        data = bytes(metadata(version, "mixed")) + b"".join(bytes(record) for record in live(version))
        files[f"mixed v{version}"] = base64.b64encode(data).decode()
    out = Path(__file__).with_name("dbn.json")
    out.write_text(json.dumps({"library": "databento-dbn 0.72.0", "files": files}, indent=1) + "\n")


main()
