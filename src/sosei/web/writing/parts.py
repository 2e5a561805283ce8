"""The parts of a plan beside its tree, and where each is written: the one list that the writing home shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sosei.checks.finding import Words
from sosei.plan.model import Plan as Document
from sosei.web.plans.models import Draft
from sosei.web.writing.part_kinds import PARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part as the page lists it; ``count`` is None where nothing is to be counted."""

    label: Words
    address: str
    count: int | None


@dataclass(frozen=True, slots=True)
class _Known:
    label: Words
    count: Callable[[Document], int] | None
    name: str = "write_record"  # the address's name; that of a record has the plan's key
    collection: str = ""


def _listed(collection: str) -> _Known:
    """A list of the plan, with a page of its own."""
    return _Known(
        PARTS[collection].title,
        lambda document: len(getattr(document, collection)),
        name="write_part",
        collection=collection,
    )


_PARTS: Sequence[_Known] = (
    _Known(Words("Excelで書く", "Write in Excel"), None, name="workbook"),
    _Known(Words("コピーした表を貼り付ける", "Paste a copied table"), None, name="paste"),
    _Known(Words("基本事項", "Basic facts"), None),
    _Known(Words("階層の名称", "Levels"), lambda document: len(document.levels), name="write_levels"),
    _Known(Words("指標", "Indicators"), lambda document: len(document.indicators), name="write_indicators"),
    *map(
        _listed,
        (
            "divisions",
            "chapters",
            "references",
            "predecessors",
            "verifications",
            "population",
            "projections",
            "notes",
            "councils",
            "opinions",
            "errata",
            "waivers",
            "sources",
            "reports",
            "editions",
        ),
    ),
    _Known(Words("評価方式", "Evaluation scheme"), None, name="draft_scheme"),
    _Known(Words("意見募集", "Public comments"), None, name="comments"),
    _Known(Words("変更の一覧と理由", "Changes and their reasons"), None, name="draft_reasons"),
)


def parts_of(draft: Draft, document: Document) -> list[Part]:
    """Every part of the draft's plan with its address."""
    return [
        Part(
            label=each.label,
            address=_address(draft, document, each),
            count=each.count(document) if each.count else None,
        )
        for each in _PARTS
    ]


def _address(draft: Draft, document: Document, part: _Known) -> str:
    names = {"code": draft.plan.municipality.code, "plan": draft.plan.key}
    if part.name == "write_record":
        names["key"] = document.key
    if part.collection:
        names["collection"] = part.collection
    return reverse(part.name, kwargs=names)
