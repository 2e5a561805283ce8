"""How the page of a record is laid out: what is written first, what is rarely needed, and the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sosei.checks.finding import Words
from sosei.plan import record
from sosei.plan.base import Doubt, Key, Node
from sosei.plan.model import Element, Plan
from sosei.plan.walk import children_of, path_to
from sosei.plan.wording import Wording
from sosei.web.plans.models import Draft
from sosei.web.writing.fields import field_names
from sosei.web.writing.forms import FieldForm, Sent, record_form
from sosei.web.writing.labels import label_of
from sosei.web.writing.part_kinds import PARTS

_RARE: Mapping[type[Node], frozenset[str]] = {
    Plan: frozenset({"colophon", "contents"}),
    record.Source: frozenset({"sha256", "statement"}),
    record.Reference: frozenset({"role"}),
    record.Chapter: frozenset({"missing"}),
    record.Council: frozenset({"open_ended", "abbreviation", "subject"}),
    record.Verification: frozenset({"counts_in_prose"}),
    record.Projection: frozenset({"basis", "paragraphs"}),
    record.ReportHead: frozenset({"pages", "years"}),
    record.Erratum: frozenset({"corrected", "note"}),
    record.Waiver: frozenset({"by", "date"}),
}
_LAST: Mapping[type[Node], tuple[str, ...]] = {
    record.PopulationFact: ("text",),
    record.VerifiedStatement: ("conditions",),
}
"""Fields that take a whole line, behind the short ones."""

_ELSEWHERE: Mapping[type[Node], frozenset[str]] = {record.Note: frozenset({"anchors"})}
"""Fields that are written by acts of their own on the record's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtLine:
    """An open doubt of the transcription, with the name of its field."""

    key: Key
    field: Words
    doubt: Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordForm:
    """A record as forms: ``main`` fields, ``rare`` ones, and doubts that stand beside none of them."""

    key: Key
    title: str
    remark: str
    main: Sequence[FieldForm]
    rare: Sequence[FieldForm]
    doubts: Sequence[DoubtLine]

    @property
    def is_rare_open(self) -> bool:
        """Whether something among the rare fields has to be seen."""
        return any(each.is_wrong or each.doubt or each.is_damaged for each in self.rare)


def record_fields(document: Plan, node: Node, words: Wording, sent: Sent | None = None) -> RecordForm:
    """The record ``node`` with its fields; with what was ``sent`` of it kept."""
    kind = type(node)
    rare, elsewhere = _RARE.get(kind, frozenset()), _ELSEWHERE.get(kind, frozenset())
    last = _LAST.get(kind, ())
    names = [name for name in field_names(kind) if name not in elsewhere and name not in last] + [*last]
    return RecordForm(
        key=node.key,
        title=words.called(node),
        remark=node.remark,
        main=record_form(document, node, [name for name in names if name not in rare], sent=sent),
        rare=record_form(document, node, [name for name in names if name in rare], sent=sent),
        doubts=list(doubts_beside(node, names)),
    )


def doubts_beside(node: Node, shown: Sequence[str]) -> Iterator[DoubtLine]:
    """The open doubts of ``node`` about fields that are not ``shown``."""
    for doubt in node.doubts:
        if not doubt.confirmed and doubt.field not in shown:
            yield DoubtLine(key=node.key, field=label_of(doubt.field), doubt=doubt)


def addresses(draft: Draft) -> Mapping[str, str]:
    """What every address of the draft's writing pages is made of."""
    return {"code": draft.plan.municipality.code, "plan": draft.plan.key}


def record_address(draft: Draft, node: Node) -> str:
    """The page on which a record is written."""
    name = "write_element" if isinstance(node, Element) else "write_record"
    return reverse(name, kwargs={**addresses(draft), "key": node.key})


def part_address(draft: Draft, collection: str) -> str:
    """The page of a list of the plan."""
    return reverse("write_part", kwargs={**addresses(draft), "collection": collection})


def trail(draft: Draft, document: Plan, key: Key, words: Wording) -> list[tuple[str, Words]]:
    """The pages above that of the record ``key``, outermost first, with their names."""
    above = path_to(document, key)
    found: list[tuple[str, Words]] = []
    if len(above) > 1:
        inner = above[1].key
        collection = next(name for name, child in children_of(document) if child.key == inner)
        if collection in PARTS:
            found.append((part_address(draft, collection), PARTS[collection].title))
    for node in above[1:-1]:
        title = words.called(node)
        found.append((record_address(draft, node), Words(title, title)))
    return found
