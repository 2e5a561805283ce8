"""The columns of TABLE.csv: which there are, and how the header of a file names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sosei.values import Problem, YearKind, parse_when
from sosei.values.folding import compact

FIXED = (
    "id",
    "indicator",
    "place",
    "role",
    "name",
    "unit",
    "direction",
    "counting",
    "baseline",
    "target",
)
YEARLY = ("target", "actual", "printed", "printed-class")
REPLACED_BASELINE = "baseline2"

# The Japanese names of plan.labels, and what stands over these columns in published tables.
_JAPANESE = {
    "掲載箇所": "place",
    "役割": "role",
    "名称": "name",
    "単位": "unit",
    "望ましい向き": "direction",
    "数え方": "counting",
    "基準値": "baseline",
    "目標値": "target",
    "目標": "target",
    "実績値": "actual",
    "実績": "actual",
    "達成率": "printed",
    "評価区分": "printed-class",
}
_SHOWN = 40  # characters of a wrong name in a message


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A column: what it holds, the year where it is yearly, and the name as the file writes it."""

    kind: str
    year: int | None
    text: str


def read_header(cells: Sequence[str], line: int) -> list[ColumnName]:
    """The columns that ``cells`` name, in the order of the file; raises Problem naming the wrong one.

    Width, case and spaces do not matter, a year may be written in any form (R6, 2024, 令和6年度), and
    the Japanese names of the fields will do.
    """
    columns = [_read(cell, number, line) for number, cell in enumerate(cells, 1)]
    seen: dict[tuple[str, int | None], str] = {}
    for column in columns:
        if (column.kind, column.year) in seen:
            first = seen[column.kind, column.year]
            raise Problem(
                f"{line} 行目の見出し「{column.text}」は「{first}」と同じ列です。どちらか一つにしてください",
                f'line {line}: the column "{column.text}" is the same as "{first}"; leave only one of them',
            )
        seen[column.kind, column.year] = column.text
    _check_compulsory(set(seen), line)
    return columns


def shown(text: str) -> str:
    """``text`` for a message: on one line, not too long."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _read(cell: str, number: int, line: int) -> ColumnName:
    name = compact(cell).lower() if len(cell) < 200 else ""
    kind, colon, year = name.partition(":")
    kind = _JAPANESE.get(kind, kind)
    if not colon and (kind in FIXED or kind == REPLACED_BASELINE):
        return ColumnName(kind, None, shown(cell))
    if kind not in YEARLY:
        raise Problem(
            f"{line} 行目の {number} 列目の見出し「{shown(cell)}」は使えません。使えるのは {_allowed('、')} です",
            f'line {line}: "{shown(cell)}" in column {number} is no known column; known are {_allowed(", ")}',
        )
    when = parse_when(year.upper())
    if when is None or when.kind is YearKind.DATE:
        raise Problem(
            f"{line} 行目の {number} 列目の見出し「{shown(cell)}」の年度が読めません。"
            f"{kind}:R6、{kind}:2024、{kind}:令和6年度 のように書いてください",
            f'line {line}: the year of "{shown(cell)}" in column {number} cannot be read; '
            f"write {kind}:R6, {kind}:2024 or {kind}:令和6年度",
        )
    return ColumnName(kind, when.year, shown(cell))


def _allowed(separator: str) -> str:
    return separator.join([*FIXED, REPLACED_BASELINE, *(f"{kind}:R6" for kind in YEARLY)])


def _check_compulsory(found: set[tuple[str, int | None]], line: int) -> None:
    missing = [name for name in ("name", "target") if (name, None) not in found]
    if not any(kind == "actual" for kind, _ in found):
        missing.append("actual:R6")
    if missing:
        raise Problem(
            f"{line} 行目の見出しに {'、'.join(missing)} の列がありません。"
            "name、target と、actual:R6 のような実績の列が一つ以上必要です",
            f"line {line}: the header has no column {', '.join(missing)}; "
            "name, target and at least one column such as actual:R6 are needed",
        )
