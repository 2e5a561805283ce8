"""What is still open of the public comments on a draft, for whoever is about to adopt it."""

from __future__ import annotations

from django.db.models import Count, Q

from sosei.checks.finding import Words
from sosei.web.comments.models import PublicComment
from sosei.web.people.acting import today
from sosei.web.plans.models import Draft

_NO_ANSWER = Q(opinions__removed_at=None, opinions__answer="")


def open_questions(draft: Draft) -> list[Words]:
    """A sentence for each public comment that is not over, or has opinions without an answer."""
    day = today()
    found = []
    comments = (
        PublicComment.objects.filter(
            municipality=draft.municipality_id, draft=draft, removed_at=None, published_on=None
        )
        .annotate(unanswered=Count("opinions", filter=_NO_ANSWER))
        .order_by("-since", "-created_at")
    )
    for comment in comments:
        title, stage = comment.title, comment.stage(day)
        if stage == "before":
            found.append(
                Words(
                    f"意見募集「{title}」は、まだ始まっていません",
                    f'the public comment "{title}" has not begun yet',
                )
            )
        if stage == "open":
            found.append(
                Words(f"意見募集「{title}」は募集中です", f'the public comment "{title}" is still open')
            )
        if comment.unanswered:
            found.append(
                Words(
                    f"意見募集「{title}」に、考え方が未記入の意見が{comment.unanswered}件あります",
                    f'{comment.unanswered} opinions of the public comment "{title}" have no answer',
                )
            )
    return found
