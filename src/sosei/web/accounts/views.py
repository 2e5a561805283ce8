"""The one page of sign-in that is not allauth's alone."""

from __future__ import annotations

from allauth.account import views as account
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.web.site.page import open_page


@open_page
def password_reset(request: HttpRequest) -> HttpResponse:
    """By mail where the installation has a mail server; else whom to ask for a link."""
    if settings.CONFIG.mail:
        return account.password_reset(request)
    return render(request, "account/password_reset_ask.html")
