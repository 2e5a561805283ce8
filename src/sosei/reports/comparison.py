"""The 新旧対照表 of two editions of a plan: what changed in print, place by place, as content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sosei.plan.base import Key, Node
from sosei.plan.changes import Change, ChangeKind, changes
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.labels import field_label
from sosei.plan.model import Plan
from sosei.plan.walk import children_of
from sosei.reports.comparison_content import Comparison, ComparisonGroup, ComparisonRow, Runs
from sosei.reports.comparison_places import GONE, Places
from sosei.reports.marking import OMITTED, marked, plain, shortened
from sosei.scheme.presets import preset
from sosei.values import Problem

Reasons = Mapping[tuple[str, str], str]

NEW = "（新設）"
NONE = "（なし）"
_KINDS = {
    ChangeKind.CHANGED: "変更",
    ChangeKind.ADDED: "追加",
    ChangeKind.REMOVED: "削除",
    ChangeKind.MOVED: "移動",
}
_LEGEND = f"下線は変更した部分、{OMITTED}は変更のない部分。{NEW}と{GONE}は、隣の欄の全体に当たる。"


def comparison(old: Plan, new: Plan, *, old_name: str, new_name: str, reasons: Reasons) -> Comparison:
    """The table of what changed from ``old`` to ``new``, called ``old_name`` and ``new_name``.

    ``reasons`` gives the reason of a change by (key of the record, field), the field being empty for a
    record that came, went or moved; it wins over what an operation says itself.  What does not touch
    the print is counted in ``closing``.  Raises Problem where the two are different plans.
    """
    told, rest = rows_and_rest(old, new)
    groups = tuple(_groups(told, reasons))
    return Comparison(
        title="新旧対照表",
        municipality=new.municipality.name,
        subtitle=_short(new.title or next((report.title for report in new.reports), "")),
        old_name=_short(old_name),
        new_name=_short(new_name),
        count=_count(told),
        groups=groups,
        nothing="" if groups else _nothing(rest),
        closing=f"ほかに印字に関わらない変更 {len(rest)}件（読み取りの記録、出典など）" if rest else "",
        footer=" ".join(
            [*([_LEGEND] if groups else []), *(each.statement for each in new.sources if each.statement)]
        ),
    )


def edition_names(old: Plan, new: Plan) -> tuple[str, str] | None:
    """What the two editions call themselves; None where that does not tell them apart."""
    names = _edition_name(old), _edition_name(new)
    return names if all(names) and names[0] != names[1] else None


@dataclass(frozen=True, slots=True)
class Told:
    """A row to be: its place, and the changes that it tells (an indicator's with its KPI's)."""

    goal: str
    measure: str
    place: str
    item: str
    changes: tuple[Change, ...]

    @property
    def change(self) -> Change:
        """The change whose texts the row shows."""
        return self.changes[0]


def rows_and_rest(old: Plan, new: Plan) -> tuple[list[Told], list[Change]]:
    """The changes in print, in the order of the table, and those that do not touch the print."""
    found = changes(old, new)
    places = Places(old, new)
    printed = [change for change in found if change.printed]
    twins = _twins(printed, places)
    folded = {id(twin) for each in twins.values() for twin in each}
    shown = sorted((c for c in printed if id(c) not in folded), key=lambda change: places[change.key].at)
    told = [_told(change, twins.get(id(change), ()), places) for change in shown]
    return told, [change for change in found if not change.printed]


def _told(change: Change, twins: Sequence[Change], places: Places) -> Told:
    spot = places[change.key]
    item = _KINDS[change.kind]
    if change.kind is ChangeKind.CHANGED:
        item = field_label(change.field, "ja")
        if isinstance(places.node(change.key), Indicator) and change.field == "name":
            item = f"指標の{item}"
    return Told(spot.goal, spot.measure, spot.place, item, (change, *twins))


def _twins(found: Sequence[Change], places: Places) -> dict[int, list[Change]]:
    """By the identity of a KPI's change the changes of its indicator that would be read twice.

    An indicator that comes or goes with a KPI is told by the KPI's row; so is its new name, where the
    KPI's is the same.
    """
    homes: dict[_Sign, Change] = {}
    for change in found:
        for sign in _told_beside(change, places):
            homes.setdefault(sign, change)
    twins: dict[int, list[Change]] = {}
    for change in found:
        if isinstance(places.node(change.key), Indicator) and (home := homes.get(_sign(change, change.key))):
            twins.setdefault(id(home), []).append(change)
    return twins


_Sign = tuple[ChangeKind, Key, str, str, str]


def _sign(change: Change, key: Key) -> _Sign:
    """What makes a change the twin of another: for names the texts, for a record that came or went nothing more."""
    texts = (change.field, change.old, change.new) if change.kind is ChangeKind.CHANGED else ("", "", "")
    return (change.kind, key, *texts)


def _told_beside(change: Change, places: Places) -> Iterator[_Sign]:
    """The changes of indicators that the row of ``change`` tells too."""
    node = places.node(change.key)
    if change.kind is ChangeKind.CHANGED:
        if isinstance(node, Placement) and change.field == "name":
            yield _sign(change, node.indicator)
    elif change.kind is not ChangeKind.MOVED:
        for placement in _placements_in(node, places):
            yield _sign(change, placement.indicator)


def _placements_in(node: Node, places: Places) -> Iterator[Placement]:
    """The placements that came or went with ``node``: those of a record that only moved stand apart."""
    if isinstance(node, Placement):
        yield node
    for _, child in children_of(node):
        if not places.in_both(child.key):
            yield from _placements_in(child, places)


def _groups(told: Sequence[Told], reasons: Reasons) -> Iterator[ComparisonGroup]:
    numbered = enumerate(told, 1)
    for (goal, measure), rows in groupby(numbered, key=lambda pair: (pair[1].goal, pair[1].measure)):
        yield ComparisonGroup(
            goal=goal, measure=measure, rows=tuple(row_of(number, each, reasons) for number, each in rows)
        )


def row_of(number: int, told: Told, reasons: Reasons) -> ComparisonRow:
    """The row ``number`` of the table: what ``told`` says, marked where old and new differ."""
    old, new = _texts(told.change)
    return ComparisonRow(
        number=number,
        place=told.place,
        item=told.item,
        old=shortened(old or plain(NONE)),
        new=shortened(new or plain(NONE)),
        reason=_reason(told, reasons),
    )


def _reason(told: Told, reasons: Reasons) -> str:
    """Why, each reason of the changes that the row tells once."""
    given = (reasons.get((change.key, change.field), change.reason) for change in told.changes)
    return _short("\n".join(dict.fromkeys(filter(None, given))))


def _short(text: str) -> str:
    return "".join(run.text for run in shortened(plain(text)))


def _texts(change: Change) -> tuple[Runs, Runs]:
    match change.kind:
        case ChangeKind.ADDED:
            return plain(NEW), plain(change.new)
        case ChangeKind.REMOVED:
            return plain(change.old), plain(GONE)
        case ChangeKind.MOVED:
            return plain(change.old), plain(change.new)
    if change.field == "scheme":
        return marked(_scheme_name(change.old), _scheme_name(change.new))
    return marked(change.old, change.new)


def _scheme_name(code: str) -> str:
    """A shipped scheme by its name; what is none as it stands."""
    try:
        return preset(code).name if code else ""
    except Problem:
        return code


def _count(told: Sequence[Told]) -> str:
    counts = Counter(each.change.kind for each in told)
    kinds = "、".join(f"{word} {counts[kind]}件" for kind, word in _KINDS.items() if counts[kind])
    return f"{len(told)}件" + (f"（{kinds}）" if kinds else "")


def _nothing(rest: Sequence[Change]) -> str:
    return "印字に関わる変更はありません。" if rest else "二つの版に違いはありません。"


def _edition_name(plan: Plan) -> str:
    """The latest edition's title or number with its date, else when the plan was adopted."""
    if not plan.editions:
        return f"{plan.adopted}策定" if plan.adopted else ""
    edition = plan.editions[-1]
    name = edition.title or f"第{edition.no}版"
    return f"{name}（{edition.adopted}）" if edition.adopted else name
