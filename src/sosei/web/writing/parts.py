"""The parts of a plan beside its tree, and where each is written: the one list that the writing home shows.

A part is written on the page of the plan's own record until it has a page of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sosei.checks.finding import Words
from sosei.plan.model import Plan as Document
from sosei.web.plans.models import Draft


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
    anchor: str = ""


def _listed(ja: str, en: str, collection: str) -> _Known:
    """A list of the plan's own record."""
    return _Known(
        Words(ja, en), lambda document: len(getattr(document, collection)), anchor=f"#list-{collection}"
    )


_PARTS: Sequence[_Known] = (
    _Known(Words("基本事項", "Basic facts"), None),
    _listed("担当課", "Divisions", "divisions"),
    _listed("指標", "Indicators", "indicators"),
    _listed("章・本文", "Chapters", "chapters"),
    _listed("関係する計画", "Related plans", "references"),
    _listed("前期の検証", "Review of the last period", "verifications"),
    _listed("人口", "Population", "population"),
    _listed("将来推計", "Projections", "projections"),
    _listed("注", "Notes", "notes"),
    _listed("検証会議", "Review councils", "councils"),
    _listed("意見", "Opinions", "opinions"),
    _listed("正誤", "Errata", "errata"),
    _listed("点検の除外", "Waivers of the review", "waivers"),
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
    return reverse(part.name, kwargs=names) + part.anchor
