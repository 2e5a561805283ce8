"""Targets of the period before, as its verification judges them, against those of the plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from sosei.checks.cells import folded
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.levels import is_unconfirmed, levels_of
from sosei.checks.registry import rule
from sosei.checks.say import short, shown
from sosei.plan.record import Condition, VerifiedStatement
from sosei.values import Kind, Qualifier, fold

_JOINT = re.compile("^(?:への|からの|における|での|の)")
_WAYS = {Qualifier.INCREASE: 1, Qualifier.DECREASE: -1}


@rule(
    "TGT09",
    Severity.INFO,
    title=Words(
        "前の期に届かなかったのに、さらに大きな増減を目指している",
        "Missed last time, and now a larger change is aimed at",
    ),
    why=Words(
        "前の期に届かなかった幅より大きな目標には、届くと考える根拠が問われます。",
        "A target beyond a change that was missed before needs grounds to believe in it.",
    ),
    mend=Words(
        "目標値の根拠（取組の効果の見込み、推計など）を書き添えてください。",
        "Print the grounds of the target: expected effects, an estimate.",
    ),
    case=Words(
        "前の期の「転入者数50人増加」が未達成で、今期は1,020人から1,170人（150人増）を目指す。",
        "An increase of 50 was missed, and the new plan aims at 1,020 to 1,170, an increase of 150.",
    ),
)
def beyond_what_was_missed(dossier: Dossier) -> Iterator[Found]:
    """Conditions of missed targets (50人増加) whose indicator is to change by more in this plan."""
    rows = _by_subject(dossier)
    for verification in dossier.plan.verifications:
        for goal in verification.goals:
            path = f"{verification.plan}の検証/{goal.label}"
            for statement in goal.statements:
                if statement.reached is False:
                    for condition in statement.conditions:
                        yield from _compared(
                            rows.get(folded(condition.subject), ()), condition, statement, path
                        )


def _by_subject(dossier: Dossier) -> Mapping[str, Sequence[Row]]:
    """The rows by their names with and without the municipality's name: 転入者数 of 阿蘇市への転入者数."""
    town = folded(dossier.plan.municipality.name)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in dossier.rows:
        name = folded(row.name)
        found[name].append(row)
        if town and name.startswith(town):
            found[_JOINT.sub("", name[len(town) :])].append(row)
    return found


def _compared(
    rows: Sequence[Row], condition: Condition, statement: VerifiedStatement, path: str
) -> Iterator[Found]:
    former = condition.quantity
    way = next((_WAYS[each] for each in former.qualifiers if each in _WAYS), 0)
    if not way or former.kind is not Kind.NUMBER or former.base is None:
        return
    for row in rows:
        levels = levels_of(row)
        if levels is None or not levels.same_period or is_unconfirmed(row, "baseline", "target"):
            continue
        if row.target is None or fold(row.target.unit) != fold(former.unit):
            continue
        change = levels.target - levels.baseline
        if change * way > Fraction(former.base[0]) > 0:
            yield _larger(row, condition, statement, path, change)
            return


def _larger(
    row: Row, condition: Condition, statement: VerifiedStatement, path: str, change: Fraction
) -> Found:
    former, amount = condition.quantity, f"{shown(abs(change))}{row.target.unit if row.target else ''}"
    more, more_en = ("増", "an increase") if change > 0 else ("減", "a decrease")
    others = len(statement.conditions) > 1
    verdict = f"「{short(condition.subject)}{former}」を{'含む' if others else '求める'}前の期の目標は{statement.verdict}でした"
    text = Place(key=statement.key, field="text", text=short(statement.text), page=statement.page, path=path)
    return Found(
        Words(
            f"{verdict}が、「{short(row.name)}」は基準値{row.baseline}から目標値{row.target}（{amount}{more}）と、"
            "それより大きな変化を目指しており、根拠が問われます。",
            f'The former target {"with" if others else "of"} "{short(condition.subject)}{former}" was judged '
            f'{statement.verdict}, but "{short(row.name)}" is to go from {row.baseline} to {row.target}, {more_en} of '
            f"{amount}; the grounds will be asked for.",
        ),
        (text, row.place("baseline"), row.place("target")),
    )
