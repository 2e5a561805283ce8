"""What a draft changes against the last edition, change by change, and which of it has a reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from uuid import UUID

from sosei.plan.changes import Change
from sosei.plan.labels import field_label
from sosei.reports.comparison import Told, row_of, rows_and_rest
from sosei.reports.comparison_content import ComparisonRow
from sosei.reports.marking import marked
from sosei.values import Problem
from sosei.web.plans.history import KIND_WORDS
from sosei.web.plans.models import Draft
from sosei.web.plans.reasons import Given, Place
from sosei.web.plans.store import draft_base, draft_document_at, last_operation

_KEPT = 8  # lists in memory: those of drafts that somebody explains just now


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A change as the list numbers it; ``goal`` and ``measure`` are its group, both empty beside the print.

    ``name`` is what fields of a form are called by; its reason is kept for each of ``places``.
    """

    number: int
    told: Told
    printed: bool

    @property
    def places(self) -> tuple[Place, ...]:
        """The place of each change that the row tells."""
        return tuple((change.key, change.field) for change in self.told.changes)

    @property
    def name(self) -> str:
        """The record's key and the field, joined."""
        return "{}-{}".format(*self.places[0])

    @property
    def title(self) -> str:
        """What a sentence calls the change."""
        place = " ".join(self.told.place.split())
        return f"{place} {self.told.item}".strip()

    def shown(self) -> ComparisonRow:
        """Old and new side by side, the changed parts marked."""
        if self.printed:
            return row_of(self.number, self.told, {})
        old, new = marked(self.told.change.old, self.told.change.new)
        return ComparisonRow(number=self.number, place=self.told.place, item=self.told.item, old=old, new=new)

    def reason(self, given: Mapping[Place, Given]) -> Given | None:
        """The reason of the change: that of the first of its places that has one."""
        return next((given[place] for place in self.places if place in given and given[place].text), None)

    def is_behind(self, given: Mapping[Place, Given]) -> bool:
        """Whether the change says something else than when its reason was given."""
        reason = self.reason(given)
        if reason is None:
            return False
        return reason.passed or bool(reason.about and reason.about != self.mark)

    @property
    def mark(self) -> str:
        """The hash of what the change says."""
        said = [
            [change.kind, change.key, change.field, change.old, change.new] for change in self.told.changes
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The changes at one place; ``name`` is that of the field whose text fills the empty ones of the group."""

    title: str
    printed: bool
    rows: Sequence[Row]

    @property
    def name(self) -> str:
        """What fields of a form are called by: the name of the group's first change."""
        return self.rows[0].name


def change_list(draft: Draft) -> Sequence[Group]:
    """Every change of ``draft`` as it stands: what the print shows, place by place, then what does not touch it.

    Nothing for a plan's first edition.
    """
    return _groups(draft.pk, last_operation(draft))


@lru_cache(maxsize=_KEPT)
def _groups(draft: UUID, last: UUID | None) -> Sequence[Group]:
    found = Draft.objects.select_related("base").get(pk=draft)
    if found.base is None:
        return ()
    told, rest = rows_and_rest(draft_base(found), draft_document_at(draft, last))
    printed = [Row(number=number, told=each, printed=True) for number, each in enumerate(told, 1)]
    groups = [
        Group(title=f"{goal}　{measure}".strip(), printed=True, rows=tuple(rows))
        for (goal, measure), rows in groupby(printed, key=lambda row: (row.told.goal, row.told.measure))
    ]
    if rest:
        beside = (
            Row(number=number, told=_told(each), printed=False)
            for number, each in enumerate(rest, len(told) + 1)
        )
        groups.append(Group(title="印字に関わらない変更", printed=False, rows=tuple(beside)))
    return tuple(groups)


def unexplained(groups: Iterable[Group], given: Mapping[Place, Given]) -> list[Row]:
    """The changes of the printed comparison that have no reason yet, in their order."""
    return [row for group in groups if group.printed for row in group.rows if row.reason(given) is None]


def explained(draft: Draft, given: Mapping[Place, Given]) -> dict[Place, str]:
    """The reason of every place that ``draft`` changed; raises Problem where a printed change has none."""
    groups = change_list(draft)
    if missing := unexplained(groups, given):
        first = missing[0]
        raise Problem(
            f"変更の一覧の{first.number}番（{first.title}）をはじめ、理由のない変更が{len(missing)}か所あるので、"
            "「変更の一覧と理由」に理由を書いてから策定してください",
            f"change no. {first.number} ({first.title}) has no reason, one of {len(missing)} without; "
            "write the reasons in the list of changes, then adopt",
        )
    rows = (row for group in groups for row in group.rows)
    return {place: reason.text for row in rows if (reason := row.reason(given)) for place in row.places}


def told_row(number: int, told: Told | Change) -> tuple[ComparisonRow, str]:
    """A row of ``rows_and_rest`` as the list shows it, and its group; a change beside the print has none."""
    if isinstance(told, Told):
        row = Row(number=number, told=told, printed=True)
        return row.shown(), f"{told.goal}　{told.measure}".strip()
    return Row(number=number, told=_told(told), printed=False).shown(), ""


def spots_of(told: Told | Change) -> list[Place]:
    """The key and field of each change in a row of ``rows_and_rest``."""
    found = told.changes if isinstance(told, Told) else (told,)
    return [(change.key, change.field) for change in found]


def _told(change: Change) -> Told:
    place = " ".join(part for part in (change.place, change.title) if part)
    item = field_label(change.field, "ja") if change.field else KIND_WORDS[change.kind].ja
    return Told("", "", place, item, (change,))
