"""The time zone that every calendar file carries.

Written by hand, with a yearly rule for each of the two changes. Generated blocks that list
every change as a date are read one hour wrong in summer by Thunderbird's parser and by Outlook.
The rule is that of Directive 2000/84/EC (last Sunday of March and of October, 01:00 UTC), in
force in Finland since 1996; it is the description of a time zone, not a row of the rule book.
"""

from __future__ import annotations

from typing import Final

TZID: Final = "Europe/Helsinki"

VTIMEZONE: Final = """\
BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:DAYLIGHT
DTSTART:19810329T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
"""
