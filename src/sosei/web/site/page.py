"""Views and their rights: every view says which right it asks for, and gets its actor.

``@page(Right.X)`` stands on views below ``/<code>/``: the municipality is looked up among those the
person belongs to (any other gives 404, as if it did not exist), the right is checked (403 that says
why), and ``request.municipality`` and ``request.actor`` are set.  ``@operator_page`` stands on the
installation's own pages, ``@open_page`` on those for everybody.  A test walks all URLs and refuses a
view without one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from sosei.web.people.actor import actor_of
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right

View = Callable[..., HttpResponse]


def page(right: Right) -> Callable[[View], View]:
    """A view of a municipality for people with ``right``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            municipality = Municipality.objects.filter(code=code).first()
            actor = actor_of(request.user, municipality, address(request))
            if municipality is None or not actor.roles:
                raise Http404
            request.municipality, request.actor = municipality, actor
            actor.must(right)
            return view(request, **more)

        return _marked(guarded, right)

    return decorate


def operator_page(view: View) -> View:
    """A view of the installation, for operators."""

    @wraps(view)
    def guarded(request: HttpRequest, **more: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if not request.user.is_operator:
            raise Http404
        request.actor = actor_of(request.user, None, address(request))
        return view(request, **more)

    return _marked(guarded, Right.OPERATE)


def open_page(view: View) -> View:
    """A view for everybody, signed in or not."""
    return _marked(view, None)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in and back; a part that the page's script asks for takes the whole page along."""
    if request.htmx:
        page_address = request.htmx.current_url_abs_path or request.get_full_path()
        return HttpResponseClientRedirect(redirect_to_login(page_address).url)
    return redirect_to_login(request.get_full_path())


def _marked(view: Any, right: Right | None) -> View:
    """The view with the right it asks for written on it, for the test that walks all URLs."""
    view.right = right
    return view


def address(request: HttpRequest) -> str:
    """The browser's network address; behind a proxy the one that the nearest proxy saw."""
    from django.conf import settings

    if settings.CONFIG.proxy and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rsplit(",", 1)[-1].strip()[:64]
    return request.META.get("REMOTE_ADDR", "")[:64]
