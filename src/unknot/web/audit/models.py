from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


class Did(models.TextChoices):
    """What was done with a record."""

    READ = "read", "read"
    CHANGED = "changed", "changed"
    REFUSED = "refused", "refused"


class Entry(models.Model):
    """
    One line of the trail: a page one line, a list one line with its ids.

    Accounts, practices and records are named by their public ids only: what is erased elsewhere leaves no
    name here. Nobody changes or removes a line: the web's role may not, and a trigger refuses it to all.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    did = models.CharField(max_length=10, choices=Did)
    what = models.CharField(max_length=60)  # the kind of record: "directory.credential"
    ids = ArrayField(models.UUIDField())
    actor = models.UUIDField(null=True)  # none: somebody who isn't signed in, or the program itself
    practice = models.UUIDField(null=True)
    request = models.CharField(max_length=36)

    class Meta:
        verbose_name = "line of the trail"
        verbose_name_plural = "lines of the trail"
        db_table_comment = "append-only: see unknot.server.roles"
        ordering = ("-id",)
        indexes = (
            GinIndex(fields=["ids"], name="audit_of_a_record"),
            models.Index(fields=["actor", "at"], name="audit_of_an_actor"),
        )
        constraints = (models.CheckConstraint(name="audit_did", condition=models.Q(did__in=Did.values)),)
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'the trail can only be added to';",
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.did} {self.what}"
