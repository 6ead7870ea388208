"""
When is there time? Hours, overrides, busy times and a service → the free slots.

Values in, values out: no clock, no database. Inside, an instant is a whole number of seconds since 1970
(UTC) and a span of time is half-open; local hours are turned into instants once for each calendar.
"""

from unknot.scheduling.calendar import Calendar, Override, TimeRange, WeeklyHours
from unknot.scheduling.reading import Schedule, read_schedule, schedule_from_json
from unknot.scheduling.slots import Busy, Limits, Service, free_slots, slots_of

__all__ = [
    "Busy",
    "Calendar",
    "Limits",
    "Override",
    "Schedule",
    "Service",
    "TimeRange",
    "WeeklyHours",
    "free_slots",
    "read_schedule",
    "schedule_from_json",
    "slots_of",
]
