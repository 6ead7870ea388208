"""Pages that exist in the demo only."""

from __future__ import annotations

from django.urls import path

from unknot.web.accounts import views

urlpatterns = [path("sign-in/", views.demo_people, name="demo-people")]
