"""Saving cells of the grid of years: each against the value its form was made with, many as one act."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from sosei.checks.finding import Words
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.plans import acts
from sosei.web.plans.appending import locked
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language
from sosei.web.writing.editors import Around, Typed
from sosei.web.writing.forms import json_text
from sosei.web.writing.grid_book import Book, Slot, Sort
from sosei.web.writing.grid_cells import cell_heard, cell_read, cell_shown
from sosei.web.writing.outcome import Outcome, State

MOST_CELLS = 2000
_LONGEST_WAS = 100_000


def save_cells(
    actor: Actor, draft: Draft, typed: Typed, was: Mapping[str, str], reason: str = ""
) -> dict[str, Outcome]:
    """Save the cells named in ``was`` as one act; what became of each.

    A cell that cannot be kept, or that somebody else changed meanwhile, holds up no other.
    """
    if len(was) > MOST_CELLS:
        raise Problem(
            f"一度に書き込めるのは{MOST_CELLS}個の値までです（{len(was)}個ありました）",
            f"at most {MOST_CELLS} values can be written at once ({len(was)} were sent)",
        )
    with transaction.atomic():
        draft = locked(draft)
        book = Book(draft_document(draft))
        found = {name: _cell(book, draft, name, typed, text) for name, text in was.items()}
        made = book.operations(reason)
        count = sum(each.state is State.SAVED for each in found.values())
        try:
            acts.operate(actor, draft, made, summary=_summary(count) if count > 1 else None)
        except Problem as problem:
            if len(was) > 1:
                return _one_by_one(actor, draft, typed, was, reason)
            message = Words(problem.ja, problem.en)
            return {name: Outcome(state=State.PROBLEM, message=message) for name in was}
    return found


def _one_by_one(
    actor: Actor, draft: Draft, typed: Typed, was: Mapping[str, str], reason: str
) -> dict[str, Outcome]:
    """Each cell as an act of its own, where together they do not make a plan that holds."""
    found: dict[str, Outcome] = {}
    for name, text in was.items():
        found |= save_cells(actor, draft, typed, {name: text}, reason)
    return found


def _summary(count: int) -> acts.Summary:
    words = Words(f"年ごとの値を{count}個書き込み", f"{count} yearly values written")
    return acts.Summary(words=words, counts={"cells": count})


def _cell(book: Book, draft: Draft, name: str, typed: Typed, was: str) -> Outcome:
    try:
        slot = Slot.named(name)
        before, now = _value(was), book.value(slot)
        new = _read(book, slot, typed, before)
        heard = cell_heard(slot, typed, new)
        if json_text(new) in (json_text(before), json_text(now)):
            return Outcome(state=State.SAME, was=json_text(now), heard=heard)
        if json_text(now) != json_text(before):
            return _conflict(book, draft, slot, before)
        count = len(book.entries(slot))
        book.put(slot, new)
        # Where an entry went, another of the same year may have taken its number.
        is_gone = len(book.entries(slot)) < count
        written = None if is_gone else book.value(slot)
        return Outcome(state=State.SAVED, was=json_text(written), heard=heard)
    except Problem as problem:
        return Outcome(state=State.PROBLEM, message=Words(problem.ja, problem.en))


def _read(book: Book, slot: Slot, typed: Typed, before: Any) -> Any:
    try:
        return cell_read(book, slot, typed, before)
    except (TypeError, KeyError, AttributeError, ValidationError):
        raise _damaged() from None


def _conflict(book: Book, draft: Draft, slot: Slot, before: Any) -> Outcome:
    """Both values of a cell that somebody else changed meanwhile."""
    now = book.value(slot)
    try:
        opened = _text(book, slot, before)
    except (TypeError, KeyError, AttributeError, ValidationError):
        raise _damaged() from None
    shown = cell_shown(slot, now, Around(book.document))
    return Outcome(
        state=State.CONFLICT,
        was=json_text(now),
        theirs=_text(book, slot, now),
        opened=opened,
        inputs={each.name: each.value for each in shown.inputs},
        who=_last_writer(book, draft, slot),
    )


def _text(book: Book, slot: Slot, value: Any) -> str:
    """The value as a person reads it: its text, and the word chosen beside it where it is not the usual one."""
    text, *choices = cell_shown(slot, value, Around(book.document)).inputs
    words = [
        dict(each.options)[each.value].of(language())
        for each in choices
        if value and (value.get("status") or value.get("difference"))
    ]
    return f"{text.value}（{'、'.join(words)}）" if words else text.value


def _last_writer(book: Book, draft: Draft, slot: Slot) -> str:
    """Who last wrote at the entry, or at the record that holds it."""
    entry, holder = book.entry(slot), book.holder(slot)
    field = '"path"' if slot.sort is Sort.TARGET else ""
    keys = [entry["key"]] if entry and "key" in entry else [holder.key]
    for key in (*keys, holder.key):
        rows = draft.operations.filter(operation__contains=f'"{key}"')
        row = rows.filter(operation__contains=field).select_related("by").order_by("-no").first()
        if row is not None:
            return row.by.name if row.by else ""
    return ""


def _value(text: str) -> Any:
    try:
        if len(text) > _LONGEST_WAS:
            raise ValueError
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _damaged() from None


def _damaged() -> Problem:
    return Problem(
        "画面の値が壊れています。ページを読み込み直してください",
        "the form's own value is damaged; load the page again",
    )
