"""Who is signed in: both are asked with every page, so their queries are made once."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from unknot.web.accounts.models import User
from unknot.web.site.prepared import Query

_SESSION = Query(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))
_USER = Query(lambda key: User.objects.filter(pk=key))


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION(self.session_key, timezone.now()).first()
        if found is None:
            self._session_key = None
        return found


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's ways to sign in."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, unless it may not sign in any more."""
        found = _USER(user_id).first()
        return found if found and self.user_can_authenticate(found) else None
