"""A plan file that somebody sent: hostile until every part of it has been looked at."""

from __future__ import annotations

import re
from datetime import date

from sosei.plan.model import Plan as Document
from sosei.plan.reading import load_data, parse_json
from sosei.plan.upgrade import upgrade
from sosei.values import Problem

_DEEPEST = 60  # a plan of five levels with all its values nests about twenty deep
_GREATEST = 10**9
_LONGEST_NUMBER = 100  # digits
_LAST_EDITION = 9999
_YEARS = (1868, 2200)
_UNKEPT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # control but line ends, halves


def uploaded_plan(data: bytes) -> Document:
    """The plan in ``data``; raises Problem, in one sentence, for whatever is no plan or harms a database.

    Beyond what every reader of plan files refuses: nesting beyond reason, numbers beyond reason,
    control characters and halves of characters, which a database or a document cannot hold.
    """
    raw = parse_json(data)
    _look_at(raw)
    document = load_data(upgrade(raw))
    if any(edition.no >= _LAST_EDITION for edition in document.editions):
        raise Problem(
            f"版の番号が大きすぎます（{_LAST_EDITION - 1} まで）",
            f"the number of an edition is too large (at most {_LAST_EDITION - 1})",
        )
    return document


def kept_text(text: str) -> str:
    """``text``, where a plan can hold it; raises Problem for control characters."""
    if (found := _unkept(text)) is not None:
        raise Problem(
            f"使えない文字（{found}）が入っています。その文字を消してください",
            f"a character cannot be kept ({found}); take it out",
        )
    return text


def _look_at(raw: object) -> None:
    """Every value inside ``raw``, without recursion, so that depth itself does no harm."""
    stack: list[tuple[object, tuple[str, ...]]] = [(raw, ())]
    while stack:
        value, path = stack.pop()
        if len(path) > _DEEPEST:
            raise Problem(
                "入れ子が深すぎて読めません。計画ファイルではないようです",
                "the nesting is too deep; this does not look like a plan file",
            )
        if isinstance(value, dict):
            for name in value:
                _text(name, path)
            _date(value, path)
            stack.extend((inner, (*path, name)) for name, inner in value.items())
        elif isinstance(value, list):
            stack.extend((inner, (*path, f"[{number}]")) for number, inner in enumerate(value))
        elif isinstance(value, str):
            _text(value, path)
        elif isinstance(value, int | float) and not -_GREATEST <= value <= _GREATEST:
            raise _too_large(path)


def _text(text: str, path: tuple[str, ...]) -> None:
    if (found := _unkept(text)) is not None:
        raise Problem(
            f"{_where(path)}に使えない文字（{found}）があります。その文字を消したファイルを選んでください",
            f"{_where(path)} holds a character that cannot be kept ({found}); choose a file without it",
        )
    if path[-1:] == ("number",) and len(text) > _LONGEST_NUMBER:
        raise _too_large(path)


def _unkept(text: str) -> str | None:
    """The code of the first character in ``text`` that cannot be kept."""
    found = _UNKEPT.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def _date(data: dict[str, object], path: tuple[str, ...]) -> None:
    """A year, with month and day where they stand, is one that the calendar has."""
    year, month, day = (data.get(name) for name in ("year", "month", "day"))
    if not isinstance(year, int):
        return
    try:
        date(year, _or_first(month), _or_first(day))
    except (ValueError, OverflowError):
        known = False
    else:
        known = _YEARS[0] <= year <= _YEARS[1]
    if not known:
        shown = "-".join(str(part) for part in (year, month, day) if part is not None)[:40]
        raise Problem(
            f"{_where(path)}の日付「{shown}」は暦にありません（年は{_YEARS[0]}～{_YEARS[1]}）",
            f'the date "{shown}" at {_where(path)} does not exist (years {_YEARS[0]} to {_YEARS[1]})',
        )


def _or_first(part: object) -> int:
    return part if isinstance(part, int) else 1


def _too_large(path: tuple[str, ...]) -> Problem:
    return Problem(
        f"{_where(path)}の数が大きすぎて扱えません。値を確かめてください",
        f"the number at {_where(path)} is too large; check the value",
    )


def _where(path: tuple[str, ...]) -> str:
    """elements[0].placements[1].name, as errors of the plan's reader name places."""
    return "".join(step if step.startswith("[") else f".{step}" for step in path).removeprefix(".") or "/"
