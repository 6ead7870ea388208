"""
Signing in and what belongs to it: allauth's pages, but those about passwords, which nobody has.

Their names are allauth's own ("account_login"), since it asks for them by those.
"""

from __future__ import annotations

from allauth.account.urls import urlpatterns as of_accounts
from allauth.mfa.urls import urlpatterns as of_factors
from django.urls import include, path

from unknot.web.accounts import codes, views

ABOUT_PASSWORDS = "password"
ENTER_CODE = "account_confirm_login_code"
OUR_OWN = [
    path("", views.home, name="home"),
    path("second-factor/", views.second_factor, name="second-factor"),
]

urlpatterns = [
    path("", include((OUR_OWN, "accounts"))),
    path("login/code/confirm/", codes.enter_code, name=ENTER_CODE),
    *(page for page in of_accounts if ABOUT_PASSWORDS not in str(page.name) and page.name != ENTER_CODE),
    path("factors/", include(of_factors)),
]
