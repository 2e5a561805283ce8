"""The years of baselines and targets against each other and against the plan's period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.lengths import fiscal, is_running_total
from sosei.checks.registry import rule
from sosei.checks.say import both, era_year, listed
from sosei.plan.indicator import Role, Value
from sosei.values import When, YearLabel, fold

_CALENDAR = ("1月1日", "12月31日")
_FISCAL = ("4月1日", "3月31日")


@rule(
    "PER06",
    Severity.WARNING,
    title=Words("目標の年度が計画期間の外にある", "A target's year lies outside the plan's period"),
    why=Words(
        "計画期間の外の目標は、この計画の実績では判定できません。",
        "A target outside the period cannot be judged by this plan's values.",
    ),
    mend=Words(
        "目標の年度を計画期間に合わせるか、外にある理由を注に書いてください。",
        "Move the target into the period, or say in a note why it lies outside.",
    ),
    case=Words(
        "計画期間は令和8年度～令和11年度なのに、目標値の年度がR7。",
        "The plan runs from R8 to R11, and a target is for R7.",
    ),
)
def outside_the_period(dossier: Dossier) -> Iterator[Found]:
    """Targets before the first or after the last year of the plan, one finding for each year.

    A target before the plan begins is an error; one after its end may be meant (a long-term goal).
    """
    period = dossier.plan.period
    if period is None:
        return
    first, last = fiscal(period.first), fiscal(period.last)
    if first > last:
        return
    outside: dict[int, list[Row]] = defaultdict(list)
    for row in _target_rows(dossier):
        year = _year(row.placement.target)
        if year is not None and not first <= year <= last and row.placement.doubt("target") is None:
            outside[year].append(row)
    for year, rows in sorted(outside.items()):
        items = [f"{row.name}（{row.target}、{_target_label(row)}）" for row in rows]
        span = f"{era_year(first)}～{era_year(last)}"
        side, side_en = ("前", "before") if year < first else ("後", "after")
        yield Found(
            Words(
                f"計画期間（{span}）より{side}の年度の目標があります：{listed(items, 'ja')}。",
                f"Targets lie {side_en} the plan's period ({span}): {listed(items, 'en')}.",
            ),
            tuple(row.place("target", _target_label(row)) for row in rows),
            Severity.ERROR if year < first else None,
        )


@rule(
    "PER07",
    Severity.WARNING,
    title=Words("目標の年度が計画の最終年度ではない", "Targets are not for the plan's last year"),
    why=Words(
        "最終年度の目標がないと、計画が終わったときに何を達成とするかが決まりません。",
        "Without a target for the last year, it is open what the plan is to have reached at its end.",
    ),
    mend=Words(
        "最終年度の目標にするか、その年度までに把握できる値であることを注に書いてください。",
        "Set targets for the last year, or say in a note that this is the last value known by then.",
    ),
    case=Words(
        "計画はR8～R11だが、目標値はほとんどがR10で、R11は1件、R8(R10計算)も1件。",
        "The plan ends with R11; nearly all targets are for R10, one for R11, one for R8.",
    ),
)
def not_the_last_year(dossier: Dossier) -> Iterator[Found]:
    """Targets inside the period, but before its last year, in one finding with the counts."""
    period = dossier.plan.period
    if period is None:
        return
    first, last = fiscal(period.first), fiscal(period.last)
    rows = list(_target_rows(dossier))
    early = [
        row for row in rows if (year := _year(row.placement.target)) is not None and first <= year < last
    ]
    if not early:
        return
    labels = Counter(" ".join(_target_label(row).split()) for row in early)
    in_time = sum(_year(row.placement.target) == last for row in rows)
    items = [f"{label}が{count}件" for label, count in labels.most_common()]
    items += [f"最終年度の{era_year(last)}は{in_time}件"]
    items_en = [f"{count} for {label}" for label, count in labels.most_common()]
    items_en += [f"{in_time} for the last year"]
    yield Found(
        Words(
            f"計画の最終年度は{era_year(last)}ですが、{len(early)}件の指標の目標値はそれより前の年度です"
            f"（{listed(items, 'ja')}）。",
            f"The plan's last year is {era_year(last)}, but the targets of {len(early)} indicators are for "
            f"earlier years ({listed(items_en, 'en')}).",
        ),
        tuple(row.place("target", _target_label(row)) for row in early),
    )


@rule(
    "PER08",
    Severity.INFO,
    title=Words("見出しの年度と、注が示す年度が違う", "A note gives another year than the heading"),
    why=Words(
        "表だけを見た人は、違う年度の値どうしを比べてしまいます。",
        "Whoever sees the table alone compares values of different years.",
    ),
    mend=Words(
        "値のそばに実際の年度を書き、同じ統計の指標にも同じ注が要るかを確かめてください。",
        "Print the real year at the value, and check whether indicators of the same statistic need the note.",
    ),
    case=Words(
        "農業産出額の見出しはR6だが、注によればR5の値。畜産業産出額(推計)には注がない。",
        "The heading says R6, a note R5; a second indicator of the same statistic has no such note.",
    ),
)
def year_by_note(dossier: Dossier) -> Iterator[Found]:
    """Baselines and targets whose year a note corrects, with like ones beside them that have no such note.

    Values of the same kind under one parent make one finding.
    """
    alike: dict[tuple[str, When, tuple[str, ...]], list[Row]] = defaultdict(list)
    for row in _unique(dossier.rows):
        for field in ("baseline", "target"):
            label = _year_label(row, field)
            if label is not None and label.when is not None:
                alike[field, label.when, _kind(row)].append(row)
    for (field, _, _), rows in alike.items():
        noted = [row for row in rows if _is_noted(row, field)]
        if noted:
            yield _by_note(field, noted, [row for row in rows if not _is_noted(row, field)])


def _by_note(field: str, noted: Sequence[Row], bare: Sequence[Row]) -> Found:
    label = _year_label(noted[0], field)
    heading = str(label)
    real = era_year(fiscal(label.by_note)) if label is not None and label.by_note is not None else ""
    names = [f"「{row.name}」の{row.place(field).text}" for row in noted]
    names_en = [f'"{row.name}" {row.place(field).text}' for row in noted]
    ja = f"{listed(names, 'ja')}は、見出しでは{heading}、注では{real}の値です"
    en = f"{listed(names_en, 'en')} is headed {heading}, but a note says {real}"
    if bare:
        others = [f"「{row.name}」（{row.place(field).text}）" for row in bare]
        others_en = [f'"{row.name}" ({row.place(field).text})' for row in bare]
        ja += f"が、同じ種類の{listed(others, 'ja')}にはこの注がありません"
        en += f"; there is no such note at {listed(others_en, 'en')}"
    return Found(
        Words(f"{ja}。", f"{en}."),
        (
            noted[0].place(field, heading),
            *(row.place(field) for row in noted),
            *(row.place(field) for row in bare),
        ),
    )


def _kind(row: Row) -> tuple[str, ...]:
    """What rows of the same kind share: the parent, the end of the name (産出額) and its bracket (推計).

    A row whose name has no such bracket is like no other.
    """
    path = row.placed.path
    head, _, bracket = fold(row.placement.name).partition("(")
    end, start = head.strip()[-3:], bracket.rstrip(")").strip()[:2]
    if len(end) < 3 or len(start) < 2:
        return (row.placement.key,)
    return ((path[-2] if len(path) > 1 else path[-1]).key, end, start)


def _year_label(row: Row, field: str) -> YearLabel | None:
    value = row.placement.baseline if field == "baseline" else row.placement.target
    return value.year if value is not None else None


def _is_noted(row: Row, field: str) -> bool:
    label = _year_label(row, field)
    return label is not None and label.by_note is not None and label.by_note != label.when


@rule(
    "PER09",
    Severity.INFO,
    title=Words("基準値の年度がそろっていない", "Baselines are of different years"),
    why=Words(
        "出発点の年度が違うと、同じ期間の変化として比べられません。",
        "With different starting years, changes cannot be compared as one period's.",
    ),
    mend=Words(
        "年度をそろえるか、違う年度を使う理由（公表の時期など）を注に書いてください。",
        "Use one year, or say in a note why another is used (date of publication).",
    ),
    case=Words(
        "数値目標の基準値はR6だが、市町村内総生産だけはR4。",
        "Baselines are of R6, but that of the gross product is of R4.",
    ),
)
def baseline_years(dossier: Dossier) -> Iterator[Found]:
    """Rows of one role whose baseline is headed by another year than that of most; one for each role."""
    for role in Role:
        rows = [row for row in _unique(dossier.rows) if row.placement.role is role]
        dated = [
            (row, fiscal(when)) for row in rows if (when := _heading(row.placement.baseline)) is not None
        ]
        if not dated:
            continue
        usual, count = Counter(year for _, year in dated).most_common(1)[0]
        others = [row for row, year in dated if year != usual and not _is_excused(row)]
        if not others or count * 3 < len(dated) * 2:
            continue
        yield Found(
            both(
                f"{role.label}の基準値は{era_year(usual)}がほとんど（{len(dated)}件のうち{count}件）ですが、"
                "次の指標は違います：{}。",
                f"Most baselines ({count} of {len(dated)}, {role.value}) are of {era_year(usual)}, but not: {{}}.",
                [f"{row.name}（{row.baseline}、{_label(row.placement.baseline)}）" for row in others],
            ),
            tuple(row.place("baseline", _label(row.placement.baseline)) for row in others),
        )


@rule(
    "PER10",
    Severity.INFO,
    title=Words(
        "目標値のデータの年度が、計算の年度よりずっと早い",
        "A target's data are of a much earlier year than its computing",
    ),
    why=Words(
        "計画の終わりに公表される値が計画初めの実態を表し、後半の取組が反映されません。",
        "What is published at the end shows the state at the beginning; the later work does not count.",
    ),
    mend=Words(
        "目標値がどの年度の実態を表すかを注に書き、早く公表される指標の併用を検討してください。",
        "Say which year the target describes, and consider a second indicator that is known sooner.",
    ),
    case=Words(
        "R8～R11の計画で、市町村内総生産の目標値は(R 8) (R 10計算)、つまり計画1年目の数値。",
        "In a plan for R8 to R11, a target is computed in R10 from data of R8, the first year.",
    ),
)
def data_of_the_first_year(dossier: Dossier) -> Iterator[Found]:
    """Targets whose data are of the plan's first year or before it and are computed later."""
    period = dossier.plan.period
    if period is None:
        return
    for row in _target_rows(dossier):
        value = row.placement.target
        label = value.year if value is not None else None
        when = label.effective if label is not None else None
        if label is None or when is None or label.computed is None:
            continue
        if fiscal(when) < fiscal(label.computed) and fiscal(when) <= fiscal(period.first) < fiscal(
            period.last
        ):
            yield Found(
                Words(
                    f"「{row.name}」の目標値{row.target}は、見出しの{label}によれば{era_year(fiscal(when))}のデータで、"
                    f"計画（{era_year(fiscal(period.first))}～{era_year(fiscal(period.last))}）の2年目以降の取組は反映されません。",
                    f'The target {row.target} of "{row.name}" is {label}: it is of {era_year(fiscal(when))}, and nothing '
                    f"after the first year of the plan ({era_year(fiscal(period.first))} to "
                    f"{era_year(fiscal(period.last))}) counts.",
                ),
                (row.place("target"), row.place("target", str(label))),
            )


