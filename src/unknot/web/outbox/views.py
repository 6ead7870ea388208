from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unknot.web.outbox.models import Message

LETTERS_SHOWN = 50


@never_cache
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The demo's letter box, for everybody to read, since none of its people is real."""
    return render(request, "outbox/demo_mail.html", {"letters": Message.objects.all()[:LETTERS_SHOWN]})
