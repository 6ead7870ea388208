from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users and finds them by e-mail, whatever its capitals."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """
        The one way to write an address: without blanks around it, in small letters.

        The part before the @ may by the book tell capitals apart. No service that people use does,
        and two accounts for one letter box would be a danger to the record behind them.
        """
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who signs in by a code sent to ``email``, or with ``password`` if there is one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who may do everything; for `unknot manage createsuperuser`."""
        return self.create_user(email, password, **fields, is_superuser=True)

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of an address, as typed."""
        return self.get(email=self.normalize_email(username))


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. A client is a person, not a user: persons live in `intake`."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is an account with this e-mail address already.")},
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = (
            # With the unique index on the column this makes addresses unique whatever their capitals.
            models.CheckConstraint(
                name="user_email_in_small_letters",
                condition=Q(email=Lower(F("email"))),
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
            models.CheckConstraint(name="user_email_given", condition=~Q(email="")),
        )

    def clean(self) -> None:
        """Write the address in its one way before it is compared."""
        super().clean()
        self.email = UserManager.normalize_email(self.email)


class Practice(models.Model):
    """Where practitioners work; the custodian of the clinical records that are made there."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        constraints = (models.CheckConstraint(name="practice_has_a_name", condition=~Q(name="")),)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody who works in a practice."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (models.UniqueConstraint(name="one_membership_each", fields=["practice", "user"]),)

    def __str__(self) -> str:
        return f"{self.user} in {self.practice}"
