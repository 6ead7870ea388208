from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Listed(models.Model):
    """What a search filters by, until the day on which what permits the practitioner ends."""

    kind = models.CharField(max_length=30)
    shown_until = models.DateField(null=True)  # its last day, by the practitioner's clock; none: no end

    class Meta:
        abstract = True


class Listing(Listed):
    """A practitioner whom the search may show."""

    practitioner = models.OneToOneField("directory.Practitioner", models.CASCADE, related_name="listing")
    video_minor = models.PositiveIntegerField(null=True)  # price of the cheapest session; none: no such
    video_currency = models.CharField(max_length=3, blank=True, default="")

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        indexes = (
            models.Index(
                fields=["video_currency", "video_minor", "id"],
                condition=Q(video_minor__isnull=False),
                name="listings_by_video",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="price_by_video_has_a_currency",
                condition=Q(video_minor__isnull=True, video_currency="")
                | Q(video_minor__isnull=False) & ~Q(video_currency=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.practitioner}"


class Spot(Listed):
    """
    Where a listed practitioner treats in person; degrees north and east.

    All that a search needs to choose stands in one index, so that it reads neither this table nor another.
    """

    practitioner = models.ForeignKey("directory.Practitioner", models.CASCADE, related_name="+")
    place = models.ForeignKey("directory.Place", models.CASCADE, related_name="+")
    latitude = models.FloatField()
    longitude = models.FloatField()
    price_minor = models.PositiveIntegerField()  # of the cheapest session in person,
    currency = models.CharField(max_length=3)  # in which it is paid

    class Meta:
        verbose_name = _("spot")
        verbose_name_plural = _("spots")
        indexes = (
            models.Index(
                fields=["latitude", "longitude"],
                include=["practitioner", "place", "kind", "price_minor", "currency", "shown_until"],
                name="spots_near",
            ),
        )
        constraints = (models.CheckConstraint(name="spot_has_a_currency", condition=~Q(currency="")),)

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"
