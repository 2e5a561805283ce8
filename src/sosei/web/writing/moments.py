"""The editor of a year as the plan counts it (計画期間の始まり), without a text of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from sosei.checks.finding import Words
from sosei.values import Problem, When, YearKind, era_text, parse_when, quoted
from sosei.web.writing.editors import Around, Editor, Input, Shown, Typed

_WHEN = TypeAdapter(When)


@dataclass(frozen=True, slots=True)
class Moment(Editor):
    """A year or a moment (R7, 令和7年度, 令和7年4月1日)."""

    def shown(self, name: str, data: Any, around: Around) -> Shown:
        when = _WHEN.validate_python(data) if data else None
        return Shown(inputs=[Input(name=name, value=era_text(when) if when else "", is_short=True)])

    def read(self, name: str, typed: Typed, before: Any, around: Around) -> Any:
        text = typed.get(name, "").strip()[:100]
        if before and text == self.shown(name, before, around).inputs[0].value:
            return before
        if not text:
            return None
        when = parse_when(text.upper())
        if when is None:
            raise Problem(
                f"「{quoted(text)}」は年として読めません。令和7年度、R7、2025 のように書いてください",
                f'"{quoted(text)}" is no year; write 令和7年度, R7 or 2025',
            )
        return _WHEN.dump_python(when, mode="json", exclude_defaults=True)

    def heard(self, name: str, typed: Typed) -> dict[str, Words]:
        when = parse_when(typed.get(name, "").strip()[:100].upper())
        if when is None or when.kind is YearKind.DATE:
            return {}
        return {name: Words(f"{era_text(when)}・{when.year}", str(when.year))}