@rule(
    "PER11",
    Severity.WARNING,
    title=Words(
        "暦年の統計と年度の見出しが混ざっている", "Calendar years of the source, fiscal years in the table"
    ),
    why=Words(
        "暦年と年度は3か月ずれ、別の期間の値になります。",
        "Calendar and fiscal years differ by three months: the values are of another period.",
    ),
    mend=Words(
        "見出しを資料の期間に合わせて「年」または「年度」に直してください。",
        "Print 年 or 年度 as the source's period demands.",
    ),
    case=Words(
        "資料は各年1月1日～12月31日なのに、基準値の見出しが令和6年度。",
        "The source counts from 1 January to 31 December, and the heading says fiscal year R6.",
    ),
)
def calendar_or_fiscal(dossier: Dossier) -> Iterator[Found]:
    """Rows whose year is printed as 年度 though the source counts calendar years, or the other way round."""
    found = [(row, *heading) for row in _unique(dossier.rows) for heading in _other_kind(row)]
    if found:
        yield Found(
            both(
                "次の指標は、資料の集計期間と見出しの「年」「年度」が合いません：{}。",
                "The heading's 年 or 年度 does not fit the period of the source: {}.",
                [
                    f"{row.name}（{row.indicator.counting_period}、見出しは{label}）"
                    for row, _, label in found
                ],
                [f"{row.name} ({row.indicator.counting_period}, headed {label})" for row, _, label in found],
            ),
            tuple(row.place(field, label) for row, field, label in found),
        )


