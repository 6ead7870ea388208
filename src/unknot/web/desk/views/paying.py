"""What was paid for a visit, with receipts for either side."""

from __future__ import annotations

import contextlib
import uuid
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unknot.web.billing import actions, queries
from unknot.web.billing.models import How, Payment
from unknot.web.billing.receipts import receipt as as_pdf
from unknot.web.booking.models import Appointment
from unknot.web.desk import queries as desk
from unknot.web.desk.entering import for_clients, for_its_practitioner
from unknot.web.desk.forms import GiveBackForm, PaymentForm
from unknot.web.directory.models import Practitioner
from unknot.web.directory.prices import money
from unknot.web.directory.queries import local_date
from unknot.web.site.forms import ask_again, show_form

CENTS = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def pay(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """What was paid so far, and one payment more."""
    form = _form(request.POST or None, practitioner, found)
    if form.is_valid():
        try:
            _record(form, found, practitioner)
        except actions.OtherPayment as error:
            _ask_whether_another(form, found, error.there)
        else:
            return redirect("desk:pay", public_id=found.public_id)
    return _page(request, practitioner, found, form)


def _form(typed: QueryDict | None, practitioner: Practitioner, found: Appointment) -> PaymentForm:
    today, owed = local_date(practitioner, timezone.now()), _owed(found)
    begun = {"amount": f"{owed / CENTS:.2f}" if owed else None, "paid_on": today, "token": uuid.uuid4()}
    return PaymentForm(typed, currency=found.currency, today=today, initial=begun)


def _page(
    request: HttpRequest, practitioner: Practitioner, found: Appointment, form: PaymentForm
) -> HttpResponse:
    return show_form(
        request, form, "desk/pay.html",
        practitioner=practitioner, appointment=found, owed=_owed(found), is_owed=desk.is_owed(found),
        payments=queries.payments_of(found), session=desk.session_of(found),
    )  # fmt: skip


def _owed(found: Appointment) -> int:
    paid = queries.paid_minor(queries.payments_of(found))
    return max(found.price_minor - paid, 0) if desk.is_owed(found) else 0


def _record(form: PaymentForm, found: Appointment, practitioner: Practitioner) -> None:
    said = form.cleaned_data
    minor, how, by = int(said["amount"] * CENTS), How(said["how"]), practitioner.user
    actions.record_payment(found, minor, how, paid_on=said["paid_on"], token=said["token"], by=by)


def _ask_whether_another(form: PaymentForm, found: Appointment, there: Payment) -> None:
    """What differs on a page that was sent before may be a correction: only a second press keeps it too."""
    ask_again(form, "token", _kept_before(there) if there.appointment_id == found.pk else _sent_before())


def _kept_before(there: Payment) -> str:
    kept = {"amount": money(there.amount_minor, there.currency), "n": there.number}
    words = _(
        "From this page %(amount)s was kept already, receipt %(n)s. If this is another payment, keep it"
        " once more; if it corrects the first, give that back."
    )
    return words % kept


def _sent_before() -> str:
    return _("Nothing was kept: this page had been sent before. Press once more if you mean it.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def give_back(
    request: HttpRequest, practitioner: Practitioner, found: Appointment, payment: UUID
) -> HttpResponse:
    """Give a payment back: how much, to whom and how are shown before it is done."""
    paid = _payment(found, payment)
    form = GiveBackForm(request.POST or None, initial={"how": paid.how, "token": uuid.uuid4()})
    if queries.is_final(paid):
        return redirect("desk:pay", public_id=found.public_id)  # which shows it
    if form.is_valid():
        try:
            _give_back(form, paid, practitioner)
        except actions.OtherPayment:
            ask_again(form, "token", _sent_before())
        else:
            return redirect("desk:pay", public_id=found.public_id)
    return show_form(
        request, form, "desk/give_back.html", practitioner=practitioner, appointment=found, payment=paid
    )


def _give_back(form: GiveBackForm, paid: Payment, practitioner: Practitioner) -> None:
    said, today = form.cleaned_data, local_date(practitioner, timezone.now())
    with contextlib.suppress(actions.GivenBack):  # the page of payments shows it
        actions.give_back(paid, How(said["how"]), on=today, token=said["token"], by=practitioner.user)


@never_cache
@require_safe
@for_its_practitioner
def receipt(
    _request: HttpRequest, _practitioner: Practitioner, found: Appointment, payment: UUID
) -> HttpResponse:
    """A receipt, for the practice."""
    return _as_file(_payment(found, payment))


@never_cache
@require_safe
@for_clients
def clients_receipt(_request: HttpRequest, found: Appointment, payment: UUID) -> HttpResponse:
    """A receipt, for the client."""
    return _as_file(_payment(found, payment))


def _payment(appointment: Appointment, public_id: UUID) -> Payment:
    """One of the appointment's own; another's is not found."""
    found = queries.payment_of(appointment, public_id)
    if found is None:
        raise Http404
    return found


def _as_file(payment: Payment) -> HttpResponse:
    name = f"receipt-{payment.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(as_pdf(payment), content_type="application/pdf", headers=headers)
