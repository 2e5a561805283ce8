"""What a municipality keeps of its population: tables as they were read, and scenarios with a name."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from sosei.web.jobs.models import Job
from sosei.web.people.models import Municipality, Row, User


class Place(StrEnum):
    """What a table serves: the projection that everything starts from, and what stands beside it."""

    PROJECTION = "projection"
    CENSUS = "census"
    NEWER = "newer"
    REGISTER = "register"
    NATION = "nation"


class PopulationTable(Row):
    """Figures of one area as they were read of a file (``kept.py``: ``content``), never changed.

    One of each ``place`` is in use; it was replaced (or taken out) at ``replaced_at`` and may be put back.
    ``name`` and ``sha256`` are of the file; ``remarks`` a JSON list of pairs of sentences.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=12)
    content = models.TextField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    remarks = models.TextField(default="[]")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "place"],
                condition=Q(replaced_at=None),
                name="one_population_table",
            )
        ]


class PopulationUpload(Row):
    """A file of population that waits to be read by a worker and looked at; hostile until it has been read.

    ``data`` is emptied once the file has been read, refused or dropped.  ``content`` and ``remarks`` are those
    of the table that it would become.  ``state``: reading, ready, refused, accepted, dropped.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="reading")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    content = models.TextField(default="")
    remarks = models.TextField(default="[]")
    problem_ja = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["created_at"])]


class SavedScenario(Row):
    """シナリオ that the municipality keeps under a name.

    ``data`` is the scenario (``sosei.population.scenario``) as JSON text, its name ``name``.  ``is_shown``:
    council members and readers see it too.  ``basis`` is the fingerprint of the figures it was last saved on.
    ``removed_at``: taken off the list, to be restored or not.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    data = models.TextField()
    is_shown = models.BooleanField(default=False)
    basis = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], condition=Q(removed_at=None), name="one_scenario_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