def _other_kind(row: Row) -> Iterator[tuple[str, str]]:
    """Field and text of the first heading of the row that does not fit its source's counting period."""
    period = fold(row.indicator.counting_period)
    is_calendar = all(day in period for day in _CALENDAR)
    if not is_calendar and not all(day in period for day in _FISCAL):
        return
    for field, value in (("baseline", row.placement.baseline), ("target", row.placement.target)):
        label = _label(value)
        if fold(label).strip("() 末").endswith("年度" if is_calendar else "年"):
            yield field, label
            return


def _target_rows(dossier: Dossier) -> Iterator[Row]:
    """One row for each indicator and role that has a target with a year."""
    return (row for row in _unique(dossier.rows) if _year(row.placement.target) is not None)


def _unique(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows without those that repeat an indicator with the same years."""
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        mark = (row.indicator.key, _label(row.placement.baseline), _label(row.placement.target))
        if mark not in seen and (row.placement.baseline is not None or row.placement.target is not None):
            seen.add(mark)
            yield row


def _is_excused(row: Row) -> bool:
    """Whether the record itself says why the year is another: a total that starts from 0, a late statistic."""
    heading = row.placement.baseline.year if row.placement.baseline else None
    if heading is not None and heading.computed is not None:  # (R 4) (R 6 計算) says why
        return True
    starts = row.baseline is not None and row.baseline.number == 0 and is_running_total(row)
    return starts or bool(row.indicator.lag_years)


def _heading(value: Value | None) -> When | None:
    return value.year.when if value is not None and value.year is not None else None


def _year(value: Value | None) -> int | None:
    when = value.year.effective if value is not None and value.year is not None else None
    return fiscal(when) if when is not None else None


def _label(value: Value | None) -> str:
    """The year as printed, else as read; empty where there is none."""
    label = value.year if value is not None else None
    if label is None:
        return ""
    when = label.effective
    return label.text.strip() or (era_year(fiscal(when)) if when is not None else "")


def _target_label(row: Row) -> str:
    return _label(row.placement.target)
