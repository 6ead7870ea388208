"""Pages that are the same for everybody: made once, sent from memory, kept by any cache on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control, cache_page
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

MAX_AGE_S = 600
Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def same_for_everybody(view: View[Arguments]) -> View[Arguments]:
    """
    Decorate a view, for reading only, whose page depends on its address and on nothing else.

    Never for a page that shows who reads it or what they gave: the first one made is sent to all.
    A page asked for with a query is made each time; there could be any number of them.
    """
    # The ETag is that of the content: compressing pads each answer at random, so it comes after.
    made = gzip_page(conditional_page(cache_control(public=True, max_age=MAX_AGE_S)(view)))
    kept = cache_page(MAX_AGE_S, cache="pages")(made)

    @require_safe
    @conditional_page
    @wraps(view)
    def shown(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        return (made if request.META.get("QUERY_STRING") else kept)(request, *args, **kwargs)

    return shown
