"""Days of the Finnish year that opening hours name: public holidays, their eves, and others.

The dates of public holidays come from the `holidays` package; an eve is the day before.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

#: Name of the `holidays` package (en_US) -> names that sources use.
HOLIDAYS = {
    "New Year's Day": ("new_years_day", "new_year"),
    "Epiphany": ("epiphany",),
    "Good Friday": ("good_friday",),
    "Easter Sunday": ("easter_sunday", "easter_day", "easter"),
    "Easter Monday": ("easter_monday", "second_easter_day"),
    "May Day": ("may_day", "labour_day", "first_of_may"),
    "Ascension Day": ("ascension_day",),
    # One day; its name differs between releases of the package.
    "Whit Sunday": ("pentecost", "whit_sunday", "whitsun"),
    "Pentecost": ("pentecost", "whit_sunday", "whitsun"),
    "Midsummer Eve": ("midsummer_eve",),
    "Midsummer Day": ("midsummer_day", "midsummer"),
    "All Saints' Day": ("all_saints_day",),
    "Independence Day": ("independence_day",),
    "Christmas Eve": ("christmas_eve",),
    "Christmas Day": ("christmas_day", "christmas"),
    "Second Day of Christmas": ("boxing_day", "second_christmas_day", "st_stephens_day"),
}
#: Days that are no public holiday: so many days from one that is.
RELATIVE = {
    "epiphany_eve": ("epiphany", -1),
    "maundy_thursday": ("good_friday", -1),
    "holy_saturday": ("easter_sunday", -1),
    "easter_saturday": ("easter_sunday", -1),
    "easter_eve": ("easter_sunday", -1),
    "may_day_eve": ("may_day", -1),
    "labour_day_eve": ("may_day", -1),
    "walpurgis_night": ("may_day", -1),
    "ascension_day_eve": ("ascension_day", -1),
    "all_saints_eve": ("all_saints_day", -1),
    "independence_day_eve": ("independence_day", -1),
    "new_years_eve": ("new_years_day", -1),
    "twelfth_night": ("epiphany", -1),
}


def day_name(text: str) -> str:
    """The name of a day as a key: `MidsummerEve` and `Midsummer Eve` give `midsummer_eve`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).replace("'", "").replace("’", "")
    return re.sub(r"[^a-z]+", "_", spaced.lower()).strip("_")


def is_known_day(name: str) -> bool:
    """True if the dates of a named day are known."""
    return name in RELATIVE or any(name in names for names in HOLIDAYS.values())


def is_named_day(name: str, day: date) -> bool:
    """True if the day has this name; false for a name that is not known."""
    base, shift = RELATIVE.get(name, (name, 0))
    wanted = day - timedelta(days=shift)
    return base in _names_of_year(wanted.year).get(wanted, ())


@lru_cache(maxsize=16)
def _names_of_year(year: int) -> dict[date, tuple[str, ...]]:
    import holidays

    found: dict[date, tuple[str, ...]] = {}
    for day, names in holidays.country_holidays("FI", years=year, language="en_US").items():
        for name in names.split("; "):
            found[day] = (*found.get(day, ()), *HOLIDAYS.get(name, ()))
    return found
