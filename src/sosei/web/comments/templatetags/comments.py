"""What other pages show of public comments: {% comments_on draft as found %}."""

from __future__ import annotations

from django import template

from sosei.reports.public_comment import page_text
from sosei.web.comments.models import PublicComment
from sosei.web.people.acting import today
from sosei.web.plans.models import Draft

register = template.Library()


@register.simple_tag
def comments_on(draft: Draft) -> list[tuple[PublicComment, str]]:
    """The public comments on the draft, each with where it stands today."""
    rows = PublicComment.objects.filter(municipality=draft.municipality_id, draft=draft, removed_at=None)
    return [(row, row.stage(today())) for row in rows]


@register.filter
def page_of(page: str) -> str:
    """（12ページ） beside what an opinion is about."""
    return page_text(page)
