"""Who answers for which record on a day (主担当 first), for the pages that show a plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from sosei.web.people.models import Assignment, DivisionName, Municipality

_FEW = 500  # keys that are named in the query; for more the whole municipality is read


@dataclass(frozen=True, slots=True)
class Answering:
    """A division that answers for a record, under its name of the day."""

    division: UUID
    name: str
    is_main: bool


def responsible(
    municipality: Municipality, keys: Collection[str] | None, on: date
) -> Mapping[str, tuple[Answering, ...]]:
    """The divisions that answer on ``on`` for the records ``keys`` (None: for all), main first, in one query.

    A record for which nobody answers is not in the mapping.
    """
    name = DivisionName.objects.filter(division=OuterRef("division"), until__gt=on).order_by("until")
    rows = Assignment.objects.on(on).filter(municipality=municipality)
    if keys is not None and len(keys) <= _FEW:
        rows = rows.filter(key__in=list(keys))
    rows = rows.annotate(called=Coalesce(Subquery(name.values("name")[:1]), F("division__name"))).order_by(
        "-is_main", "division__order", "called"
    )
    wanted = None if keys is None else set(keys)
    found: dict[str, list[Answering]] = {}
    for key, division, called, is_main in rows.values_list("key", "division_id", "called", "is_main"):
        if wanted is None or key in wanted:
            found.setdefault(key, []).append(Answering(division, called, is_main))
    return {key: tuple(each) for key, each in found.items()}
