"""Which editor a field of a plan's record has: from the models, so that a new field can be typed at once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from sosei.checks.finding import Words
from sosei.plan.base import Key, Model, Node, Prose
from sosei.plan.indicator import Indicator, Observation, Placement, PrintedYear, Value
from sosei.plan.model import Activity, Element, Plan, Table
from sosei.plan.record import (
    Anchor,
    ContentsLine,
    Edition,
    Erratum,
    PopulationFact,
    VerifiedStatement,
    Waiver,
)
from sosei.plan.walk import collections_of
from sosei.values import Column, Quantity, Span, When, YearLabel
from sosei.web.writing.compound import Divisions, FieldOf, Group, LevelOf, Name, Rows, TableOf
from sosei.web.writing.editors import (
    Amount,
    Choice,
    Editor,
    Line,
    ManyParagraphs,
    Number,
    Paragraphs,
    Stretch,
    Year,
    YesNo,
)
from sosei.web.writing.moments import Moment

_OF_THE_SOURCE = frozenset(Node.model_fields)
"""What every record has besides its content: key, page, marks of the transcription."""

_ELSEWHERE = frozenset(
    {
        (Plan, "format"),
        (Plan, "version"),
        (Plan, "municipality"),
        (Plan, "levels"),  # a page of their own
        (Plan, "scheme"),  # the page of the scheme
        (Plan, "schemes"),
        (Plan, "shows"),
        (Plan, "joint_readings"),  # a transcription's
    }
)
"""Fields that no form of a record shows."""

_LONG = frozenset(
    {
        (Plan, "colophon"),
        (Indicator, "definition"),
        (ContentsLine, "remark"),
        (PopulationFact, "text"),
        (VerifiedStatement, "text"),
        (Waiver, "reason"),
        (Edition, "reason"),
    }
)
_RULE_CODE = Words(
    "規則の番号（TWN01 など）か、その始めの3文字（TWN）を半角の大文字で書いてください",
    "write a rule's code (such as TWN01) or its first three letters (TWN)",
)
_SHORT = frozenset({"label", "unit", "mark", "no", "grade", "abbreviation", "code", "step"})
_COLUMNS: Mapping[tuple[type, str], Column] = {
    (Placement, "baseline"): Column.BASELINE,
    (Placement, "target"): Column.TARGET,
    (Placement, "path"): Column.TARGET,
    (Observation, "quantity"): Column.ACTUAL,
    (PrintedYear, "actual"): Column.ACTUAL,
    (PrintedYear, "rate"): Column.RATE,
}
_NAMED: Mapping[str, tuple[tuple[type[Node], ...], str]] = {
    "indicator": ((Indicator,), "indicators"),
    "part_of": ((Indicator,), "indicators"),
    "breakdown_of": ((Indicator,), "indicators"),
    "continues": ((Indicator,), "indicators"),
    "at": ((Element, Placement, Indicator, Table, Activity), "places"),
    "about": ((Element, Placement, Indicator, Table, Activity), "places"),
}


@lru_cache(maxsize=64)
def field_names(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind of record that a form shows, in the order of the model."""
    inner = collections_of(kind)
    return tuple(
        name
        for name in kind.model_fields
        if name not in _OF_THE_SOURCE and name not in inner and (kind, name) not in _ELSEWHERE
    )


def editor_of(node: Node, field: str) -> Editor:
    """The editor for ``field`` of ``node``."""
    if isinstance(node, Placement) and field == "table":
        return TableOf(node.key)
    return _editor(type(node), field)


@lru_cache(maxsize=512)
def _editor(kind: type[Model], field: str) -> Editor:
    """The editor of a field of a kind of record, or of a part of one."""
    info = kind.model_fields[field]
    if kind is Element and field == "level":
        return LevelOf()
    if kind is Erratum and field == "field":
        return FieldOf(_NAMED["about"][0])
    return _for_type(kind, field, _hints(kind)[field], info)


def _for_type(kind: type[Model], field: str, hint: Any, info: FieldInfo) -> Editor:  # noqa: C901, PLR0911, PLR0912
    hint = _bare(hint)
    if (kind, field) == (Waiver, "code"):
        return Line(is_short=True, form="[A-Z]{3}[0-9]{0,2}", said=_RULE_CODE)
    if get_origin(hint) is tuple:
        return _for_list(kind, field, get_args(hint)[0])
    if hint == Key:
        kinds, offers = _NAMED[field]
        return Name(kinds, offers)
    if hint is Prose:
        return Paragraphs()
    if hint is Quantity:
        return Amount(_COLUMNS.get((kind, field)))
    if hint is YearLabel:
        return Year(must_be_read=kind is Observation)
    if hint is Span:
        return Stretch()
    if hint is When:
        return Moment()
    if hint is Value:
        return _value(_COLUMNS[kind, field])
    if hint is bool:
        return YesNo(info.default if isinstance(info.default, bool) else None)
    if hint is int:
        return Number(*_bounds(info))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Choice(hint, str(info.default) if isinstance(info.default, StrEnum) else None)
    if isinstance(hint, type) and issubclass(hint, Model):
        return _group(hint)
    if (kind, field) in _LONG:
        return Paragraphs(is_plain=True)
    return Line(is_short=field in _SHORT)


def _for_list(kind: type[Model], field: str, inner: Any) -> Editor:
    if field == "divisions":
        return Divisions()
    if inner is Prose:
        return ManyParagraphs()
    if inner is str:
        return ManyParagraphs(is_plain=True)
    if inner is Value:
        return Rows(_value(_COLUMNS[kind, field]))
    return Rows(Year() if inner is YearLabel else _group(inner))


def _value(column: Column) -> Group:
    parts = {"quantity": Amount(column), "year": Year(), "span": Stretch(), "source": Line()}
    return Group(parts, frozenset({"quantity"}))


@lru_cache(maxsize=64)
def _group(model: type[Model]) -> Group:
    fields = model.model_fields
    required = frozenset(name for name, info in fields.items() if info.is_required())
    return Group({name: _part(model, name) for name in fields}, required)


def _part(model: type[Model], name: str) -> Editor:
    if model is Anchor and name == "field":
        return Line(is_short=True)
    return _editor(model, name)


def offered_kinds(offers: str) -> tuple[type[Node], ...] | None:
    """The kinds of records whose names a field offers; None for no such list."""
    return next((kinds for kinds, name in _NAMED.values() if name == offers), None)


def required(kind: type[Node]) -> tuple[str, ...]:
    """The fields without which no record of this kind can be."""
    fields = kind.model_fields
    return tuple(name for name in field_names(kind) if fields[name].is_required())


def _bare(hint: Any) -> Any:
    """The type without ``| None`` and without what is annotated beside it (but for a Key)."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    if hint == Key or not hasattr(hint, "__metadata__"):
        return hint
    return get_args(hint)[0]


def _bounds(info: FieldInfo) -> tuple[int, int]:
    least = next((each.ge for each in info.metadata if hasattr(each, "ge")), -(10**6))
    most = next((each.le for each in info.metadata if hasattr(each, "le")), 10**6)
    return least, most


@lru_cache(maxsize=64)
def _hints(kind: type[Model]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)
