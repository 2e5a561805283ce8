"""Rows as JSON lines and back: every field by name, exact, checked as strictly as a stranger's file needs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

from sosei.values import Problem

Model = type[models.Model]


def text_fields(model: Model) -> list[models.Field]:
    """The fields that stand in a row's line: all but bytes."""
    return [each for each in model._meta.concrete_fields if not isinstance(each, models.BinaryField)]


def byte_fields(model: Model) -> list[models.Field]:
    """The fields that have a part of their own."""
    return [each for each in model._meta.concrete_fields if isinstance(each, models.BinaryField)]


def line(row: models.Model, fields: list[models.Field]) -> bytes:
    """A row as one line of JSON."""
    data = {each.attname: _out(getattr(row, each.attname)) for each in fields}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _out(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


class Bad(Exception):  # noqa: N818 - a line, not an error of ours
    """A line that is no row of its model; ``args[0]`` says where in it."""


def parse(text: bytes, fields: list[models.Field]) -> dict[str, Any]:
    """The values of a line by attribute name; raises Bad for an unknown, missing or impossible one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Bad("JSON") from None
    if not isinstance(data, dict):
        raise Bad("JSON")
    names = {each.attname for each in fields}
    if odd := sorted(data.keys() ^ names):
        raise Bad(str(odd[0])[:60])
    return {each.attname: _in(each, data[each.attname]) for each in fields}


def _in(field: models.Field, given: Any) -> Any:
    if given is None:
        if not field.null:
            raise Bad(field.attname)
        return None
    try:
        value = _typed(field, given)
        if not field.is_relation and value not in field.empty_values:
            field.run_validators(value)
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        raise Bad(field.attname) from None
    if value is None or (field.choices and value not in dict(field.flatchoices)):
        raise Bad(field.attname)
    return value


def _same(given: Any) -> Any:
    return given


def _moment(given: str) -> datetime | None:
    moment = parse_datetime(given)
    return moment if moment and moment.tzinfo else None


def _text(given: str) -> str | None:
    return None if "\0" in given else given


_KINDS: tuple[tuple[Any, type, Callable[[Any], Any]], ...] = (
    (models.JSONField, object, _same),
    (models.BooleanField, bool, _same),
    (models.IntegerField, int, _same),
    (models.UUIDField, str, UUID),
    (models.DateTimeField, str, _moment),
    (models.DateField, str, parse_date),
    (models.DecimalField, str, Decimal),
    ((models.CharField, models.TextField), str, _text),
)


def _typed(field: models.Field, given: Any) -> Any:
    """``given`` as the field's own type; None or an exception where it is another's."""
    while field.is_relation:
        field = field.target_field
    for kind, wanted, read in _KINDS:
        if isinstance(field, kind):
            return read(given) if wanted is object or type(given) is wanted else None
    return None


def odd_row(path: Any, part: str, number: int, where: object) -> Problem:
    """The sentence for a line that cannot be taken."""
    return Problem(
        f"{path}: {part} の{number}行目が正しくありません（{where}）。何も取り込みませんでした",
        f"{path}: line {number} of {part} is not right ({where}); nothing was taken in",
    )
