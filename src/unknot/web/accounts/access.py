"""Each sees their own account and no other: no address here names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from unknot.web.site.access import Access, Answer


def entrance() -> Access:
    """For who isn't signed in; others are sent on."""
    return Access(Answer.SHOWN, Answer.MOVED, Answer.MOVED)


def half_way() -> Access:
    """A step of signing in; who isn't on it is sent to its beginning, or on."""
    return Access(Answer.MOVED, Answer.MOVED, Answer.MOVED)


def own(answer: Answer = Answer.SHOWN, with_factor: Answer | None = None, **example: str) -> Access:
    """
    For who is signed in; others are sent to sign in.

    Practitioners and administrators have a second factor, where other accounts have none.
    """
    of_many = with_factor or answer
    return Access(Answer.MOVED, answer, of_many, practitioner=of_many, example=example)


def once_confirmed() -> Access:
    """Not before the address is confirmed, which a client's is."""
    return replace(own(Answer.MOVED), client=Answer.SHOWN)


ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "accounts:home": own(),
        "accounts:second-factor": own(),
        "account_login": entrance(),
        "account_signup": entrance(),
        "account_request_login_code": entrance(),
        "account_confirm_login_code": half_way(),
        "account_email_verification_sent": half_way(),
        "account_logout": own(),
        "account_inactive": Access(Answer.SHOWN, Answer.SHOWN, Answer.SHOWN),
        "account_email": own(),
        "account_reauthenticate": own(Answer.REFUSED, Answer.MOVED),  # asks for the factor instead
        "mfa_index": own(),
        "mfa_authenticate": half_way(),
        "mfa_login_webauthn": half_way(),
        "mfa_activate_totp": once_confirmed(),
        "mfa_add_webauthn": once_confirmed(),
        "mfa_generate_recovery_codes": own(Answer.SHOWN, Answer.MOVED),  # to prove who one is first
        "mfa_list_webauthn": own(),
        "mfa_reauthenticate": own(Answer.REFUSED, Answer.SHOWN),
        "mfa_reauthenticate_webauthn": own(Answer.REFUSED, Answer.MOVED),
        "mfa_deactivate_totp": own(Answer.HIDDEN, Answer.MOVED),
        # Of recovery codes and passkeys, which none of them has:
        "mfa_view_recovery_codes": own(Answer.HIDDEN),
        "mfa_download_recovery_codes": own(Answer.HIDDEN),
        "mfa_edit_webauthn": own(Answer.HIDDEN, Answer.MOVED, pk="1"),
        "mfa_remove_webauthn": own(Answer.HIDDEN, Answer.MOVED, pk="1"),
    }
)
