"""What the pages of sign-in show beside the site's own words: ``{% load sign_in %}``."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from allauth.socialaccount.models import SocialAccount
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def fours(text: str) -> str:
    """``ABCDEFGH`` as ``ABCD EFGH``, for people who copy it by hand."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@register.filter
def text_file(lines: Sequence[str]) -> SafeString:
    """An address that is itself the file: shown once, so there is no second request to fetch it by."""
    return mark_safe("data:text/plain;charset=utf-8," + quote("\r\n".join([*lines, ""])))  # noqa: S308


@register.filter
def provider_name(account: SocialAccount) -> str:
    """What the provider of a linked account is called; its key where it is set up no more."""
    names = {each.id: each.name for each in settings.CONFIG.oidc}
    return names.get(account.provider, account.provider)


@register.filter
def provider_person(account: SocialAccount) -> str:
    """Whose account it is, in the provider's words."""
    told = account.extra_data.get("userinfo") or account.extra_data.get("id_token") or {}
    return str(told.get("email") or told.get("preferred_username") or account.uid)
