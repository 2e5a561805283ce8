"""Pairs of words for forms and models, decided when they are shown."""

from __future__ import annotations

from django.utils.functional import lazy

from sosei.web.site.language import say

pair = lazy(say, str)
pair.__doc__ = "A text in both languages that takes the page's language when it is shown."
