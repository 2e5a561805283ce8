"""What a plan's scheme is and what somebody wants it to be: chosen, written, or none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from django.http import QueryDict

from sosei.plan.model import Plan as Document
from sosei.plan.model import Shown
from sosei.plan.operations import Operation, Set
from sosei.plan.writing import data_of
from sosei.scheme.files import parse_scheme
from sosei.scheme.model import Scheme
from sosei.scheme.presets import PLAIN_SCHEME, in_force, preset
from sosei.values import Problem
from sosei.web.plans.uploaded import kept_text

LONGEST = 50_000
LONGEST_REASON = 1000
MOST_EDITIONS = 12


class Way(StrEnum):
    """Where the scheme comes from."""

    PRESET = "preset"
    OWN = "own"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan's scheme: the name of a shipped one, or the plan's own texts, one an edition; neither: the plain ratio."""

    scheme: str = ""
    schemes: tuple[str, ...] = ()

    @property
    def way(self) -> Way:
        """Where it comes from."""
        return Way.OWN if self.schemes else Way.PRESET if self.scheme else Way.PLAIN

    def editions(self, *, has_period: bool) -> list[Scheme]:
        """The typed schemes; raises Problem for a mistake, with the number of the edition and the line."""
        if not self.schemes:
            return [preset(self.scheme) if self.scheme else PLAIN_SCHEME]
        found = [
            parse_scheme(
                text, f"第{number}版" if len(self.schemes) > 1 else "評価方式", has_period=has_period
            )
            for number, text in enumerate(self.schemes, 1)
        ]
        _differ(found)
        return found

    def of_year(self, year: int | None, *, has_period: bool) -> Scheme:
        """The scheme that is in force in ``year``; raises Problem for a mistake in any of them."""
        return in_force(self.editions(has_period=has_period), year)


def _differ(editions: list[Scheme]) -> None:
    """Of two editions one must begin later, or be the higher edition of the same year."""
    seen: dict[tuple[int | None, int], int] = {}
    for number, scheme in enumerate(editions, 1):
        start = (scheme.first_year, scheme.edition)
        if start in seen:
            raise Problem(
                f"第{seen[start]}版と第{number}版の使い始めが同じです。"
                'それぞれに from = "R8" のように、使い始めの年度を書いてください',
                f'editions {seen[start]} and {number} begin at the same time; write from = "R8" in each, '
                "the fiscal year it begins with",
            )
        seen[start] = number


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What the draft says: its scheme, and what its documents show beside the rate."""

    choice: Choice
    shows: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> Self:
        """The draft as it stands."""
        return cls(
            choice=Choice(document.scheme, tuple(map(_lines, document.schemes))),
            shows=tuple(each.value for each in document.shows),
        )

    @property
    def text(self) -> str:
        """As JSON, for a form to send back."""
        data = {"scheme": self.choice.scheme, "schemes": self.choice.schemes, "shows": self.shows}
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """What ``text`` wrote; raises Problem where it is damaged."""
        try:
            data = json.loads(text)
            scheme, schemes, shows = data["scheme"], data["schemes"], data["shows"]
            if not all(isinstance(each, str) for each in (scheme, *schemes, *shows)):
                raise TypeError
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Problem(
                "画面の値が壊れています。ページを読み込み直してください",
                "the form's own value is damaged; load the page again",
            ) from None
        return cls(choice=Choice(scheme, tuple(map(_lines, schemes))), shows=tuple(shows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What stands in the form: the way, and what was chosen and typed for each of the ways."""

    way: Way
    preset: str = ""
    texts: tuple[str, ...] = ("",)
    shows: tuple[str, ...] = ()
    reason: str = ""
    seen: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Self:
        """The form as it is first shown."""
        now = Stand.of(document)
        return cls(
            way=now.choice.way,
            preset=now.choice.scheme,
            texts=now.choice.schemes or ("",),
            shows=now.shows,
            seen=now.text,
        )

    @classmethod
    def sent(cls, sent: QueryDict) -> Self:
        """The form as it came back; ``more`` are the fields that only steer what is shown."""
        way, _, name = sent.get("choice", "").partition("/")
        return cls(
            way=Way(way) if way in set(Way) else Way.PLAIN,
            preset=name,
            texts=tuple(map(_lines, sent.getlist("text")))[:MOST_EDITIONS] or ("",),
            shows=tuple(each.value for each in Shown if each.value in sent.getlist("shows")),
            reason=sent.get("reason", "").strip(),
            seen=sent.get("seen", ""),
            more={name: sent.get(name, "") for name in ("year", "rows", "page", "q")},
        )

    @property
    def choice(self) -> Choice:
        """The scheme that is wanted; texts left empty are none."""
        match self.way:
            case Way.PRESET:
                return Choice(scheme=self.preset)
            case Way.OWN:
                return Choice(schemes=tuple(text for text in self.texts if text.strip()))
            case Way.PLAIN:
                return Choice()

    def check(self) -> None:
        """Raises Problem where something cannot be kept."""
        if self.way is Way.PRESET and not self.preset:
            raise Problem(
                "備え付けの方式を一覧から選んでください", "choose one of the schemes that come along"
            )
        if self.way is Way.OWN and not self.choice.schemes:
            raise Problem(
                "評価方式の文がまだ空です。書くか、備え付けの方式から書き始めてください",
                "the scheme's text is still empty; write it, or begin with one that comes along",
            )
        for text, most in (*((text, LONGEST) for text in self.texts), (self.reason, LONGEST_REASON)):
            kept_text(text)
            if len(text) > most:
                raise Problem(
                    f"長すぎます（{len(text)}字）。{most}字までにしてください",
                    f"this is too long ({len(text)} characters); at most {most}",
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What saving a form does: the operations, and whether the scheme or what is shown was changed meanwhile."""

    operations: tuple[Operation, ...]
    stale_choice: bool
    stale_shows: bool

    @property
    def is_stale(self) -> bool:
        """Whether something was refused because somebody else changed it too."""
        return self.stale_choice or self.stale_shows


def change(document: Document, wanted: Wanted) -> Change:
    """What leads from the draft to what is ``wanted``: of the scheme and of what is shown each only what the
    person changed, and only where nobody else did meanwhile.

    Raises Problem where the form's own value is damaged.
    """
    seen, now = Stand.read(wanted.seen), Stand.of(document)
    fields: dict[str, Any] = {}
    stale_choice = stale_shows = False
    if wanted.choice not in (seen.choice, now.choice):
        stale_choice = seen.choice != now.choice
        if not stale_choice:
            fields["scheme"] = wanted.choice.scheme or None
            fields["schemes"] = list(wanted.choice.schemes) or None
    if wanted.shows not in (seen.shows, now.shows):
        stale_shows = seen.shows != now.shows
        if not stale_shows:
            fields["shows"] = list(wanted.shows) or None
    return Change(
        operations=tuple(_operations(document, fields, wanted.reason)),
        stale_choice=stale_choice,
        stale_shows=stale_shows,
    )


def _operations(document: Document, fields: Mapping[str, Any], reason: str) -> Iterable[Operation]:
    """A field marked as not printed in the source loses that mark when it gets a value."""
    data = data_of(document)
    changed = {name: new for name, new in fields.items() if data.get(name) != new}
    marks = list(document.not_printed)
    rest = [name for name in marks if not changed.get(name)]
    if rest != marks:
        yield Set(key=document.key, field="not_printed", old=marks, new=rest or None, reason=reason)
    for name, new in changed.items():
        yield Set(key=document.key, field=name, old=data.get(name), new=new, reason=reason)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
