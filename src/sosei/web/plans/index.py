"""The flat rows of an edition: written on adoption, rebuilt by ``sosei reindex``, read by lists and search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any
from uuid import uuid5

from django.db import models, transaction

from sosei.checks.finding import Finding
from sosei.checks.review import review, review_year
from sosei.plan.model import Plan as Document
from sosei.values.exact import plain
from sosei.web.people.models import Municipality
from sosei.web.plans.models import (
    Edition,
    EditionRow,
    FindingRow,
    PlacementRow,
    SearchRow,
    YearRow,
)
from sosei.web.plans.store import edition_document
from sosei.web.reading import rows

_CHUNK = 200  # rows a statement: SQLite takes 32,766 values, a placement has some thirty
_SORTED = PlacementRow._meta.get_field("rate")
_EXACT = Context(prec=_SORTED.max_digits, rounding=ROUND_HALF_UP)
_ONE_STEP = Decimal(1).scaleb(-_SORTED.decimal_places)
_MOST = Decimal(10) ** (_SORTED.max_digits - _SORTED.decimal_places) - 1

Data = dict[str, Any]


def write_rows(edition: Edition, document: Document) -> None:
    """Write every row of ``edition`` anew, in one transaction; the same document gives the same rows.

    Raises Problem where the plan's scheme or one of its waivers cannot be read.
    """
    flat = rows.flat_rows(document)
    found = review(document, review_year(document, None)).findings
    with transaction.atomic():
        _write(edition, PlacementRow, map(_placement, flat.placements))
        _write(edition, YearRow, map(_year, flat.years))
        _write(edition, SearchRow, map(_data, flat.search))
        _write(edition, FindingRow, map(_finding, found))


def reindex(municipality: Municipality | None = None) -> int:
    """Rebuild the rows of every edition (of ``municipality``, where one is given); how many editions."""
    editions = Edition.objects.defer("data").order_by("plan", "no")
    if municipality is not None:
        editions = editions.filter(municipality=municipality)
    count = 0
    for edition in editions.iterator():
        write_rows(edition, edition_document(edition))
        count += 1
    return count


def names_text(names: Iterable[str]) -> str:
    """Several names as a row holds them: one a line, between line ends; empty for none."""
    joined = "\n".join(dict.fromkeys(name.replace("\n", " ") for name in names))
    return f"\n{joined}\n" if joined else ""


def _write(edition: Edition, kind: type[EditionRow], found: Iterable[Data]) -> None:
    stored: models.Manager = kind._default_manager
    stored.filter(edition=edition).delete()
    stored.bulk_create(_numbered(edition, kind, found), batch_size=_CHUNK)


def _numbered(edition: Edition, kind: type[EditionRow], found: Iterable[Data]) -> Iterator[EditionRow]:
    for order, data in enumerate(found):
        yield kind(
            id=uuid5(edition.pk, f"{kind.__name__}/{order}"),
            municipality_id=edition.municipality_id,
            edition=edition,
            **{**data, "order": order},
        )


def _placement(row: rows.PlacementRow) -> Data:
    data = _data(row)
    no_rate = data.pop("no_rate")
    return data | {
        "divisions": names_text(row.divisions),
        "rate": _sortable(row.rate),
        "no_rate_ja": no_rate.ja,
        "no_rate_en": no_rate.en,
        "spark": json.dumps(row.spark.as_json(), ensure_ascii=False),
    }


def _year(row: rows.YearRow) -> Data:
    number = plain(row.number) if row.number is not None else ""
    return _data(row) | {"number": number, "rate": _sortable(row.rate)}


def _finding(finding: Finding) -> Data:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "family": finding.family.value,
        "message_ja": finding.message.ja,
        "message_en": finding.message.en,
        "places": json.dumps([asdict(place) for place in finding.places], ensure_ascii=False),
        "keys": names_text(place.key for place in finding.places),
    }


def _data(row: Any) -> Data:
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _sortable(rate: Decimal | None) -> Decimal | None:
    """``rate`` as far as a database keeps it."""
    if rate is None:
        return None
    return max(-_MOST, min(_MOST, rate)).quantize(_ONE_STEP, context=_EXACT)
