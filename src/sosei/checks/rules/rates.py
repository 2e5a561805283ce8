"""Printed rates and classes against what the municipality's own scheme makes of the row."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sosei.checks.amounts import Cells, cells_of
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.levels import aim
from sosei.checks.registry import rule
from sosei.checks.say import both, listed, short, shown
from sosei.plan.indicator import Role
from sosei.plan.record import ReachedCount, Verification, VerifiedGoal
from sosei.scheme.choices import QuantityKind, RoundingMode
from sosei.scheme.reasons import NoRate
from sosei.scheme.result import Result
from sosei.scheme.rounding import percent, whole
from sosei.values import Kind, Quantity


@rule(
    "RAT01",
    Severity.ERROR,
    title=Words("印字された達成率が検算と合わない", "A printed rate is not the recomputed one"),
    why=Words(
        "実績値・目標値・達成率のどれかが誤っています。",
        "Actual, target or rate is wrong.",
    ),
    mend=Words(
        "実績値と目標値を確かめ、計算方法のとおりに達成率を計算し直してください。",
        "Check actual and target and work the rate out again by the declared method.",
    ),
    case=Words(
        "実績111店舗、目標150店舗の達成率は74%だが、47%と印字されている。",
        "111 shops of 150 make 74%, but 47% is printed.",
    ),
)
def other_rate(dossier: Dossier) -> Iterator[Found]:
    """Rates that target and actual do not give; a difference in the last digit only is to be checked."""
    cells = cells_of(dossier)
    for row in dossier.rows:
        result, rate = row.result, row.rate
        if result is None or rate is None or rate.number is None or result.rate is None:
            continue
        if result.agrees is not False or not _is_sure(cells, row) or _same_at_its_digits(result, rate):
            continue
        if _is_undeclared(dossier) and _is_less_is_better(row, rate):
            continue
        yield Found(
            Words(
                f"「{short(row.name)}」の達成率は{rate}と印字されていますが、実績{row.actual}と目標{row.target}から"
                f"計算すると{result.text}です（{_reckoning(result, 'ja')}）。",
                f'The rate of "{short(row.name)}" is printed as {rate}, but actual {row.actual} and target '
                f"{row.target} give {result.text} ({_reckoning(result, 'en')}).",
            ),
            (row.place("rate"), row.place("actual"), row.place("target")),
            Severity.WARNING if _is_near(result, rate) else Severity.ERROR,
        )


def _is_sure(cells: Cells, row: Row) -> bool:
    """Whether neither the printed rate nor what it is worked out from is in doubt."""
    rate_is_sure = row.entry is None or not row.entry.doubt("rate")
    return rate_is_sure and cells.sure(row, "target") and cells.sure(row, "actual")


def _is_undeclared(dossier: Dossier) -> bool:
    """Whether the plan does not say how it works out a rate."""
    return not dossier.plan.scheme and not dossier.plan.schemes


def _is_less_is_better(row: Row, rate: Quantity) -> bool:
    """Whether the rate is one of those usual where less is better: target by actual, or two minus the ratio."""
    target, actual = row.target, row.actual
    if target is None or actual is None or target.base is None or actual.base is None or aim(row) >= 0:
        return False
    aimed, found = Fraction(target.base[0]), Fraction(actual.base[0])
    usual = ([aimed / found] if found else []) + ([2 - found / aimed] if aimed else [])
    digits = rate.decimals or 0
    modes = (RoundingMode.HALF_UP, RoundingMode.CUT)
    return any(percent(ratio, digits, mode) == rate.number for ratio in usual for mode in modes)


def _percents(result: Result) -> Fraction:
    """The exact rate in the unit it is printed in: percent, or the indicator's own for a gap."""
    ratio = result.ratio or Fraction(0)
    return ratio if result.rules.kind is QuantityKind.GAP else ratio * 100


