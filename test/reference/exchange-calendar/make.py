"""Writes reference.json: weekday closures and early closes of the New York Stock Exchange by two Python packages.

pip install exchange_calendars==4.13.2 pandas_market_calendars==5.5.0
python make.py
"""

import json
from importlib.metadata import version
from pathlib import Path

import exchange_calendars
import pandas
import pandas_market_calendars

FIRST, LAST = "1990-01-01", "2030-12-31"
LAST_BOTH = "2026-12-31"
ZONE = "America/New_York"


def closed_weekdays(sessions, last):
    weekdays = pandas.bdate_range(FIRST, last)
    return [day.date().isoformat() for day in weekdays.difference(sessions.tz_localize(None))]


def early(closes):
    local = closes.dt.tz_convert(ZONE).dt.strftime("%H:%M")
    return {day.date().isoformat(): time for day, time in local.items() if time != "16:00"}


schedule = pandas_market_calendars.get_calendar("NYSE").schedule(FIRST, LAST)
xnys = exchange_calendars.get_calendar("XNYS", start=FIRST, end=LAST_BOTH)

names = ("pandas_market_calendars", "exchange_calendars")
reference = {
    "pandas_market_calendars": {
        "version": version(names[0]),
        "last": LAST,
        "closures": closed_weekdays(schedule.index, LAST),
        "earlyCloses": early(schedule["market_close"]),
    },
    "exchange_calendars": {
        "version": version(names[1]),
        "last": LAST_BOTH,
        "closures": closed_weekdays(xnys.sessions, LAST_BOTH),
        "earlyCloses": early(xnys.closes),
    },
}
path = Path(__file__).with_name("reference.json")
path.write_text(json.dumps(reference, separators=(",", ":")) + "\n")
