"""What a reader is told about a plan's coded fields, in Japanese and English side by side."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR
from enum import StrEnum
from typing import Final, TypeVar

from sosei.checks.finding import Words
from sosei.plan.indicator import Counting, Difference, Direction, Role, Status
from sosei.plan.labels import FIELD_LABELS, VALUE_LABELS
from sosei.plan.model import LevelKind
from sosei.scheme.reasons import ABSENCES
from sosei.values import Quantity, Reason, When, YearKind, YearLabel, era_text, same_text

EMPTY: Final = Words("", "")

V = TypeVar("V", bound=StrEnum)


def _words_of(kind: type[V]) -> Mapping[V, Words]:
    """The words of one kind of coded value, as ``plan.labels`` has them for every room."""
    return {value: Words(*VALUE_LABELS[kind][value]) for value in kind}


ROLES: Final = _words_of(Role)
KINDS: Final = _words_of(LevelKind)
DIRECTIONS: Final = _words_of(Direction)
COUNTINGS: Final = _words_of(Counting)
STATUSES: Final = _words_of(Status)
DIFFERENCES: Final = _words_of(Difference)

READINGS: Mapping[str, Words] = {
    "ratio": Words("目標に対する割合", "Share of the target"),
    "target_over_actual": Words("目標値÷実績値", "Target over actual"),
    "progress": Words("基準からの進み", "Progress from the baseline"),
    "pace": Words("経過に対するペース", "Pace for the time elapsed"),
    "period_adjusted": Words("1年あたりにそろえた割合", "Share per year"),
    "part": Words("値ごとの割合", "Share part by part"),
}

ACTIVITY_FIELDS: Mapping[str, Words] = {
    "done": Words("取組内容", "What was done"),
    "evaluation": Words("評価・課題", "Evaluation and issues"),
    "issues": Words("課題", "Issues"),
    "next": Words("今後の方向性", "What comes next"),
    "budget": Words("予算額", "Budget"),
    "settlement": Words("決算額", "Settlement"),
}

_COLLECTIONS: Mapping[str, str] = {
    "activities": "取組",
    "children": "下の階層",
    "elements": "計画の構成",
    "indicators": "指標",
    "observations": "実績値",
    "placements": "掲載箇所",
    "tables": "表",
}

BASELINE: Final = Words("基準値", "Baseline")
ACTUAL: Final = Words("実績値", "Actual")
TARGET: Final = Words("目標値", "Target")
BLANK: Final = Words("空欄", "left blank")
NO_VALUES: Final = Words("実績はまだありません", "No actual values yet")


def field_words(field: str) -> Words:
    """What a field or a collection of records is called."""
    return Words(_COLLECTIONS.get(field) or FIELD_LABELS.get(field, field), field.replace("_", " "))


def year_words(year: int) -> Words:
    """The fiscal year that starts in ``year``: 令和6年度, FY2024."""
    if not MINYEAR <= year < MAXYEAR:
        return Words(f"{year}年度", f"FY{year}")
    return Words(era_text(When(year=year, kind=YearKind.FISCAL)), f"FY{year}")


def short_year(year: int) -> Words:
    """The same in a narrow place: R6, FY2024."""
    if not MINYEAR <= year < MAXYEAR:
        return Words(str(year), f"FY{year}")
    return Words(era_text(When(year=year), short=True), f"FY{year}")


def label_words(label: YearLabel | None) -> Words:
    """A year label as printed, with the year of the data where a note corrects it or the label names
    two; in English with the Gregorian year.  Empty for none.
    """
    if label is None:
        return EMPTY
    when = label.effective
    ja = label.text
    if label.by_note is not None:
        ja += f"（注により{era_text(label.by_note, short=True)}）"
    if when is None:
        return Words(ja, ja)
    en = when_en(when)
    if label.computed is not None:
        en += f" (computed in {label.computed.year})"
    return Words(ja or era_text(when, short=True), en)


def when_en(when: When) -> str:
    """A year or a moment for an English reader: FY2024, 2024, 1 October 2024, end of August 2025."""
    if when.kind is YearKind.FISCAL:
        return f"FY{when.year}"
    named = [str(when.day or ""), month_name[when.month] if when.month else "", str(when.year)]
    return ("end of " if when.end else "") + " ".join(word for word in named if word)


def absence_words(quantity: Quantity) -> Words:
    """Why a cell holds no value; empty where it holds one, and in Japanese where the cell says it itself."""
    if quantity.reason is None:
        return EMPTY
    if quantity.reason is Reason.NOT_DUE and not quantity.text.strip():
        return BLANK
    ja, en = ABSENCES[quantity.reason]
    return Words("" if same_text(quantity.text, ja) else ja, en)


def month_words(month: int | None, lag: int | None) -> Words:
    """When a year's value is known: 翌年度の7月ごろ公表; empty where the plan does not say."""
    if month is None and lag is None:
        return EMPTY
    ja = {None: "", 0: "その年度の", 1: "翌年度の"}.get(lag, f"{lag}年度後の")
    when = f"{month}月ごろ" if month is not None else ""
    en_month = f"in {month_name[month]}" if month is not None else ""
    en_lag = {None: "", 0: "of the year itself", 1: "of the following year"}.get(lag, f"{lag} years later")
    return Words(
        f"{ja}{when}".removesuffix("の") + "公表", " ".join(w for w in ("Published", en_month, en_lag) if w)
    )
