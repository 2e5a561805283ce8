"""Rules that hold between signing in and any page: idle time, first password, compulsory second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from sosei.web.accounts.rules import came_by_provider, has_second_factor, rules_of
from sosei.web.accounts.urls import OPEN_ACCOUNT_PAGES, OWN_ACCOUNT_PAGES
from sosei.web.site.language import say

SEEN = "seen_at"
_WRITE_EVERY = 60

_ALWAYS = {*OPEN_ACCOUNT_PAGES, "language"}
_PASSWORD_PAGES = {*_ALWAYS, "account_change_password"}
_FACTOR_PAGES = {*_ALWAYS, *OWN_ACCOUNT_PAGES}
_HOLDS_NOTHING = {"account_login", "account_logout", "language"}
"""Forms with nothing in them that could be lost."""


class AccountRulesMiddleware:
    """Signs out who was away too long; sends a person who has to do something about the account there first.

    A form sent after the session's end leads to the sign-in page, which says that nothing was saved and
    leads back to the page the form stood on.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the view, or the way to sign in."""
        if request.user.is_authenticated:
            request.account_rules = rules_of(request.user)
            if _was_away(request, request.account_rules.minutes):
                request.session_expired = True
                logout(request)
                return _sign_in(request)
        response = self.respond(request)
        if request.method == "POST" and not request.user.is_authenticated and _is_sign_in(response):
            return _sign_in(request)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Any,  # noqa: ARG002
        args: Any,  # noqa: ARG002
        kwargs: Any,  # noqa: ARG002
    ) -> HttpResponse | None:
        """The page the person must see first, or None."""
        user = request.user
        if not user.is_authenticated:
            return None
        name = request.resolver_match.url_name
        if user.must_change_password and user.has_usable_password():
            return None if name in _PASSWORD_PAGES else _first(request, "account_change_password")
        if request.account_rules.municipalities and name not in _FACTOR_PAGES:
            done = came_by_provider(request, user) or has_second_factor(user)
            return None if done else _first(request, "mfa_index")
        return None


def _was_away(request: HttpRequest, minutes: int) -> bool:
    """Whether the last request of this session is too long ago; else notes the present one, once a minute."""
    now = int(time.time())
    seen = request.session.get(SEEN)
    if seen is not None and now - seen > minutes * 60:
        return True
    if seen is None or now - seen >= _WRITE_EVERY:
        request.session[SEEN] = now
    return False


def _first(request: HttpRequest, page: str) -> HttpResponse:
    """To ``page`` before anything else; says so where a form was sent."""
    if request.method == "POST":
        messages.warning(
            request,
            say(
                "先に済ませる設定があるため、送信した内容は保存していません。済んだらもう一度入力してください",
                "there is something to set up first, so what you sent was not saved; enter it again afterwards",
            ),
        )
    return _go(request, reverse(page))


def _sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page with the reason and the page to return to."""
    unsaved = request.method == "POST" and _name(request) not in _HOLDS_NOTHING
    asked = QueryDict(mutable=True)
    asked.update({"next": _page_asked_for(request), "why": "unsaved" if unsaved else "idle"})
    return _go(request, f"{reverse('account_login')}?{asked.urlencode(safe='/')}")


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect of the whole page, also where htmx asked for a piece of it."""
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def _page_asked_for(request: HttpRequest) -> str:
    """The page the person was on or wanted; for a form the page it stood on, where the browser says so."""
    if request.htmx:
        return request.htmx.current_url_abs_path or reverse("home")
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return reverse("home")
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_sign_in(response: HttpResponse) -> bool:
    """Whether ``response`` sends to the sign-in page because a page asked for it (with where to return to)."""
    target = urlsplit(response.headers.get("Location", ""))
    return target.path == reverse("account_login") and "next" in QueryDict(target.query)


def _name(request: HttpRequest) -> str | None:
    """The name of the address, None where there is no such page."""
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
