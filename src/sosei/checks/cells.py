"""What the rules on units and on missing things share: rows chosen, names shortened, lists told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Words
from sosei.checks.say import both, short
from sosei.plan.indicator import Role
from sosei.plan.model import Element, Table
from sosei.values import Quantity, Reason
from sosei.values.folding import compact

TARGETED = (Role.NUMERIC_TARGET, Role.KPI)
"""The roles that a plan sets targets for; a 事業KPI may stand without one."""

_LONGEST = 48
_READ = 400  # characters of a name that are read: a name may be hostile

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "人": ("人", "名"),
    "箇所": ("箇所", "か所", "カ所", "ヶ所", "ケ所", "ヵ所", "個所"),
    "%": ("%", "パーセント"),
    "㎡": ("㎡", "m2", "m²", "平米", "平方メートル"),
    "㎥": ("㎥", "m3", "m³", "立米", "立方メートル"),
    "ha": ("ha", "ヘクタール"),
    "km": ("km", "キロメートル", "キロ"),
    "kg": ("kg", "キログラム"),
    "t": ("t", "トン"),
}
_ONE_UNIT = {word.casefold(): first for first, spellings in _SPELLINGS.items() for word in spellings}


def called(name: str, behind: str = "") -> Words:
    """A name for a list in both languages, with what stands behind it in brackets."""
    name, behind = short(name), short(behind, 2 * _LONGEST)
    return Words(
        f"「{name}」" + (f"（{behind}）" if behind else ""), f'"{name}"' + (f" ({behind})" if behind else "")
    )


def told(ja: str, en: str, items: Sequence[Words]) -> Words:
    """A message in both languages with the items where ``{}`` stands; ja and en hold no foreign text."""
    return both(ja, en, [item.ja for item in items], [item.en for item in items])


def with_values(row: Row) -> Words:
    """The row's name with its values as printed: 「素材生産量」（360㎥／1,000㎥／957.04㎥）."""
    return called(row.name, "／".join(str(quantity) for _, quantity in row.values))


def indicators_of(dossier: Dossier, roles: Iterable[Role] = tuple(Role)) -> Iterator[Sequence[Row]]:
    """The rows of each indicator that stand in one of ``roles``, indicator by indicator."""
    wanted = frozenset(roles)
    for rows in dossier.rows_of_indicator.values():
        chosen = [row for row in rows if row.placement.role in wanted]
        if chosen:
            yield chosen


def numbers(row: Row) -> list[tuple[str, Quantity]]:
    """Field and quantity of the row's values that have one number."""
    return [(field, quantity) for field, quantity in row.values if quantity.number is not None]


@lru_cache(maxsize=1024)
def one_unit(unit: str) -> str:
    """A unit in one spelling: 名 is 人, か所 is 箇所."""
    key = compact(unit).casefold()
    return _ONE_UNIT.get(key, key)


def has_value(quantity: Quantity | None) -> bool:
    """Whether a cell holds anything that is a value."""
    return quantity is not None and not quantity.is_absent


def reason_of(quantity: Quantity | None) -> Reason | None:
    """Why a cell is empty; NOT_DUE where there is no cell at all, None where it holds a value."""
    return Reason.NOT_DUE if quantity is None else quantity.reason


def table_of(row: Row) -> Table | None:
    """The printed table that the row stands in; the element's own where it has only one."""
    for element in reversed(row.placed.path):
        for table in element.tables:
            if table.key == row.placement.table:
                return table
    own = row.element.tables
    return own[0] if len(own) == 1 and row.placement.table is None else None


def below(element: Element) -> Iterator[Element]:
    """The element and every element below it."""
    stack = [element]
    while stack:
        each = stack.pop()
        yield each
        stack.extend(reversed(each.children))


def folded(name: str) -> str:
    """A name without white space, in one width; of a very long one the beginning."""
    return compact(name[:_READ])


def tail(name: str) -> str:
    """A folded name without white space and without what stands in brackets at its end."""
    text = compact(name[-_READ:])
    while text.endswith(")") and (start := text.rfind("(")) > 0:
        text = text[:start]
    return text