def _same_at_its_digits(result: Result, rate: Quantity) -> bool:
    """Whether the rate is right and only printed with more or fewer digits than the scheme says."""
    exact, digits = _percents(result), rate.decimals
    if digits is None or rate.number is None:
        return False
    scaled = exact * 10**digits
    return Fraction(whole(scaled.numerator, scaled.denominator, result.rules.mode), 10**digits) == rate.number


def _is_near(result: Result, rate: Quantity) -> bool:
    """Whether only the last printed digit differs: rounded another way, or from unrounded values."""
    exact, digits = _percents(result), rate.decimals
    if digits is None or rate.number is None:
        return False
    return abs(Fraction(rate.number) - exact) < Fraction(1, 10**digits)


def _reckoning(result: Result, language: str) -> str:
    """The line of the worked calculation that holds the formula."""
    parts = result.explanation(language).replace("。", "。\n").replace(". ", ".\n").split("\n")
    mark = "計算: " if language == "ja" else "Calculation: "
    line = next((part for part in parts if part.strip().startswith(mark)), "")
    return line.strip().removeprefix(mark).rstrip("。.") or result.text


@rule(
    "RAT02",
    Severity.ERROR,
    title=Words(
        "印字された評価区分が検算と合わない", "A printed class is not the one that follows from the rate"
    ),
    why=Words(
        "評価区分は施策の見直しの根拠になるため、率と食い違うと判断を誤ります。",
        "Classes decide what is revised; one that contradicts the rate misleads.",
    ),
    mend=Words(
        "区分の基準に当てはめ直すか、人が判断した区分ならその理由を記録してください。",
        "Apply the bands again; where a person decided the class, record the reason.",
    ),
    case=Words(
        "達成率74%は基準では「C」だが、「B」と印字されている。",
        "A rate of 74% belongs to class C by the printed bands, but B is printed.",
    ),
)
def other_class(dossier: Dossier) -> Iterator[Found]:
    """Classes that the scheme does not give although the rate is right (a wrong rate is RAT01)."""
    cells = cells_of(dossier)
    for row in dossier.rows:
        result = row.result
        if result is None or result.grade_agrees is not False or result.agrees is False:
            continue
        if not result.grade or not _is_sure(cells, row) or (row.entry and row.entry.doubt("grade")):
            continue
        if result.no_rate in (NoRate.UNCONFIRMED, NoRate.EARLIER_EDITION, NoRate.JUDGED):
            continue
        yield Found(
            Words(
                f"「{short(row.name)}」の評価区分は「{result.printed_grade}」と印字されていますが、"
                f"達成率{result.text}からは「{result.grade}」です。",
                f'The class of "{short(row.name)}" is printed as "{result.printed_grade}", but the rate '
                f'{result.text} makes it "{result.grade}".',
            ),
            (row.place("rate", result.printed_grade), row.place("actual"), row.place("target")),
        )


@rule(
    "RAT03",
    Severity.WARNING,
    title=Words("実績値や目標値がないのに達成率がある", "A rate is printed without an actual or a target"),
    why=Words(
        "もとになる値がない達成率は、誰も確かめられません。",
        "Nobody can verify a rate whose figures are not there.",
    ),
    mend=Words(
        "実績値と目標値を記載するか、達成率を「-」にしてください。",
        "Print actual and target, or replace the rate by a dash.",
    ),
    case=Words(
        "実績値が「-」（調査なし）なのに、達成率92%が残っている。",
        "The actual is a dash (no survey), but a rate of 92% is still there.",
    ),
)
def rate_from_nothing(dossier: Dossier) -> Iterator[Found]:
    """Rates beside an actual or a target that is not there."""
    for row in dossier.rows:
        rate = row.rate
        if rate is None or rate.kind is not Kind.NUMBER or (row.entry and row.entry.doubt("rate")):
            continue
        if row.result is not None and row.result.no_rate is not NoRate.NO_ACTUAL and _has(row.target):
            continue
        missing = [
            field
            for field, quantity in (("target", row.target), ("actual", row.actual))
            if not _has(quantity)
        ]
        if not missing or (missing == ["target"] and _target_elsewhere(dossier, row)):
            continue
        words = {"target": Words("目標値", "target"), "actual": Words("実績値", "actual")}
        yield Found(
            Words(
                f"「{short(row.name)}」には{'と'.join(words[m].ja for m in missing)}がありませんが、達成率{rate}が印字されています。",
                f'"{short(row.name)}" has no {" and no ".join(words[m].en for m in missing)}, but a rate of {rate} '
                "is printed.",
            ),
            (row.place("rate"), *(row.place(m) for m in missing)),
            Severity.ERROR if _is_dash(row, missing) else Severity.WARNING,
        )


