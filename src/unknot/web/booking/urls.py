from __future__ import annotations

from django.urls import path

from unknot.web.booking import views

app_name = "booking"
urlpatterns = [
    path("practice/hours/", views.hours, name="hours"),
    path("practice/hours/week/", views.week, name="week"),
    path("practice/hours/limits/", views.limits, name="limits"),
    path("practice/hours/dates/add/", views.date_add, name="date-add"),
    path("practice/hours/dates/<uuid:public_id>/remove/", views.date_remove, name="date-remove"),
    path("practice/hours/blocked/add/", views.block, name="block"),
    path("practice/hours/blocked/<uuid:public_id>/remove/", views.unblock, name="unblock"),
]
