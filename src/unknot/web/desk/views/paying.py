"""What was paid for a visit, with receipts for either side."""

from __future__ import annotations

import contextlib
import uuid
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unknot.web.billing import actions, queries
from unknot.web.billing.models import How, Payment
from unknot.web.billing.receipts import receipt as as_pdf
from unknot.web.booking.models import Appointment
from unknot.web.desk import queries as desk
from unknot.web.desk.entering import for_clients, for_its_practitioner
from unknot.web.desk.forms import PaymentForm
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.site.forms import show_form

CENTS = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def pay(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """What was paid so far, and one payment more."""
    today = local_date(practitioner, timezone.now())
    payments = queries.payments_of(found)
    is_owed = desk.is_owed(found)
    owed = max(found.price_minor - queries.paid_minor(payments), 0) if is_owed else 0
    form = PaymentForm(
        request.POST or None,
        currency=found.currency,
        today=today,
        initial={"amount": f"{owed / CENTS:.2f}" if owed else None, "paid_on": today, "token": uuid.uuid4()},
    )
    if form.is_valid():
        said = form.cleaned_data
        minor = int(said["amount"] * CENTS)
        how, on, token = How(said["how"]), said["paid_on"], said["token"]
        actions.record_payment(found, minor, how, paid_on=on, token=token, by=practitioner.user)
        return redirect("desk:pay", public_id=found.public_id)
    return show_form(
        request, form, "desk/pay.html",
        practitioner=practitioner, appointment=found, payments=payments, owed=owed, is_owed=is_owed,
        token=uuid.uuid4(),
    )  # fmt: skip


@never_cache
@require_POST
@for_its_practitioner
def give_back(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """Give a payment back."""
    try:
        payment, token = UUID(request.POST.get("payment", "")), UUID(request.POST.get("token", ""))
    except ValueError:
        raise Http404 from None
    paid = _payment(found, payment)
    today = local_date(practitioner, timezone.now())
    with contextlib.suppress(actions.GivenBack):  # the page shows it
        actions.give_back(paid, on=today, token=token, by=practitioner.user)
    return redirect("desk:pay", public_id=found.public_id)


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