def _has(quantity: Quantity | None) -> bool:
    return quantity is not None and not quantity.is_absent


def _is_dash(row: Row, missing: list[str]) -> bool:
    """Whether a symbol stands where the value should: it was left out on purpose."""
    found = {"target": row.target, "actual": row.actual}
    return any((quantity := found[field]) is not None and quantity.text.strip() for field in missing)


def _target_elsewhere(dossier: Dossier, row: Row) -> bool:
    return any(_has(other.target) for other in dossier.rows_of_indicator[row.indicator.key][:50])


@rule(
    "RAT04",
    Severity.WARNING,
    title=Words(
        "目標値と実績値があるのに達成率がない",
        "No rate although target and actual are there and other rows have one",
    ),
    why=Words(
        "一部の指標だけ達成率がないと、都合の悪い結果を伏せたように見えます。",
        "A rate that is missing in some rows only looks as if a result were held back.",
    ),
    mend=Words(
        "達成率を計算して記載するか、計算しない理由を注に書いてください。",
        "Work the rate out and print it, or say in a note why there is none.",
    ),
    case=Words(
        "ほかのKPIには達成率があるのに、実績46件・目標80件の行だけ空欄。",
        "All other KPIs have a rate; the row with 46 of 80 has a blank.",
    ),
)
def no_rate(dossier: Dossier) -> Iterator[Found]:
    """Rows whose rate could be worked out but is not printed, where most rows of their role have one."""
    for role in Role:
        rows = [
            row
            for row in dossier.rows
            if row.placement.role is role
            and row.result is not None
            and row.result.rate is not None
            and not row.result.is_older
        ]
        missing = [row for row in rows if not _is_said(row)]
        if missing and len(missing) * 2 < len(rows):
            sides = [f"「{short(row.name)}」（{row.actual}／目標{row.target}）" for row in missing]
            sides_en = [f'"{short(row.name)}" ({row.actual} of {row.target})' for row in missing]
            yield Found(
                both(
                    "目標値と実績値があるのに達成率が印字されていません：{}。",
                    "Target and actual are there, but no rate is printed: {}.",
                    sides,
                    sides_en,
                ),
                tuple(row.place("actual") for row in missing),
            )


def _is_said(row: Row) -> bool:
    """Whether anything stands for the rate: a number, a word."""
    return row.rate is not None and row.rate.kind is not Kind.ABSENT


