"""Long lists in pages of fifty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE = 50


def paged(request: HttpRequest, rows: Sequence[Any] | Any) -> Page:
    """The page of ``rows`` that ``?page=`` names; the nearest there is where it names none."""
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))
