"""Which page shows a record, also after something that was sent could not be kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from sosei.plan.base import Key
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Element, Plan
from sosei.plan.walk import index
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.writing.part_kinds import PARTS
from sosei.web.writing.structure import location_of
from sosei.web.writing.views_element import element_page
from sosei.web.writing.views_indicator import indicator_page, placement_page
from sosei.web.writing.views_parts import INLINE, part_page
from sosei.web.writing.views_record import record_page


def page_of(
    request: HttpRequest, draft: Draft, key: Key, *, collection: str = "", **more: Any
) -> HttpResponse:
    """The page on which the record ``key`` is written, or something is added to its list ``collection``."""
    document = draft_document(draft)
    node = index(document).get(key)
    if isinstance(node, Element) and not collection:
        return element_page(request, draft, key, **more)
    if isinstance(node, Placement) and not collection:
        return placement_page(request, draft, key, **more)
    if isinstance(node, Indicator) and not collection:
        return indicator_page(request, draft, key, **more)
    if isinstance(node, Plan) and collection in PARTS:
        return part_page(request, draft, collection, **more)
    if node is not None and not isinstance(node, Plan) and not collection:
        place = location_of(document, key)
        if place.parent == document.key and place.collection in INLINE:
            return part_page(request, draft, place.collection, sent_of=key, **more)
    return record_page(request, draft, key, **more)
