"""A receipt as PDF. It names a date, a length and a price, and nothing of health."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from unknot.errors import UnknotError
from unknot.web.billing.models import Payment
from unknot.web.directory.prices import money
from unknot.web.site.languages import language

HERE = Path(__file__).parent


class NotSet(UnknotError):  # noqa: N818 - it reads as what it is
    """The receipt could not be set as it should: a letter or a font is missing."""


def receipt(payment: Payment) -> bytes:
    """
    The receipt of a payment or of a refund, in the page's language.

    Letters beyond Latin in a name are set by what the fonts have, as boxes at worst. Raises NotSet where the
    program itself is at fault.
    """
    import typst  # late: only who wants a receipt waits for it

    pdf, warnings = typst.compile_with_warnings(
        HERE / "receipt.typ",
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(_said(payment))},
    )
    if warnings:
        raise NotSet("; ".join(str(warning.message) for warning in warnings))
    assert isinstance(pdf, bytes)  # noqa: S101 - for the types: one document is one file
    return pdf


def _said(payment: Payment) -> dict[str, object]:
    appointment = payment.appointment
    practitioner = appointment.practitioner
    local = appointment.starts_at.astimezone(ZoneInfo(practitioner.zone))
    is_refund = payment.refunds_id is not None
    facts = [
        (_("For"), appointment.person.name),
        (_("Session"), _("%(day)s, %(n)s minutes") % {
            "day": date_format(local, "DATE_FORMAT"), "n": appointment.minutes,
        }),
        (_("Paid on") if not is_refund else _("Given back on"), date_format(payment.paid_on, "DATE_FORMAT")),
        (_("How"), payment.get_how_display()),
    ]  # fmt: skip
    if payment.refunds:
        facts.append((_("Of receipt"), str(payment.refunds.number)))
    return {
        "lang": language(),
        "title": _("Refund") if is_refund else _("Receipt"),
        "number": _("No. %(n)s") % {"n": payment.number},
        "practitioner": practitioner.name,
        "kind": practitioner.get_kind_display(),
        "address": [line for line in appointment.address.split(", ") if line],
        "facts": facts,
        "total_name": _("Given back") if is_refund else _("Paid"),
        "total": money(abs(payment.amount_minor), payment.currency),
        "foot": _("This receipt states what was paid. It is no invoice to an insurer."),
    }
