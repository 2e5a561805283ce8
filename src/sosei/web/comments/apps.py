"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """Public comments on drafts: periods, opinions, answers, the published result."""

    name = "sosei.web.comments"
    label = "comments"
