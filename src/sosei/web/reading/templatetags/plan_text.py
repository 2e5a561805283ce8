"""Running text and year labels in templates: ``{% load plan_text %}``."""

from __future__ import annotations

from django import template

from sosei.values import YearLabel
from sosei.web.reading.prose import Block, blocks
from sosei.web.reading.words import label_words
from sosei.web.site.language import say

register = template.Library()


@register.filter
def as_blocks(text: object) -> list[Block]:
    """Paragraphs and bullets of a text."""
    return blocks(str(text))


@register.filter
def year_label(label: YearLabel | None) -> str:
    """A year as printed; in English its Gregorian year."""
    words = label_words(label)
    return say(words.ja, words.en)
