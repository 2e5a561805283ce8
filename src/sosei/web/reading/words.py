"""What a reader is told about a plan's coded fields, in Japanese and English side by side."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR
from typing import Final

from sosei.checks.finding import Words
from sosei.plan.indicator import Counting, Difference, Direction, Role, Status
from sosei.plan.labels import FIELD_LABELS
from sosei.plan.model import LevelKind
from sosei.scheme.reasons import ABSENCES
from sosei.values import Quantity, Reason, When, YearKind, YearLabel, era_text, same_text

EMPTY: Final = Words("", "")

ROLES: Mapping[Role, Words] = {
    Role.NUMERIC_TARGET: Words("数値目標", "Numeric target"),
    Role.KPI: Words("KPI", "KPI"),
    Role.PROJECT_KPI: Words("事業KPI", "Project KPI"),
}

KINDS: Mapping[LevelKind, Words] = {
    LevelKind.GOAL: Words("基本目標", "Goal"),
    LevelKind.DIRECTION: Words("基本的方向", "Direction"),
    LevelKind.POLICY: Words("政策", "Policy"),
    LevelKind.MEASURE: Words("施策", "Measure"),
    LevelKind.PROJECT: Words("事業", "Project"),
}

DIRECTIONS: Mapping[Direction, Words] = {
    Direction.RAISE: Words("増やす", "Raise"),
    Direction.LOWER: Words("減らす", "Lower"),
    Direction.AT_LEAST: Words("目標値を下回らない", "Keep at or above the target"),
    Direction.AT_MOST: Words("目標値を上回らない", "Keep at or below the target"),
    Direction.WITHIN: Words("範囲に収める", "Keep within a range"),
    Direction.RANK: Words("順位を上げる", "Improve the rank"),
    Direction.DO: Words("実施する", "Get it done"),
    Direction.TEXT: Words("言葉で示した目標", "A target in words"),
    Direction.UNDECIDED: Words("定めなし", "Not stated"),
}

COUNTINGS: Mapping[Counting, Words] = {
    Counting.STOCK: Words("ある時点の数", "Count at a date"),
    Counting.FISCAL_YEAR: Words("年度ごとの数", "Count per fiscal year"),
    Counting.CALENDAR_YEAR: Words("暦年ごとの数", "Count per calendar year"),
    Counting.ANNUAL: Words(
        "年ごとの数（年度か暦年かは記載なし）", "Count per year (fiscal or calendar not stated)"
    ),
    Counting.CUMULATIVE: Words("累計", "Running total"),
    Counting.PER_HEAD: Words("1人当たりの数", "Per head"),
    Counting.UNKNOWN: Words("記載なし", "Not stated"),
}

STATUSES: Mapping[Status, Words] = {
    Status.FINAL: Words("確定", "Final"),
    Status.PROVISIONAL: Words("速報", "Provisional"),
    Status.FORECAST: Words("見込み", "Forecast"),
}

DIFFERENCES: Mapping[Difference, Words] = {
    Difference.PRECISION: Words("桁の違い", "Other precision"),
    Difference.SUFFIX: Words("単位の添え書きの違い", "Other suffix"),
    Difference.CONFLICT: Words("食い違い", "Conflict"),
}

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
