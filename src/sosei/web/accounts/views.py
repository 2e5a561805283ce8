"""The pages of sign-in that are not allauth's alone."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account import views as account
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.web.site.page import View, open_page


@open_page
def password_reset(request: HttpRequest) -> HttpResponse:
    """By mail where the installation has a mail server; else whom to ask for a link."""
    if settings.CONFIG.mail:
        return account.password_reset(request)
    return render(request, "account/password_reset_ask.html")


def _with_provider(view: Callable[[HttpRequest, str], HttpResponse]) -> View:
    """allauth's view; a provider that cannot be reached ends in the page that says so, not in a 500."""

    def guarded(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except OSError as error:  # what requests raises for everything between here and an answer
            provider = get_adapter().get_provider(request, provider_id)
            return render_authentication_error(request, provider, exception=error)

    return open_page(guarded)


provider_login = _with_provider(openid_connect.login)
provider_callback = _with_provider(openid_connect.callback)
