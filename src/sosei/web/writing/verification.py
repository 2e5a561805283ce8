"""The verification of a closed period as one page: its goals and their targets, each written in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sosei.plan.base import Key, Node
from sosei.plan.model import Plan
from sosei.plan.record import Verification, VerifiedGoal
from sosei.plan.wording import Wording
from sosei.web.writing.collections import Holding, holding
from sosei.web.writing.forms import Sent
from sosei.web.writing.record_layout import RecordForm, record_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPart:
    """A goal with its statements; ``adding`` is the form for one more."""

    form: RecordForm
    statements: Sequence[RecordForm]
    adding: Holding


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationParts:
    """The whole of it; ``adding`` is the form for one more goal."""

    form: RecordForm
    goals: Sequence[GoalPart]
    adding: Holding


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was ``sent`` of the record ``key``, or typed for a new one in it (``adding``)."""

    key: Key = ""
    sent: Sent | None = None
    adding: Sent | None = None


def verification_parts(
    document: Plan, verification: Verification, words: Wording, kept: Kept
) -> VerificationParts:
    """The forms of ``verification`` and all it holds."""
    return VerificationParts(
        form=_form(document, verification, words, kept),
        goals=[_goal(document, each, words, kept) for each in verification.goals],
        adding=_adding(document, verification, "goals", words, kept),
    )


def _goal(document: Plan, goal: VerifiedGoal, words: Wording, kept: Kept) -> GoalPart:
    return GoalPart(
        form=_form(document, goal, words, kept),
        statements=[_form(document, each, words, kept) for each in goal.statements],
        adding=_adding(document, goal, "statements", words, kept),
    )


def _form(document: Plan, node: Node, words: Wording, kept: Kept) -> RecordForm:
    return record_fields(document, node, words, kept.sent if node.key == kept.key else None)


def _adding(
    document: Plan, node: Verification | VerifiedGoal, collection: str, words: Wording, kept: Kept
) -> Holding:
    return holding(document, node, collection, words, kept.adding if node.key == kept.key else None)
