"""How a field of a plan stands in a cell, and how a cell is read back into the field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Protocol

from pydantic import TypeAdapter

from sosei.formats.workbook.incoming import Fault
from sosei.formats.xlsx_text import clean
from sosei.plan.base import Key
from sosei.plan.labels import VALUE_LABELS
from sosei.values import (
    Column,
    Quantity,
    Span,
    When,
    YearKind,
    YearLabel,
    era_text,
    parse_quantity,
    parse_span,
    parse_when,
    parse_year_label,
)
from sosei.values.folding import compact

LONGEST: Final = 32_000
"""Characters of a cell; Excel takes 32,767."""

_CUT: Final = "\n……（長いため、ここから先はこのセルに入りません。書き換えは画面でお願いします）"
_SEPARATORS: Final = "、,，;；/／\n"
_QUANTITY = TypeAdapter(Quantity)
_LABEL = TypeAdapter(YearLabel)
_SPAN = TypeAdapter(Span)
_WHEN = TypeAdapter(When)


class Names(Protocol):
    """Names of records that fields point to."""

    def division_name(self, key: Key) -> str:
        """The name of the division ``key``."""

    def division_key(self, name: str) -> Key:
        """The division called ``name``; a new one where there is none."""


class Form:
    """A line of text."""

    choices: tuple[str, ...] = ()
    figure = False

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002  (one signature for all forms)
        """Plain data as it stands in a cell; empty where there is none."""
        if value is None:
            return ""
        return str(value["text"] if isinstance(value, dict) else value)

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """What ``text`` (never blank) means, as plain data; raises Fault.  ``old`` is what the field holds."""
        return text


class Figure(Form):
    """A value as printed."""

    figure = True

    def __init__(self, column: Column | None) -> None:
        self._column = column

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """Any text is a value."""
        return quantity_data(text, self._column)


class Year(Form):
    """A year or a moment; with ``must`` it has to be one that can be read."""

    figure = True

    def __init__(self, *, must: bool = False) -> None:
        self._must = must

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """R6, 令和6年度, 2024."""
        if self._must and parse_year_label(text).effective is None:
            raise Fault(
                "年度として読めません。R6、令和6年度、2024 のように書いてください",
                "this is no year; write R6, 令和6年度 or 2024",
            )
        return year_data(text)


class Moment(Form):
    """A year without words of a source."""

    figure = True

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """令和8年度."""
        return era_text(_WHEN.validate_python(value, strict=False)) if value else ""

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """A fiscal year, where the text says no other kind."""
        when = parse_when(text)
        if when is None:
            raise Fault(
                "年度として読めません。令和8年度、R8、2026 のように書いてください",
                "this is no year; write 令和8年度, R8 or 2026",
            )
        if when.kind is YearKind.UNSTATED:
            when = replace(when, kind=YearKind.FISCAL)
        return json.loads(_WHEN.dump_json(when, exclude_defaults=True))


class Range(Form):
    """From one year to another."""

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """平成27年度～令和元年度."""
        span = parse_span(text)
        if span is None:
            raise Fault(
                "期間として読めません。平成27年度～令和元年度 のように書いてください",
                "this is no span of years; write 平成27年度～令和元年度",
            )
        return json.loads(_SPAN.dump_json(span, exclude_defaults=True))


class Whole(Form):
    """A whole number of one at least, or of ``least``, up to ``most``."""

    figure = True

    def __init__(self, least: int = 0, most: int = 9999) -> None:
        self._least, self._most = least, most

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """３, 12月."""
        digits = compact(text).removesuffix("月").removesuffix("年")
        if not digits.isascii() or not digits.isdecimal() or not self._least <= int(digits[:9]) <= self._most:
            raise Fault(
                f"{self._least} から {self._most} までの整数が要ります",
                f"a whole number from {self._least} to {self._most} is expected",
            )
        return int(digits)


class Choice(Form):
    """A word of a list."""

    def __init__(self, kind: type[StrEnum], more: Mapping[str, StrEnum] | None = None) -> None:
        labels = VALUE_LABELS[kind]
        self.choices = tuple(labels[member][0] for member in kind)
        self._words: dict[str, str] = {
            compact(word).upper(): member.value for word, member in (more or {}).items()
        }
        for member in kind:
            for word in (member.value, *labels[member]):
                self._words[compact(word).upper()] = member.value
        self._labels = {member.value: labels[member][0] for member in kind}

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """The Japanese word."""
        return "" if value is None else self._labels[value]

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """The word, in Japanese, in English or as in the plan file."""
        found = self._words.get(compact(text).upper())
        if found is None:
            words = "、".join(self.choices)
            raise Fault(f"使えるのは {words} です", f"it has to be one of {words}")
        return found


class YesNo(Form):
    """はい or いいえ."""

    choices = ("はい", "いいえ")

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """The Japanese word; empty where nobody said."""
        return "" if value is None else self.choices[not value]

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """はい, ○, 達成."""
        word = compact(text).upper()
        if word in {"はい", "○", "〇", "達成", "YES", "TRUE"}:
            return True
        if word in {"いいえ", "×", "未達成", "NO", "FALSE"}:
            return False
        raise Fault("「はい」か「いいえ」を書いてください", 'write "はい" (yes) or "いいえ" (no)')


class Passage(Form):
    """Running text, one paragraph of prose."""

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """The text, which is no summary any more once somebody has changed it."""
        return {"text": _whole(text)}


class Paragraphs(Form):
    """Several paragraphs of prose, a blank line between them."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """The paragraphs one below the other."""
        return "\n\n".join(prose["text"] for prose in value or ())

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """A paragraph that stands as it was keeps what is known of it."""
        known = {clean(prose["text"]).strip(): prose for prose in old or ()}
        parts = [part.strip("\n") for part in _whole(text).replace("\r\n", "\n").split("\n\n")]
        return [known.get(part.strip(), {"text": part}) for part in parts if part.strip()]


class Divisions(Form):
    """Divisions by name."""

    def show(self, value: Any, names: Names) -> str:
        """The names, 、 between them."""
        return "、".join(names.division_name(key) for key in value or ())

    def read(self, text: str, old: Any, names: Names) -> Any:  # noqa: ARG002
        """農林課、商工観光課; a name that is not known yet becomes a new division."""
        for separator in _SEPARATORS:
            text = text.replace(separator, "\n")
        found = [names.division_key(name.strip()) for name in text.split("\n") if name.strip()]
        return list(dict.fromkeys(found))


def fitting(text: str) -> str:
    """``text`` as a cell holds it: cleaned, and cut where it is too long for one."""
    text = clean(text)
    return text if len(text) <= LONGEST else text[:LONGEST] + _CUT


def same_cell(found: str, written: str) -> bool:
    """Whether a cell still holds what was written into it."""
    return found == written or _bare(found) == _bare(written)


def _bare(text: str) -> str:
    return clean(text).strip()


def _whole(text: str) -> str:
    if _CUT.strip() in text:
        raise Fault(
            "このセルには文の初めだけが入っています。書き換えは画面でお願いします",
            "the cell holds only the beginning of the text; change it on screen",
        )
    return text


def quantity_data(text: str, column: Column | None) -> dict[str, Any]:
    """A value as plain data."""
    found: dict[str, Any] = json.loads(_quantity(text, column))
    return found


def year_data(label: YearLabel | str) -> dict[str, Any]:
    """A year label as plain data."""
    label = parse_year_label(label) if isinstance(label, str) else label
    found: dict[str, Any] = json.loads(_LABEL.dump_json(label, exclude_defaults=True))
    return found


@lru_cache(maxsize=4096)
def _quantity(text: str, column: Column | None) -> bytes:
    return _QUANTITY.dump_json(parse_quantity(text, column=column), exclude_defaults=True)
