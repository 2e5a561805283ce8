"""Which acts somebody wants to see: filters as typed, and one page of what they leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from sosei.values import Problem, parse_when
from sosei.web.journal.models import Act, Chain

PAGE = 50
_LONGEST_NUMBER = 15
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True)
class Selection:
    """The filters as typed; empty ones leave everything.

    ``since`` and ``until`` take a day, a month or a year in any spelling of the field (令和7年9月1日, R7.9,
    2025-09-01), the whole of it included.
    """

    who: str = ""
    action: str = ""
    since: str = ""
    until: str = ""
    subject: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Selection:
        """What a query string asks for."""
        return cls(**{name: asked.get(name, "").strip().replace("\x00", "")[:200] for name in FILTERS})

    @property
    def given(self) -> dict[str, str]:
        """The filters that are filled in."""
        return {name: text for name in FILTERS if (text := getattr(self, name))}

    @cached_property
    def problems(self) -> dict[str, Problem]:
        """What is wrong, by filter."""
        found = {
            name: _unreadable(text)
            for name in ("since", "until")
            if (text := getattr(self, name)) and parse_when(text) is None
        }
        if not found and self.since and self.until and self._first > self._last:
            found["until"] = Problem(
                f"「{self.until}」は「{self.since}」より前です。始まりより後の日を入れてください",
                f'"{self.until}" lies before "{self.since}"; give a day after the beginning',
            )
        return found

    def among(self, chain: Chain) -> QuerySet[Act]:
        """The acts of ``chain`` that are left; none where a filter cannot be read."""
        acts = Act.objects.filter(chain=chain)
        if self.problems:
            return acts.none()
        if self.who:
            acts = acts.filter(who__icontains=self.who)
        if self.action:
            acts = acts.filter(action=self.action)
        if self.subject:
            acts = acts.filter(subject__icontains=self.subject)
        if self.since:
            acts = acts.filter(at__gte=_midnight(self._first))
        if self.until:
            acts = acts.filter(at__lt=_midnight(self._last + timedelta(days=1)))
        return acts

    @property
    def _first(self) -> date:
        when = parse_when(self.since)
        return when.first_day if when else date.min

    @property
    def _last(self) -> date:
        when = parse_when(self.until)
        return when.last_day if when else date.max


FILTERS = ("who", "action", "since", "until", "subject")


@dataclass(frozen=True)
class Page:
    """Some acts, newest first, and the numbers between which older and newer ones lie (None: there are none)."""

    acts: list[Act] = field(default_factory=list)
    older: int | None = None
    newer: int | None = None


def page_of(acts: QuerySet[Act], asked: Mapping[str, str]) -> Page:
    """The page that begins below the number ``before``, or ends above ``after``; else the newest acts.

    By number, not by counting rows, so that every page of a long log takes the same time and acts recorded
    meanwhile move nothing.
    """
    before, after = _number(asked.get("before", "")), _number(asked.get("after", ""))
    if after is not None:
        rows = list(acts.filter(no__gt=after).order_by("no")[: PAGE + 1])
        shown = rows[:PAGE][::-1]
        is_oldest = not shown or not acts.filter(no__lt=shown[-1].no).exists()
        return Page(
            shown,
            older=None if is_oldest else shown[-1].no,
            newer=shown[0].no if len(rows) > PAGE else None,
        )
    rows = list((acts if before is None else acts.filter(no__lt=before)).order_by("-no")[: PAGE + 1])
    shown = rows[:PAGE]
    is_newest = before is None or not shown or not acts.filter(no__gt=shown[0].no).exists()
    return Page(
        shown,
        older=shown[-1].no if len(rows) > PAGE else None,
        newer=None if is_newest else shown[0].no,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def _midnight(day: date) -> datetime:
    """The beginning of ``day``; no act is older than the program, and no database counts back for ever."""
    return timezone.make_aware(datetime.combine(max(day, _LONG_AGO), time.min))


def _unreadable(text: str) -> Problem:
    return Problem(
        f"「{text}」を日付として読めません。令和7年9月1日、R7.9.1、2025-09-01 のように入れてください（月や年だけでも可）",
        f'"{text}" is no date; write it like 2025-09-01, R7.9.1 or 令和7年9月1日 (a month or a year will do)',
    )
