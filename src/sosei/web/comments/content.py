"""A public comment as the report takes it, and what stands for that content."""

from __future__ import annotations

from dataclasses import asdict

from sosei.reports.public_comment import Consultation, Opinion, Outcome
from sosei.values import own_word
from sosei.web.comments.models import PublicComment, PublicOpinion
from sosei.web.comments.opinions import living
from sosei.web.comments.rows import token
from sosei.web.people.models import Municipality


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