@rule(
    "RAT05",
    Severity.INFO,
    title=Words(
        "検証の達成率が四捨五入でなく切り捨てられている",
        "Shares of the verification are cut off, not rounded",
    ),
    why=Words(
        "検算した読み手には誤りに見え、ほかの率と端数の扱いがそろいません。",
        "A reader who reckons it up takes it for a mistake, and other rates are rounded.",
    ),
    mend=Words(
        "四捨五入に直すか、端数を切り捨てていることを注記してください。",
        "Round the shares, or say in a note that they are cut off.",
    ),
    case=Words(
        "11項目中4項目の達成率が36.3%と印字されている（四捨五入では36.4%）。",
        "4 of 11 is printed as 36.3%; rounded it is 36.4%.",
    ),
)
def cut_off(dossier: Dossier) -> Iterator[Found]:
    """Shares (4項目/11項目, 36.3%) that are cut at their last digit; one finding for a verification."""
    for verification in dossier.plan.verifications:
        known = [(goal, *_shares(kpi)) for goal in verification.goals if (kpi := _count(goal))]
        cut = [(goal, right) for goal, printed, right, floor in known if printed == floor != right]
        rounded = [goal for goal, printed, right, floor in known if printed == right != floor]
        if not cut:
            continue
        sides = [
            f"{short(goal.label)} {goal.kpi.reached}/{goal.kpi.total}＝{goal.kpi.rate}（{shown(right)}%）"
            for goal, right in cut
            if goal.kpi
        ]
        mixed = (
            Words("ほかの目標は四捨五入されており、", "other goals are rounded; ")
            if rounded
            else Words("", "")
        )
        yield Found(
            Words(
                f"「{short(verification.plan)}」の検証の達成率は、端数を切り捨てた値です（{mixed.ja}かっこ内は四捨五入した値）："
                f"{listed(sides, 'ja')}。",
                f'Shares in the verification of "{short(verification.plan)}" are cut off ({mixed.en}rounded values in '
                f"brackets): {listed(sides, 'en')}.",
            ),
            tuple(place_of(verification, goal) for goal, _ in cut),
            Severity.WARNING if rounded else None,
        )


@rule(
    "RAT06",
    Severity.ERROR,
    title=Words("検証の達成率が項目数と合わない", "A share of the verification is not reached over total"),
    why=Words("項目数か達成率のどちらかが誤っています。", "Either the counts or the share is wrong."),
    mend=Words(
        "達成した項目数と全項目数を数え直し、達成率を計算し直してください。",
        "Count reached and all items again and work out the share.",
    ),
    case=Words(
        "15項目中5項目の達成率が35.3%と印字されている（正しくは33.3%）。",
        "5 of 15 is printed as 35.3% instead of 33.3%.",
    ),
)
def other_share(dossier: Dossier) -> Iterator[Found]:
    """Shares that are neither the rounded nor the cut quotient of the counts beside them."""
    for verification in dossier.plan.verifications:
        for goal in verification.goals:
            kpi = _count(goal)
            if kpi is None:
                continue
            printed, right, floor = _shares(kpi)
            if printed not in (right, floor):
                yield Found(
                    Words(
                        f"{short(goal.label)}の検証の達成率は{kpi.rate}と印字されていますが、{kpi.reached}項目/{kpi.total}項目は"
                        f"{shown(right)}%です。",
                        f"The share of {short(goal.label)} is printed as {kpi.rate}, but {kpi.reached} of {kpi.total} is "
                        f"{shown(right)}%.",
                    ),
                    (place_of(verification, goal),),
                )


def _count(goal: VerifiedGoal) -> ReachedCount | None:
    """The counts of a goal where they can be set against a printed share."""
    kpi = goal.kpi
    if kpi is None or kpi.total == 0 or kpi.rate is None or goal.doubt("kpi"):
        return None
    return kpi if kpi.rate.number is not None and kpi.rate.decimals is not None else None


def _shares(kpi: ReachedCount) -> tuple[Fraction, Fraction, Fraction]:
    """The share as printed, rounded half up and cut off at its printed digits."""
    rate = kpi.rate
    assert rate is not None  # noqa: S101  (see _count)
    factor = 10 ** (rate.decimals or 0)
    exact = Fraction(kpi.reached * 100 * factor, kpi.total)
    return (
        Fraction(rate.number or 0),
        Fraction((exact + Fraction(1, 2)) // 1, factor),
        Fraction(exact // 1, factor),
    )


def place_of(verification: Verification, goal: VerifiedGoal) -> Place:
    """The place of a verified goal's counts."""
    return Place(
        key=goal.key,
        field="kpi",
        text=goal.kpi.text if goal.kpi else goal.label,
        page=goal.page or verification.page,
        path=f"{verification.plan}の検証/{goal.label}",
    )
