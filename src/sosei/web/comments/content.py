"""A public comment as the report takes it, and as it stood when its document was asked for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from sosei.reports.public_comment import Consultation, Opinion, Outcome
from sosei.values import Problem, Words, own_word
from sosei.web.comments.models import PublicComment, PublicOpinion
from sosei.web.comments.opinions import living
from sosei.web.jobs.subject import Desk, Link
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right
from sosei.web.site.stale import token


def consultation(comment: PublicComment) -> Consultation:
    """The comment with the opinions of its table."""
    municipality = comment.municipality
    return Consultation(
        title=comment.title,
        municipality=municipality.name,
        own_word=own_word(municipality.name, municipality.code)[0],
        plan=comment.plan.title,
        since=comment.since,
        until=comment.until,
        announced=tuple(comment.announced.split("\n")) if comment.announced else (),
        sent=tuple(comment.sent.split("\n")) if comment.sent else (),
        people=comment.people,
        organisations=comment.organisations,
        remarks=comment.remarks,
        opinions=tuple(_opinion(row) for row in living(comment)),
    )


def digest(content: Consultation) -> str:
    """What stands for the content: another for another text, order or number."""
    return token(asdict(content))


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentState:
    """A public comment as it stood at one moment: its row, its plan's key, its title, what stands for its
    content, and whether readers see it.
    """

    comment: UUID
    plan: str
    title: str
    content: str
    is_public: bool

    @classmethod
    def of(cls, comment: PublicComment) -> Self:
        """The comment as it stands now."""
        return cls(
            comment=comment.pk,
            plan=comment.plan.key,
            title=comment.title,
            content=digest(consultation(comment)),
            is_public=comment.published_on is not None,
        )

    @property
    def name(self) -> Words:
        """Its title; it has one language."""
        return Words(self.title, self.title)

    @property
    def rights(self) -> tuple[Right, ...]:
        """Who may read its document."""
        return (Right.READ_ADOPTED if self.is_public else Right.READ_DRAFT,)

    @property
    def desk(self) -> Desk:
        """The comment's page."""
        plan = {"plan": self.plan}
        here = {**plan, "comment": self.comment}
        return Desk(
            section="plans",
            trail=(
                Link(words=Words("計画", "Plans"), to="municipality", parts={}),
                Link(words=Words("意見募集", "Public comments"), to="comments", parts=plan),
                Link(words=self.name, to="comment", parts=here),
            ),
            back=Words("意見募集に戻る", "Back to the public comment"),
            takes=Link(words=self.name, to="comment_document", parts=here),
        )

    def document(self) -> Consultation:
        """The comment for the report; raises Problem where it is not as it was."""
        found = PublicComment.objects.select_related("municipality", "plan").get(pk=self.comment)
        content = consultation(found)
        if digest(content) != self.content:
            raise Problem(
                "作成を頼んだあとに、意見か考え方が変わりました。もう一度作ってください",
                "an opinion or an answer changed after the document was asked for; make it again",
            )
        return content

    def as_json(self) -> dict[str, Any]:
        """Plain data for a job's parameters."""
        return {**asdict(self), "comment": str(self.comment)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        return cls(**{**data, "comment": UUID(data["comment"])})


def answer_label(municipality: Municipality) -> tuple[str, str]:
    """市の考え方, 町の考え方; the same in English."""
    ja, en = own_word(municipality.name, municipality.code)
    return f"{ja}の考え方", f"The {en}'s answer"


def _opinion(row: PublicOpinion) -> Opinion:
    return Opinion(
        summary=row.summary,
        answer=row.answer,
        place=row.place,
        page=row.page,
        outcome=Outcome(row.outcome) if row.outcome else None,
        change=row.change,
        same=row.same,
    )
