"""The same indicator at several places, and different indicators under one name."""

from __future__ import annotations

from collections.abc import Iterator

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.plan.indicator import Difference
from sosei.values import Quantity, same_text


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
        for row, value in known[1:]:
            first, adopted = known[0]
            if _conflict(row, adopted, value):
                yield Found(
                    Words(
                        f"「{first.name}」の{dossier.year_text}実績が、{first.placed.place}では{adopted}、"
                        f"{row.placed.place}（「{row.name}」）では{value}です。",
                        f'"{first.name}" has {adopted} for {dossier.year_text} at {first.placed.place}, '
                        f'but {value} at {row.placed.place} ("{row.name}").',
                    ),
                    (first.place("actual"), row.place("actual")),
                )


def _conflict(row: Row, adopted: Quantity, value: Quantity) -> bool:
    if row.entry is not None and row.entry.difference is not None:
        return row.entry.difference is Difference.CONFLICT
    return not same_text(str(adopted), str(value))
