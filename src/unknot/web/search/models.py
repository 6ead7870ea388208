from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Listing(models.Model):
    """A practitioner whom the search may show, until the day on which what permits it ends."""

    practitioner = models.OneToOneField("directory.Practitioner", models.CASCADE, related_name="listing")
    kind = models.CharField(max_length=30)
    zone = models.CharField(max_length=64)
    shown_until = models.DateField(null=True)  # its last day, by the practitioner's clock; none: no end
    in_person_minor = models.PositiveIntegerField(null=True)  # price of the cheapest session; none: no such
    video_minor = models.PositiveIntegerField(null=True)
    currency = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = (
            models.CheckConstraint(
                name="listing_has_a_price", condition=Q(in_person_minor__gt=0) | Q(video_minor__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.practitioner}"


class Spot(models.Model):
    """Where a listed practitioner treats in person; degrees north and east."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="spots")
    place = models.ForeignKey("directory.Place", models.CASCADE, related_name="+")
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        verbose_name = _("spot")
        verbose_name_plural = _("spots")
        indexes = (models.Index(fields=["latitude", "longitude"], include=["listing"], name="spots_near"),)

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"
