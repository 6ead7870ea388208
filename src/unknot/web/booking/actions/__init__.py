"""What practitioners and clients do with time: one function each, in one transaction."""

from unknot.web.booking.actions.appointments import (
    ARRIVES_AT_MOST_BEFORE,
    Client,
    NotBookable,
    TooLate,
    book,
    book_for,
    cancel,
    mark,
    move,
    tell,
)
from unknot.web.booking.actions.hours import (
    block,
    forget_date,
    set_date,
    set_limits,
    set_week,
    unblock,
)
from unknot.web.booking.actions.notices import tell_of_ending_licences
from unknot.web.booking.actions.reserving import (
    Brought,
    Expired,
    NotFree,
    Wish,
    bring,
    delete_expired,
    release,
    reserve,
    type_in,
    wait_for_code,
)
from unknot.web.booking.actions.taking import TimeTaken

__all__ = [
    "ARRIVES_AT_MOST_BEFORE",
    "Brought",
    "Client",
    "Expired",
    "NotBookable",
    "NotFree",
    "TimeTaken",
    "TooLate",
    "Wish",
    "block",
    "book",
    "book_for",
    "bring",
    "cancel",
    "delete_expired",
    "forget_date",
    "mark",
    "move",
    "release",
    "reserve",
    "set_date",
    "set_limits",
    "set_week",
    "tell",
    "tell_of_ending_licences",
    "type_in",
    "unblock",
    "wait_for_code",
]
