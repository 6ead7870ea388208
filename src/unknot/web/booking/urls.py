from __future__ import annotations

from django.urls import path

from unknot.web.booking.views import booking, hours, reserving

app_name = "booking"
urlpatterns = [
    # book/ : a client's way; what they told travels in the body
    path("book/", reserving.reserve, name="reserve"),
    path("book/told/", reserving.told, name="told"),
    path("book/<uuid:public_id>/", booking.book, name="book"),
    path("book/<uuid:public_id>/release/", reserving.release, name="release"),
    # practice/hours/ : a practitioner's calendar
    path("practice/hours/", hours.hours, name="hours"),
    path("practice/hours/week/", hours.week, name="week"),
    path("practice/hours/limits/", hours.limits, name="limits"),
    path("practice/hours/dates/add/", hours.date_add, name="date-add"),
    path("practice/hours/dates/<uuid:public_id>/remove/", hours.date_remove, name="date-remove"),
    path("practice/hours/blocked/add/", hours.block, name="block"),
    path("practice/hours/blocked/<uuid:public_id>/remove/", hours.unblock, name="unblock"),
]
