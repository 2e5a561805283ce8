"""What a draft changes against the last edition, as the form of an adoption lists it: a field for each reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sosei.plan.changes import Change
from sosei.plan.labels import field_label
from sosei.plan.model import Plan as Document
from sosei.reports.comparison import comparison, rows_and_rest
from sosei.reports.comparison_content import ComparisonRow
from sosei.reports.marking import marked
from sosei.web.plans.history import KIND_WORDS
from sosei.web.plans.models import Draft
from sosei.web.plans.reasons import Place, draft_reasons
from sosei.web.plans.store import draft_base
from sosei.web.site.language import say

MOST_FIELDS = 1000
"""A form with more could not be sent: then each place has one field for all its changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A change with its field for a reason: ``name`` is the field's, ``places`` what the reason is kept for."""

    name: str
    shown: ComparisonRow
    places: tuple[Place, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The changes at one place, with the field whose text fills the empty ones below it; ``is_one``: that
    field is the only one.
    """

    name: str
    title: str
    rows: Sequence[Row]
    reason: str
    is_one: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """What a reader of the print will see, place by place, and what does not touch the print."""

    printed: Sequence[Group] = ()
    beside: Sequence[Group] = ()


def change_list(draft: Draft, document: Document, typed: Mapping[str, str] | None) -> ChangeList:
    """Every change of ``draft``, now ``document``; nothing for a plan's first edition.

    ``typed`` are a form's texts by name; without one the reasons are those of the draft's operations.
    """
    if draft.base is None:
        return ChangeList()
    base = draft_base(draft)
    told, rest = rows_and_rest(base, document)
    listing = _Listing(draft_reasons(draft.operations.order_by("no")), typed)
    changes = iter(told)
    shown = comparison(base, document, old_name="", new_name="", reasons={})
    printed = [
        listing.group(
            f"{group.goal}　{group.measure}".strip(),
            [listing.row(next(changes).changes, row) for row in group.rows],
        )
        for group in shown.groups
    ]
    beside = list(listing.beside(rest, len(told) + 1))
    many = len(told) + len(rest) > MOST_FIELDS
    return ChangeList(
        printed=[replace(group, is_one=many) for group in printed],
        beside=[replace(group, is_one=many) for group in beside],
    )


@dataclass(frozen=True, slots=True)
class _Listing:
    given: Mapping[Place, str]
    typed: Mapping[str, str] | None

    def row(self, changes: Sequence[Change], shown: ComparisonRow) -> Row:
        places = tuple((change.key, change.field) for change in changes)
        name = "why-{}-{}".format(*places[0])
        if self.typed is None:
            reason = next((self.given[place] for place in places if place in self.given), "")
        else:
            reason = self.typed.get(name, "").strip()
        return Row(name=name, shown=shown, places=places, reason=reason)

    def group(self, title: str, rows: Sequence[Row]) -> Group:
        name = f"all-{rows[0].name}"
        reason = self.typed.get(name, "").strip() if self.typed else ""
        return Group(name=name, title=title, rows=rows, reason=reason)

    def beside(self, rest: Sequence[Change], first: int) -> Iterator[Group]:
        rows = [self.row([change], _shown(number, change)) for number, change in enumerate(rest, first)]
        if rows:
            yield self.group(say("印字に関わらない変更", "Changes beside the print"), rows)


def _shown(number: int, change: Change) -> ComparisonRow:
    old, new = marked(change.old, change.new)
    place = " ".join(part for part in (change.place, change.title) if part)
    item = field_label(change.field, "ja") if change.field else KIND_WORDS[change.kind].ja
    return ComparisonRow(number=number, place=place, item=item, old=old, new=new)
