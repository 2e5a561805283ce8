"""The rows of the list of KPIs: an edition's from its tables, a draft's from its document, both the same."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from decimal import Decimal

from sosei.checks.finding import Words
from sosei.checks.review import Review, review, review_year
from sosei.plan import walk
from sosei.plan.model import Plan as Document
from sosei.scheme.presets import scheme_of
from sosei.web.plans import models
from sosei.web.plans.opened import Opened
from sosei.web.reading.keeping import kept
from sosei.web.reading.lists import ListRow
from sosei.web.reading.rows import FlatRows, PlacementRow, YearRow, flat_rows
from sosei.web.reading.spark import Spark

_KEPT = 16
_WIDE = 6  # a finding with more places speaks of the plan as a whole, not of a row
_OWN = {"divisions", "no_rate", "spark"}
_PLAIN = tuple(field.name for field in fields(PlacementRow) if field.name not in _OWN)
_YEAR = tuple(field.name for field in fields(YearRow))


def list_rows(opened: Opened) -> list[ListRow]:
    """Every placement of the plan with its values by year, in the plan's order."""
    if opened.edition is None:
        flat = draft_rows(opened.document)
        return _joined(flat.placements, flat.years)
    placements = models.PlacementRow.objects.filter(edition=opened.edition)
    years = models.YearRow.objects.filter(edition=opened.edition)
    return _joined(
        (placement_of(stored) for stored in placements), (_year_of(row) for row in years.values(*_YEAR))
    )


def with_findings(rows: Iterable[ListRow], document: Document) -> list[ListRow]:
    """``rows`` with whether a finding of the review speaks of each."""
    found = _reviewed(document)
    return [
        replace(each, has_findings=not found.isdisjoint((each.row.key, each.row.indicator))) for each in rows
    ]


def scale_of(document: Document, year: int | None) -> tuple[str, ...]:
    """The classes of the scheme in force in ``year``, the best first."""
    grade = scheme_of(document, year).grade
    return tuple(dict.fromkeys(band.label for band in (*grade.steps, *grade.bands)))


@kept(_KEPT)
def draft_rows(document: Document) -> FlatRows:
    """The flat rows of a draft, as adoption would write them."""
    return flat_rows(document)


@kept(_KEPT)
def review_of(document: Document) -> Review:
    """The review of a plan for its latest year with values."""
    return review(document, review_year(document, None))


def placement_of(stored: models.PlacementRow) -> PlacementRow:
    """The row as it was before it was stored."""
    return PlacementRow(
        **{name: getattr(stored, name) for name in _PLAIN},
        divisions=tuple(filter(None, stored.divisions.split("\n"))),
        no_rate=Words(stored.no_rate_ja, stored.no_rate_en),
        spark=Spark.from_json(json.loads(stored.spark)),
    )


def _year_of(data: Mapping[str, object]) -> YearRow:
    number = data["number"]
    return YearRow(**{**data, "number": Decimal(str(number)) if number else None})  # type: ignore[arg-type]


def _joined(placements: Iterable[PlacementRow], years: Iterable[YearRow]) -> list[ListRow]:
    by_placement: defaultdict[str, dict[int, YearRow]] = defaultdict(dict)
    for each in years:
        by_placement[each.placement][each.year] = each
    return [ListRow(row, by_placement.get(row.key, {})) for row in placements]


@kept(_KEPT)
def _reviewed(document: Document) -> frozenset[str]:
    """The placements and indicators that a finding speaks of above all, by key."""
    holders = dict(_holders(document))
    found: set[str] = set()
    for finding in review_of(document).findings:
        keys = {place.key for place in finding.places}
        if len(keys) <= _WIDE:
            found.update(holders[key] for key in keys if key in holders)
    return frozenset(found)


def _holders(document: Document) -> Iterator[tuple[str, str]]:
    """Each record inside a placement or an indicator with the key of that."""
    placements = (placement for _, placement in walk.placements(document))
    for record in (*placements, *document.indicators):
        for node in walk.nodes(record):
            yield node.key, record.key
