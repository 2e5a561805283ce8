"""The same indicator at several places: its actuals, baselines and targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sosei.checks.dossier import Dossier, Row, year_of
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.levels import is_unconfirmed, same_number, years_of
from sosei.checks.registry import rule
from sosei.checks.say import both
from sosei.plan.indicator import Difference, Value
from sosei.values import Kind, same_text


@rule(
    "TWN01",
    Severity.ERROR,
    title=Words(
        "同じ指標の同じ年度の実績が、場所によって違う",
        "One indicator has different values for one year at different places",
    ),
    why=Words(
        "どちらが正しいか読み手にわからず、達成率も変わります。",
        "A reader cannot tell which is right, and the rate depends on it.",
    ),
    mend=Words(
        "担当課に正しい値を確かめ、すべての箇所を同じ値にしてください。",
        "Ask the division for the right value and print it at every place.",
    ),
    case=Words(
        "きじうまコイン利用者数のR6実績が、1頁では15,473人、5頁では15,579人。",
        "Users of a regional currency: 15,473 on page 1, 15,579 on page 5, same year.",
    ),
)
def two_values(dossier: Dossier) -> Iterator[Found]:
    """Values of one indicator that cannot be one value in another precision."""
    for rows in dossier.rows_of_indicator.values():
        known = [(row, row.actual) for row in rows if row.actual is not None and not row.actual.is_absent]
        usual = next(
            ((row, value) for row, value in known if not _conflicts(row)), known[0] if known else None
        )
        for row, value in known:
            if usual is None or row is usual[0] or not _conflicts(row):
                continue
            first, adopted = usual
            if same_text(str(adopted), str(value)):
                continue
            yield Found(
                Words(
                    f"「{first.name}」の{dossier.year_text}実績が、{first.placed.place}では{adopted}、"
                    f"{row.placed.place}（「{row.name}」）では{value}です。",
                    f'"{first.name}" has {adopted} for {dossier.year_text} at {first.placed.place}, '
                    f'but {value} at {row.placed.place} ("{row.name}").',
                ),
                (first.place("actual"), row.place("actual")),
            )


@rule(
    "TWN02",
    Severity.INFO,
    title=Words(
        "同じ指標の同じ値が、場所によって違う書き方になっている",
        "One value of an indicator is printed in different ways at different places",
    ),
    why=Words(
        "別の値に見え、読み手が照合に手間取ります。",
        "They look like different values, and a reader has to compare them.",
    ),
    mend=Words(
        "桁と「／年」などの書き方を、すべての箇所でそろえてください。",
        "Use the same digits and the same period (／年) at every place.",
    ),
    case=Words(
        "寄付金額のR6実績が、一方では3.5億円、他方では354,831,799円。",
        "Donations of one year: 3.5億円 at one place, 354,831,799円 at another.",
    ),
)
def other_ways_to_print(dossier: Dossier) -> Iterator[Found]:
    """Own values of places that differ from the adopted value only in precision or suffix."""
    pairs = [pair for rows in dossier.rows_of_indicator.values() for pair in _other_ways(rows)]
    if pairs:
        yield Found(
            both(
                "同じ指標の実績の書き方が、場所によって違います：{}。",
                "Actuals of one indicator are printed in different ways: {}.",
                [f"「{first.name}」{first.actual}と{row.actual}" for first, row in pairs],
                [f'"{first.name}" {first.actual} and {row.actual}' for first, row in pairs],
            ),
            tuple(row.place("actual") for pair in pairs for row in pair),
        )


@rule(
    "TWN03",
    Severity.WARNING,
    title=Words(
        "同じ指標の基準値や目標値が、場所によって違う",
        "One indicator has different baselines or targets at different places",
    ),
    why=Words(
        "どちらの値で達成を判定するのか、読み手にわかりません。",
        "A reader cannot tell which of the two decides whether the target is reached.",
    ),
    mend=Words(
        "正しい値を担当課に確かめ、すべての箇所を同じ値にしてください。",
        "Ask the division for the right value and print it at every place.",
    ),
    case=Words(
        "会員数の目標値が、数値目標では150人、施策のKPIでは120人。",
        "Members: the target is 150 in the goal's table and 120 in the measure's.",
    ),
)
def two_aims(dossier: Dossier) -> Iterator[Found]:
    """Baselines or targets of one indicator that are different numbers for what may be one year."""
    for rows in dossier.rows_of_indicator.values():
        for field in ("baseline", "target"):
            yield from _differing(rows, field)


def _conflicts(row: Row) -> bool:
    return row.entry is not None and row.entry.difference is Difference.CONFLICT


def _other_ways(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The first row that prints the adopted value, with each that prints it in another way."""
    first = next((row for row in rows if row.entry is None or row.entry.actual is None), None)
    if first is None or first.actual is None or first.actual.is_absent:
        return
    for row in rows:
        difference = row.entry.difference if row.entry is not None else None
        if difference in (Difference.PRECISION, Difference.SUFFIX) and not same_text(
            str(first.actual), str(row.actual)
        ):
            yield first, row


def _differing(rows: Sequence[Row], field: str) -> Iterator[Found]:
    stated = [(row, value) for row in rows if (value := _stated(row, field)) is not None]
    for row, value in stated[1:]:
        first, other = stated[0]
        if same_number(other.quantity, value.quantity) or not _comparable(
            (first, other), (row, value), field
        ):
            continue
        label, label_en = ("基準値", "baseline") if field == "baseline" else ("目標値", "target")
        certain = _year(first, other, field) is not None and not any(
            is_unconfirmed(each, field) for each in (first, row)
        )
        yield Found(
            Words(
                f"「{first.name}」の{label}が、{first.placed.place}では{other.quantity}、"
                f"{row.placed.place}（「{row.name}」）では{value.quantity}です。",
                f'The {label_en} of "{first.name}" is {other.quantity} at {first.placed.place}, but '
                f'{value.quantity} at {row.placed.place} ("{row.name}").',
            ),
            (first.place(field), row.place(field)),
            Severity.ERROR if certain else None,
        )


def _stated(row: Row, field: str) -> Value | None:
    """The baseline or target, where the place has a number or a word for it."""
    value = row.placement.baseline if field == "baseline" else row.placement.target
    known = value is not None and value.quantity.kind in (Kind.NUMBER, Kind.TEXT)
    return value if known else None


def _comparable(one: tuple[Row, Value], other: tuple[Row, Value], field: str) -> bool:
    """Whether both may stand for one year and one length of time."""
    years = (_year(*one, field), _year(*other, field))
    kinds = {value.quantity.kind for _, value in (one, other)}
    return years[0] == years[1] and years_of(one[1]) == years_of(other[1]) and len(kinds) == 1


def _year(row: Row, value: Value, field: str) -> int | None:
    """The year of a baseline or target: its own, else that of the column that it stands in."""
    own = year_of(value)
    if own is not None or row.placement.table is None:
        return own
    table = next((each for each in row.element.tables if each.key == row.placement.table), None)
    labels = [column.year for column in table.columns if column.field == field] if table else []
    when = labels[0].effective if labels and labels[0] is not None else None
    return when.year if when else None
