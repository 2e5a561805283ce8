"""Editors: how a value of a plan is typed, and how what is typed becomes plan data.

An editor stands for a type of the plan's models.  It shows a value (plain plan data, or None) as
``Input``s whose names begin with the field's, and reads typed texts back into plain plan data.
A text that did not change keeps everything that was read from it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import TypeAdapter

from sosei.checks.finding import Words
from sosei.plan.labels import VALUE_LABELS
from sosei.plan.model import Plan
from sosei.plan.operations import Operation
from sosei.values import (
    Column,
    Problem,
    Quantity,
    Span,
    YearLabel,
    fold,
    parse_quantity,
    parse_span,
    parse_year_label,
    quoted,
)
from sosei.web.plans.uploaded import kept_text
from sosei.web.writing.heard import quantity_words, span_words, year_words

LONGEST_LINE = 1000
LONGEST_TEXT = 20_000
_QUANTITY = TypeAdapter(Quantity)
_YEAR = TypeAdapter(YearLabel)
_SPAN = TypeAdapter(Span)

_WHOLE = re.compile("-?[0-9]{1,9}")

Typed = Mapping[str, str]


class Way(StrEnum):
    """How an input looks."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    NAME = "name"  # a line with names offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input: ``name`` as in the form, ``heard`` what its text is read as."""

    name: str
    way: Way = Way.LINE
    value: str = ""
    label: Words | None = None
    options: Sequence[tuple[str, Words]] = ()
    offers: str = ""
    heard: Words | None = None
    is_number: bool = False
    is_short: bool = False
    rows: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A value as its form shows it: inputs one below the other, or rows of inputs under ``headings``."""

    inputs: Sequence[Input] = ()
    headings: Sequence[Words] = ()
    rows: Sequence[Sequence[Input]] = ()

    @property
    def all(self) -> list[Input]:
        """Every input."""
        return [*self.inputs, *(each for row in self.rows for each in row)]


@dataclass(slots=True)
class Around:
    """What an editor may know beside the value: the plan, and what has to be added to it first."""

    document: Plan
    first: list[Operation] = field(default_factory=list)
    remarks: list[Words] = field(default_factory=list)


class Editor(ABC):
    """How one type is typed."""

    @abstractmethod
    def shown(self, name: str, data: Any, around: Around) -> Shown:
        """The inputs for ``data`` (None for no value)."""

    @abstractmethod
    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        """Plain plan data of what is typed, None for no value; raises Problem.

        ``before`` is the value as it stands: a part whose text is the same keeps its reading.
        """

    def heard(self, name: str, typed: Typed) -> dict[str, Words]:
        """What each input's text is read as, by the input's name."""
        return {}


@dataclass(frozen=True, slots=True)
class Line(Editor):
    """A text on one line; where it has a ``form`` (a pattern), ``said`` tells a person which."""

    most: int = LONGEST_LINE
    is_short: bool = False
    form: str = ""
    said: Words | None = None

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        return Shown(inputs=[Input(name=name, value=data or "", is_short=self.is_short)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = text_of(typed.get(name, ""), self.most).strip(" \t\n　")
        if text and self.said and not re.fullmatch(self.form, text):
            raise Problem(self.said.ja, self.said.en)
        return text or None


@dataclass(frozen=True, slots=True)
class Paragraphs(Editor):
    """A text of several lines (a Prose, or a plain str where ``is_plain``)."""

    is_plain: bool = False
    rows: int = 4

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        text = (data if self.is_plain else (data or {}).get("text")) or ""
        return Shown(inputs=[Input(name=name, way=Way.TEXT, value=text, rows=max(self.rows, _lines(text)))])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = text_of(typed.get(name, ""), LONGEST_TEXT)
        if not text.strip():
            return None
        if self.is_plain:
            return text
        return before if before and before["text"] == text else {"text": text}


@dataclass(frozen=True, slots=True)
class ManyParagraphs(Editor):
    """Several Proses or texts in one box, a blank line between two (``is_plain``: texts, one a line)."""

    is_plain: bool = False

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        texts = [each if self.is_plain else each["text"] for each in data or ()]
        text = ("\n" if self.is_plain else "\n\n").join(texts)
        return Shown(inputs=[Input(name=name, way=Way.TEXT, value=text, rows=max(4, _lines(text)))])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = text_of(typed.get(name, ""), LONGEST_TEXT * 10)
        if self.is_plain:
            return [line.strip() for line in text.split("\n") if line.strip()] or None
        if text == self.shown(name, before, around).inputs[0].value:
            return before
        known = {each["text"]: each for each in before or ()}
        parts = [part.strip("\n") for part in _blank_lines(text)]
        return [known.get(part, {"text": part}) for part in parts if part.strip()] or None


@dataclass(frozen=True, slots=True)
class Choice(Editor):
    """One word of a fixed set; the first stands for no value where ``may_be_empty``."""

    kind: type[StrEnum]
    default: str | None = None

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        options = [(str(word), Words(*VALUE_LABELS[self.kind][word])) for word in self.kind]
        if self.default is None:
            options.insert(0, ("", Words("（なし）", "(none)")))
        return Shown(
            inputs=[Input(name=name, way=Way.CHOICE, value=data or self.default or "", options=options)]
        )

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        word = typed.get(name, "")
        if not word:
            return None
        if word not in {str(each) for each in self.kind}:
            raise Problem(
                f"「{quoted(word)}」は選べません。一覧から選んでください",
                f'"{quoted(word)}" is no choice; take one of the list',
            )
        return None if word == self.default else word


@dataclass(frozen=True, slots=True)
class YesNo(Editor):
    """Yes, no, or not said."""

    default: bool | None = None
    _WORDS: ClassVar[Sequence[tuple[str, Words]]] = (
        ("yes", Words("はい", "Yes")),
        ("no", Words("いいえ", "No")),
    )

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        options = [*([("", Words("記載なし", "Not said"))] if self.default is None else []), *self._WORDS]
        value = self.default if data is None else data
        word = {True: "yes", False: "no", None: ""}[value]
        return Shown(inputs=[Input(name=name, way=Way.CHOICE, value=word, options=options)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        value = {"yes": True, "no": False}.get(typed.get(name, ""))
        return None if value == self.default else value


@dataclass(frozen=True, slots=True)
class Number(Editor):
    """A whole number, in any width."""

    least: int = -(10**6)
    most: int = 10**6

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        value = "" if data is None else str(data)
        return Shown(inputs=[Input(name=name, value=value, is_number=True, is_short=True)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = typed.get(name, "").strip()
        if not text:
            return None
        digits = fold(text).replace(",", "").replace("△", "-").replace("▲", "-").strip()
        if not _WHOLE.fullmatch(digits) or not self.least <= int(digits) <= self.most:
            raise Problem(
                f"「{quoted(text)}」は使えません。{self.least}から{self.most}までの整数を書いてください",
                f'"{quoted(text)}" does not fit; write a whole number from {self.least} to {self.most}',
            )
        return int(digits)


@dataclass(frozen=True, slots=True)
class Year(Editor):
    """A year or a moment as printed (令和6年度, R6, 令和6年5月)."""

    must_be_read: bool = False

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        text = (data or {}).get("text", "")
        heard = year_words(_YEAR.validate_python(data)) if data else None
        return Shown(inputs=[Input(name=name, value=text, heard=heard, is_short=True)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = text_of(typed.get(name, ""), 100).strip()
        if before and before["text"] == text:
            return before
        if not text:
            return None
        label = parse_year_label(text)
        if self.must_be_read and label.effective is None:
            raise Problem(
                f"「{quoted(text)}」は年として読めません。令和6年度、R6、2024年度 のように書いてください",
                f'"{quoted(text)}" is no year; write 令和6年度, R6 or 2024年度',
            )
        return _plain(_YEAR, label)

    def heard(self, name: str, typed: Typed) -> dict[str, Words]:
        text = typed.get(name, "").strip()
        return {name: year_words(parse_year_label(text[:100]))} if text else {}


@dataclass(frozen=True, slots=True)
class Stretch(Editor):
    """From one year to another (令和2年度～令和6年度の累計)."""

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        heard = span_words(_SPAN.validate_python(data)) if data else None
        return Shown(inputs=[Input(name=name, value=(data or {}).get("text", ""), heard=heard)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = text_of(typed.get(name, ""), 100).strip()
        if not text:
            return None
        if before and before["text"] == text:
            return before
        span = parse_span(text)
        if span is None:
            raise Problem(
                f"「{quoted(text)}」は期間として読めません。令和2年度～令和6年度 のように書いてください",
                f'"{quoted(text)}" is no period; write 令和2年度～令和6年度',
            )
        return _plain(_SPAN, span)

    def heard(self, name: str, typed: Typed) -> dict[str, Words]:
        span = parse_span(typed.get(name, "").strip())
        return {name: span_words(span)} if span else {}


@dataclass(frozen=True, slots=True)
class Amount(Editor):
    """A value as printed; ``column`` decides what a dash or a blank means."""

    column: Column | None = None

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        heard = quantity_words(_QUANTITY.validate_python(data)) if data else None
        return Shown(
            inputs=[Input(name=name, value=(data or {}).get("text", ""), heard=heard, is_number=True)]
        )

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = text_of(typed.get(name, ""), LONGEST_LINE).strip(" \t\n　")
        if before and before["text"].strip(" \t\n　") == text:
            return before
        return _plain(_QUANTITY, parse_quantity(text, column=self.column)) if text else None

    def heard(self, name: str, typed: Typed) -> dict[str, Words]:
        text = typed.get(name, "").strip()[:LONGEST_LINE]
        return {name: quantity_words(parse_quantity(text, column=self.column))} if text else {}


def text_of(text: str, most: int) -> str:
    """``text`` as a plan can hold it; raises Problem for control characters and for too much."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > most:
        raise Problem(
            f"長すぎます（{len(text)}字）。{most}字までにしてください",
            f"this is too long ({len(text)} characters); at most {most}",
        )
    return kept_text(text)


def _plain(kind: TypeAdapter[Any], value: Any) -> Any:
    return kind.dump_python(value, mode="json", exclude_defaults=True)


def _lines(text: str) -> int:
    """Lines of a box that shows ``text`` whole, up to a screen."""
    return min(24, 1 + sum(1 + len(line) // 45 for line in text.split("\n")))


def _blank_lines(text: str) -> list[str]:
    """``text`` cut at its blank lines."""
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return ["\n".join(lines) for lines in parts]
