"""One indicator under several names, several indicators under one name, names that are nearly one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import both, listed
from sosei.values.folding import compact

_LONG_ENOUGH = 6  # shorter names are permutations of each other by chance
_DIGITS = re.compile("[0-9]+")
_LEFT_OUT = re.compile(r"年間|\([^()]*\)|[「」『』・,、]")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that may be an indicator's, what it stands for, and where."""

    text: str
    owner: str
    place: Place


@rule(
    "TWN04",
    Severity.INFO,
    title=Words("同じ指標が別の名前で載っている", "One indicator is printed under different names"),
    why=Words(
        "読み手には別の指標に見え、集計のときに取り違えます。",
        "A reader takes them for different indicators, and figures get mixed up.",
    ),
    mend=Words("指標名をすべての箇所でそろえてください。", "Use one name at every place."),
    case=Words(
        "「阿蘇市の年間観光客入込数」と「年間観光客入込数」が同じ指標。",
        '"Visitors of the city in a year" and "visitors in a year" are one indicator.',
    ),
)
def several_names(dossier: Dossier) -> Iterator[Found]:
    """Indicators with two or more printed names, however wide or spaced."""
    groups: list[list[Row]] = []
    for rows in dossier.rows_of_indicator.values():
        names = {compact(row.placement.name): row for row in reversed(rows) if row.placement.name.strip()}
        if len(names) > 1:
            groups.append(list(reversed(names.values())))
    if groups:
        yield Found(
            both(
                "同じ指標が、場所によって別の名前で載っています：{}。",
                "One indicator is printed under different names: {}.",
                ["と".join(f"「{row.placement.name}」" for row in rows) for rows in groups],
                [" and ".join(f'"{row.placement.name}"' for row in rows) for rows in groups],
            ),
            tuple(row.place("name", row.placement.name) for rows in groups for row in rows),
        )


@rule(
    "TWN05",
    Severity.INFO,
    title=Words("別の指標が同じ名前で載っている", "Different indicators are printed under one name"),
    why=Words(
        "同じ年度に値や単位の違う同名の指標があり、読み手には食い違いに見えます。",
        "To a reader it is one indicator with two values for one year.",
    ),
    mend=Words(
        "何の数かがわかる言葉を足して、指標名を区別してください。",
        "Add what each of them counts to its name.",
    ),
    case=Words(
        "「登用数」が、防災の事業では1名、情報化の事業では14人。",
        '"Appointments": 1 in one project, 14 in another.',
    ),
)
def one_name_for_several(dossier: Dossier) -> Iterator[Found]:
    """Names that several indicators carry with different values; a warning where two of them have targets."""
    by_name: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in dossier.rows:
        if any(True for _ in row.values):
            by_name[compact(row.placement.name)].setdefault(row.indicator.key, row)
    for name, owners in by_name.items():
        rows = _unrelated(owners)
        if not name or len({_values(row) for row in rows}) < 2:
            continue
        shown = [f"{row.placed.place}では{_shown(row)}" for row in rows]
        shown_en = [f"{_shown(row)} at {row.placed.place}" for row in rows]
        yield Found(
            Words(
                f"「{rows[0].placement.name}」という名前の別の指標が{len(rows)}つあります"
                f"（{listed(shown, 'ja')}）。",
                f'{len(rows)} different indicators are called "{rows[0].placement.name}" '
                f"({listed(shown_en, 'en')}).",
            ),
            tuple(row.place(_field(row)) for row in rows),
            Severity.WARNING if sum(row.target is not None for row in rows) > 1 else None,
        )


@rule(
    "TWN06",
    Severity.INFO,
    title=Words("字の順序だけが違う指標名がある", "Two names differ only in the order of their characters"),
    why=Words(
        "同じものなのか別の統計なのか、読み手にわかりません。",
        "A reader cannot tell whether they are one thing or two statistics.",
    ),
    mend=Words(
        "同じものであれば名前をそろえ、違うものであれば違いを書き添えてください。",
        "Use one name if they are one thing; else say how they differ.",
    ),
    case=Words(
        "検証では「観光入込客数」、指標では「観光客入込数」。",
        "観光入込客数 in the verification, 観光客入込数 as indicator.",
    ),
)
def turned_characters(dossier: Dossier) -> Iterator[Found]:
    """Names of different records with the same characters in another order; numbers stay whole."""
    groups: dict[tuple[str, tuple[str, ...]], dict[str, _Name]] = defaultdict(dict)
    for name in _names(dossier):
        core = _core(name.text, dossier.plan.municipality.name)
        if len(core) >= _LONG_ENOUGH:
            numbers = tuple(_DIGITS.findall(core))
            groups["".join(sorted(_DIGITS.sub("", core))), numbers].setdefault(core, name)
    for group in groups.values():
        names = list(group.values())
        if len(names) < 2 or len({name.owner for name in names}) < 2:
            continue
        cores = list(group)
        yield Found(
            Words(
                f"{'と'.join(f'「{name.text}」' for name in names)}は、"
                f"{'と'.join(f'「{core}」' for core in cores)}で字の順序だけが違い、"
                "同じものかどうか読み取れません。",
                f"{' and '.join(f'「{name.text}」' for name in names)} differ only in the order of their "
                f"characters ({', '.join(cores)}), and nothing says whether they are one thing.",
            ),
            tuple(name.place for name in names),
        )


def _unrelated(owners: Mapping[str, Row]) -> list[Row]:
    """The rows without those whose indicator carries on, or is part of, another one of them."""
    return [
        row
        for row in owners.values()
        if not {row.indicator.continues, row.indicator.part_of, row.indicator.breakdown_of} & set(owners)
    ]


def _values(row: Row) -> tuple[str, ...]:
    return tuple(compact(str(quantity)) for _, quantity in row.values)


def _field(row: Row) -> str:
    """The field that shows best what the indicator holds: the actual, else target or baseline."""
    fields = [field.split(":")[0] for field, _ in row.values]
    return fields[-1]


def _shown(row: Row) -> str:
    return [str(quantity) for _, quantity in row.values][-1]


def _names(dossier: Dossier) -> Iterator[_Name]:
    """Every name of an indicator, of what a verification judged and of a population fact."""
    for row in dossier.rows:
        yield _Name(row.placement.name, row.indicator.key, row.place("name", row.placement.name))
    for verification in dossier.plan.verifications:
        for goal in verification.goals:
            for statement in goal.statements:
                path = f"{verification.plan}の検証/{goal.label}"
                for condition in statement.conditions:
                    place = Place(
                        key=statement.key,
                        field="conditions",
                        text=condition.subject,
                        page=statement.page,
                        path=path,
                    )
                    yield _Name(condition.subject, statement.key, place)
    for fact in dossier.plan.population:
        place = Place(key=fact.key, field="what", text=fact.what, page=fact.page, path="人口")
        yield _Name(fact.what, fact.indicator or fact.key, place)


def _core(name: str, municipality: str) -> str:
    """The name without the municipality, brackets, 年間 and の."""
    bare = compact(name)
    if municipality:
        bare = bare.replace(compact(municipality), "")
    return _LEFT_OUT.sub("", bare).replace("の", "")
