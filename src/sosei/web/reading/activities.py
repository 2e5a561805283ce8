"""What an element reports year by year: 取組内容, 評価・課題, what comes next, the money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan.base import Prose
from sosei.plan.model import Activity, Element
from sosei.web.reading.reader import Reader
from sosei.web.reading.words import ACTIVITY_FIELDS, label_words, year_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityText:
    """One text of a year's report: 取組内容, 評価・課題 ...; a summary is marked as such."""

    field: str
    name: Words
    text: str
    summary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityYear:
    """What an element reports for a year: the record's key, its year, texts, money, divisions."""

    key: str
    year: Words
    texts: tuple[ActivityText, ...]
    money: tuple[tuple[Words, str], ...]
    divisions: tuple[str, ...]


def activity_years(reader: Reader, element: Element) -> Iterator[ActivityYear]:
    """What an element reports, the newest year first; years without any text are left out."""
    for activity in sorted(element.activities, key=_when, reverse=True):
        texts = tuple(_texts(activity))
        money = tuple(
            (ACTIVITY_FIELDS[field], str(value))
            for field, value in (("budget", activity.budget), ("settlement", activity.settlement))
            if value is not None
        )
        if texts or money:
            when = activity.year.effective
            yield ActivityYear(
                key=activity.key,
                year=year_words(when.year) if when else label_words(activity.year),
                texts=texts,
                money=money,
                divisions=tuple(reader.divisions[key] for key in activity.divisions),
            )


def _texts(activity: Activity) -> Iterator[ActivityText]:
    for field in ("done", "evaluation", "issues", "next"):
        prose: Prose | None = getattr(activity, field)
        if prose is not None and prose.text.strip():
            yield ActivityText(
                field=field, name=ACTIVITY_FIELDS[field], text=prose.text, summary=prose.summary
            )


def _when(activity: Activity) -> int:
    when = activity.year.effective
    return when.year if when else 0
