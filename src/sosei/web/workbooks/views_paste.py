"""A block copied from Excel: pasted, its columns named, handed in to be read like a workbook."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.formats.workbook import (
    Meaning,
    choices,
    code_of,
    guess_columns,
    headings_in,
    meaning_label,
    meaning_of,
)
from sosei.formats.xlsx_cell import column_letters
from sosei.plan.model import Plan as Document
from sosei.plan.walk import elements
from sosei.values import Problem, When, YearKind, YearLabel, era_text
from sosei.web.people.acting import today
from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft, Plan
from sosei.web.plans.opening import the_draft, whole_plan_page
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language, say
from sosei.web.workbooks import acts
from sosei.web.workbooks.blocks import MOST_ROWS, Way, block_rows
from sosei.web.workbooks.models import Upload, UploadKind, UploadState
from sosei.web.workbooks.years import past_years, target_years

_SHOWN = 30  # rows of the table that are shown, beside those with a fault
_MOST_SHOWN = 200
_MOST_HEADINGS = 50
_ROW = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its letter, and the code of what it holds."""

    letter: str
    code: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is shown: its address, and what is wrong with it."""

    address: str
    text: str
    fault: str


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Paste (GET), see the block as a table and say what its columns hold (POST), hand it in (step=read)."""
    draft = the_draft(plan)
    desk = _Desk(request, draft)
    if request.method == "GET":
        return _from(request, plan, desk)
    text = request.POST.get("block", "")
    try:
        rows = block_rows(text)
        if request.POST.get("step") != "read" or not desk.is_about(rows):
            return desk.page(plan, text, rows)
        upload = acts.hand_in_block(request.actor, draft, text, desk.way(rows))
    except Problem as problem:
        return desk.page(plan, text, problem=problem, status=400)
    messages.success(
        request,
        say("表を受け取りました。まだ下書きは変わっていません", "The table is here; the draft is as it was"),
    )
    return redirect("workbook_upload", code=request.municipality.code, plan=plan.key, upload=upload.pk)


def _from(request: HttpRequest, plan: Plan, desk: _Desk) -> HttpResponse:
    """The page; with a block that waits and is to be mended (``from``) where its address names one."""
    wanted = request.GET.get("from", "")
    waiting = Upload.objects.filter(draft=desk.draft, kind=UploadKind.BLOCK, state=UploadState.READY)
    found = next((each for each in waiting if str(each.pk) == wanted), None)
    if found is None:
        return desk.page(plan, "")
    text = bytes(found.data).decode()
    desk.chosen = Way.of(found.settings)
    desk.faults = {error["address"]: say(error["ja"], error["en"]) for error in json.loads(found.errors)}
    return desk.page(plan, text, block_rows(text))


class _Desk:
    """What the page knows: the draft's plan, and what was chosen."""

    def __init__(self, request: HttpRequest, draft: Draft) -> None:
        self.request, self.draft = request, draft
        self.document: Document = draft_document(draft)
        self.chosen: Way | None = None
        self.faults: dict[str, str] = {}
        if "column" in request.POST:
            self.chosen = Way(
                columns=tuple(request.POST.getlist("column")),
                first=_number(request.POST.get("first", "")),
                at=request.POST.get("at", ""),
                year=request.POST.get("year", "")[:20],
            )

    def is_about(self, rows: Sequence[Sequence[str]]) -> bool:
        """Whether the columns that were named are those of the block as it is now."""
        return self.chosen is not None and len(self.chosen.columns) == max(map(len, rows))

    def way(self, rows: Sequence[Sequence[str]]) -> Way:
        """How the block is to be read: as chosen, else as guessed."""
        if self.chosen is not None and self.is_about(rows):
            return self.chosen
        codes = tuple(code_of(each) if each else "" for each in self._guessed(rows))
        at = self.request.POST.get("at") or self.request.GET.get("at", "")
        return Way(columns=codes, first=headings_in(rows, self.document), at=at)

    def _guessed(self, rows: Sequence[Sequence[str]]) -> list[Meaning | None]:
        return guess_columns(rows, self.document)

    def page(
        self,
        plan: Plan,
        text: str,
        rows: Sequence[Sequence[str]] = (),
        problem: Problem | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page with the block as typed, and as a table where it is one."""
        context: dict[str, Any] = {
            "section": "plans",
            "tab": "draft",
            "plan": plan,
            "text": text,
            "problem": problem,
            "most": f"{MOST_ROWS:,}",
            "elements": [
                (
                    placed.element.key,
                    "　" * (len(placed.path) - 1) + f"{placed.element.label} {placed.element.name}".strip(),
                )
                for placed in elements(self.document)
            ],
            "at": self.request.POST.get("at") or self.request.GET.get("at", ""),
        }
        if rows:
            context |= self._table(rows)
        return render(self.request, "workbooks/paste.html", context, status=status)

    def _table(self, rows: Sequence[Sequence[str]]) -> dict[str, Any]:
        way = self.way(rows)
        years = self._years(rows)
        width = max(map(len, rows))
        faulty = {int(found[0]) for address in self.faults if (found := _ROW.search(address))}
        shown = [
            (number, number <= way.first, self._cells(number, row, width))
            for number, row in enumerate(rows, 1)
            if number <= way.first + _SHOWN or number in faulty
        ][:_MOST_SHOWN]
        return {
            "way": way,
            "at": way.at,
            "columns": [Column(column_letters(n), code) for n, code in enumerate(way.columns, 1)],
            "choices": self._choices(way, years),
            "years": [year.text for year in years],
            "rows": shown,
            "row_count": len(rows),
            "left": len(rows) - len(shown),
            "headings": range(min(len(rows), _MOST_HEADINGS) + 1),
        }

    def _choices(self, way: Way, years: Sequence[YearLabel]) -> list[tuple[str, str]]:
        found = choices(self.document, years, language())
        known = {code for code, _ in found}
        others = (meaning_of(code, self.document) for code in dict.fromkeys(way.columns) if code not in known)
        levels = self.document.levels
        return found + [(code_of(each), meaning_label(each, levels, language())) for each in others if each]

    def _years(self, rows: Sequence[Sequence[str]]) -> list[YearLabel]:
        """The years of the block's headings as they stand there, and the plan's others, in order."""
        labels: dict[int, YearLabel] = {}
        for meaning in self._guessed(rows):
            if meaning and meaning.year and meaning.year.when:
                labels.setdefault(meaning.year.when.year, meaning.year)
        past = past_years(self.document, today())
        last = [self.document.period.last.year] if self.document.period else []
        numbers = sorted({*(when.year for when in (*past, *target_years(self.document))), *last})
        for when in (When(year=year, kind=YearKind.FISCAL) for year in numbers):
            labels.setdefault(when.year, YearLabel(text=era_text(when, short=True), when=when))
        return [labels[year] for year in sorted(labels)]

    def _cells(self, number: int, row: Sequence[str], width: int) -> list[Cell]:
        return [
            Cell(address, text, self.faults.get(address, ""))
            for column, text in enumerate([*row, *[""] * (width - len(row))], 1)
            for address in (f"{column_letters(column)}{number}",)
        ]


def _number(text: str) -> int:
    return min(int(text), _MOST_HEADINGS) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
