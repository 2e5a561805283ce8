"""The manual as pages, for everybody."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sosei.web.help import manual
from sosei.web.site.page import open_page

_MOST_HEADINGS = 60
_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}


@require_safe
@open_page
def pages(request: HttpRequest) -> HttpResponse:
    """The list of the manual's pages."""
    context = {"section": "help", "pages": [manual.page(name) for name in manual.PAGES]}
    return render(request, "help/pages.html", context)


@require_safe
@open_page
def page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the manual."""
    try:
        found = manual.page(page)
    except manual.UnknownPlaceError:
        raise Http404 from None
    context = {"section": "help", "page": found, "contents": _contents(found)}
    return render(request, "help/page.html", context)


def _contents(page: manual.Page) -> list[tuple[manual.Heading, list[manual.Heading]]]:
    """The headings of a page, the smaller under the larger; of a long page the larger alone."""
    is_long = len(page.headings) > _MOST_HEADINGS
    contents: list[tuple[manual.Heading, list[manual.Heading]]] = []
    for heading in page.headings:
        if heading.level == 2:
            contents.append((heading, []))
        elif heading.level == 3 and contents and not is_long:
            contents[-1][1].append(heading)
    return contents


@require_safe
@open_page
def picture(request: HttpRequest, name: str) -> FileResponse:  # noqa: ARG001
    """A picture of a page."""
    for each in (manual.folder() / manual.PICTURES).iterdir():
        if each.name == name and each.suffix in _KINDS:
            return FileResponse(each.open("rb"), content_type=_KINDS[each.suffix])
    raise Http404
