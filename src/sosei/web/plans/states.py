"""A plan as it stood at one moment: what a document is made of and what two of are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from sosei.checks.finding import Words
from sosei.plan.model import Plan as Document
from sosei.web.jobs.subject import Desk, Link
from sosei.web.people.actor import Actor
from sosei.web.people.roles import Right
from sosei.web.plans.models import Draft, Edition, Plan
from sosei.web.plans.opened import Opened
from sosei.web.plans.store import draft_document_at, edition_document, last_operation


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An edition, or a draft up to one of its operations; neither ever changes.

    ``plan`` is the plan's key, ``version`` how addresses name the state (``e2``, ``draft``),
    ``content`` what stands for its bytes: the edition's SHA-256, or draft and last operation.
    """

    plan: str
    version: str
    content: str
    edition: UUID | None = None
    draft: UUID | None = None
    operation: UUID | None = None

    @classmethod
    def of(cls, opened: Opened) -> Self:
        """The state that is open on a page, as it stands now."""
        if opened.edition is not None:
            return cls.of_edition(opened.plan.key, opened.edition)
        assert opened.draft is not None  # noqa: S101  (one of the two is there)
        return cls.of_draft(opened.plan.key, opened.draft)

    @classmethod
    def of_edition(cls, plan: str, edition: Edition) -> Self:
        """The state that ``edition`` is."""
        return cls(plan=plan, version=f"e{edition.no}", content=edition.sha256, edition=edition.pk)

    @classmethod
    def of_draft(cls, plan: str, draft: Draft) -> Self:
        """The state that ``draft`` is in now."""
        operation = last_operation(draft)
        content = f"{draft.pk}/{operation or ''}"
        return cls(plan=plan, version="draft", content=content, draft=draft.pk, operation=operation)

    @property
    def is_draft(self) -> bool:
        """Whether only those see it who may see drafts."""
        return self.draft is not None

    @property
    def name(self) -> Words:
        """第2版, 下書き; the same in English."""
        if self.is_draft:
            return Words("下書き", "draft")
        return Words(f"第{self.version[1:]}版", f"edition {self.version[1:]}")

    @property
    def rights(self) -> tuple[Right, ...]:
        """Who may read it."""
        return (Right.READ_DRAFT if self.is_draft else Right.READ_ADOPTED,)

    @property
    def desk(self) -> Desk:
        """The page of its documents."""
        here = Link(
            words=Words("文書", "Documents"),
            to="documents",
            parts={"plan": self.plan, "version": self.version},
        )
        return Desk(
            section="plans",
            trail=(Link(words=Words("計画", "Plans"), to="municipality", parts={}), here),
            back=Words("ほかの文書を作る", "Other documents"),
            takes=here,
        )

    def document(self) -> Document:
        """The plan itself; raises Problem where an edition's bytes are not those that were adopted."""
        if self.edition is not None:
            return edition_document(Edition.objects.defer("data").get(pk=self.edition))
        assert self.draft is not None  # noqa: S101  (one of the two is there)
        return draft_document_at(self.draft, self.operation)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a job's parameters."""
        return {
            "plan": self.plan,
            "version": self.version,
            "content": self.content,
            **{name: str(pk) for name in ("edition", "draft", "operation") if (pk := getattr(self, name))},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The state that ``as_json`` wrote."""
        keys = {name: UUID(data[name]) for name in ("edition", "draft", "operation") if name in data}
        return cls(plan=data["plan"], version=data["version"], content=data["content"], **keys)


def states_of(plan: Plan, actor: Actor) -> list[State]:
    """Every state of ``plan`` that ``actor`` may see, newest first: the open draft, then the editions."""
    found = [State.of_edition(plan.key, edition) for edition in plan.editions.defer("data")]
    if actor.may(Right.READ_DRAFT) and (draft := plan.drafts.filter(is_open=True).first()):
        found.insert(0, State.of_draft(plan.key, draft))
    return found
