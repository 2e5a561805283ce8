"""A proposal's operations as its row keeps them, and which record and field they are about."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import TypeAdapter

from sosei.plan.base import Key
from sosei.plan.operations import Add, Move, Operation, Remove, Set
from sosei.web.proposals.models import Proposal

_OPERATIONS: TypeAdapter[tuple[Operation, ...]] = TypeAdapter(tuple[Operation, ...])


def operations_of(proposal: Proposal) -> tuple[Operation, ...]:
    """What the proposal would do to the draft, in this order."""
    return _OPERATIONS.validate_json(proposal.operations, strict=True)


def operations_text(operations: Sequence[Operation]) -> str:
    """The operations as JSON text."""
    data = [each.model_dump(mode="json") for each in operations]
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def with_reason(operations: Sequence[Operation], reason: str) -> list[Operation]:
    """The operations, each for ``reason``."""
    return [each.model_copy(update={"reason": reason}) for each in operations]


def main_of(proposal: Proposal, operations: Sequence[Operation]) -> Operation:
    """The operation that says what the proposal is about; the others go along with it: a new indicator with
    its place, marks of the source, anchors of notes.
    """
    return next(each for each in operations if about(each) == (proposal.key, proposal.field))


def about(operation: Operation) -> tuple[Key, str]:
    """The record and the field that an operation is about; no field where a record comes, goes or moves."""
    match operation:
        case Set():
            return operation.key, operation.field
        case Move():
            return operation.key, ""
        case Add() | Remove():
            return operation.record["key"], ""
