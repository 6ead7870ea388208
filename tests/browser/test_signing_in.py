"""Signing in, in Chromium: a code from a letter, then a passkey that the browser keeps."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from looking import is_fine
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from unknot.web.outbox.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture(params=SIZES)
def page(
    browser: Browser, live_server: LiveServer, settings: Settings, request: pytest.FixtureRequest
) -> Iterator[Page]:
    settings.EMAIL_BACKEND = "unknot.web.outbox.backend.OutboxBackend"
    cache.clear()
    context = browser.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        viewport=SIZES[request.param],
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert complaints == []
    context.close()


def code() -> str:
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", Message.objects.latest("id").text)
    assert found
    return found[0]


def make_account(page: Page) -> None:
    page.goto("/account/signup/")
    is_fine(page)
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    is_fine(page)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    is_fine(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/$"))


def test_by_a_code(page: Page) -> None:
    make_account(page)
    is_fine(page)
    for address in ("/account/email/", "/account/factors/", "/account/factors/totp/activate/"):
        page.goto(address)
        is_fine(page)
    sign_out(page)
    page.goto("/account/email/")
    is_fine(page)
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill("AAAA-AAAA")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("That isn't the code")).to_be_visible()
    is_fine(page)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile("/account/email/$"))


def test_a_second_factor_is_set_up_and_one_goes_on(page: Page) -> None:
    make_account(page)
    page.goto("/account/factors/totp/activate/")
    secret = page.locator("code").inner_text().strip()
    page.locator("[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    is_fine(page)
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    is_fine(page)


def test_by_a_passkey(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    make_account(page)
    page.goto("/account/factors/webauthn/add/")
    is_fine(page)
    expect(page.get_by_label("Sign in with it alone, without a code")).to_be_checked()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda address: not address.endswith("/add/"))
    is_fine(page)
    page.goto("/account/factors/webauthn/")
    is_fine(page)
    page.goto("/account/")
    expect(page.get_by_text("You have 1 passkey.")).to_be_visible()
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your appointments")
