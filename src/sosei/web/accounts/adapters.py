"""Where allauth asks the site: who may sign in and how, and in which words it says no."""

from __future__ import annotations

import logging
import smtplib
import time
from collections.abc import Mapping
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.web.accounts.recording import record_stranger
from sosei.web.accounts.rules import came_by_provider
from sosei.web.people.models import User
from sosei.web.site.language import say
from sosei.web.site.page import address
from sosei.web.site.words import pair

_log = logging.getLogger(__name__)

WRONG_CODE = pair(
    "確認コードが違います。アプリに今表示されている6桁の数字か、まだ使っていない回復コードを入力してください",
    "wrong code; enter the six digits the app shows now, or a recovery code you have not used yet",
)
TOO_MANY = pair(
    "続けて間違えたため、15分ほど受け付けません。時間をおいてもう一度入力してください",
    "too many wrong attempts; wait some 15 minutes and try again",
)


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts: nobody signs up, passwords are counted by axes, mail that fails does not stop a page."""

    error_messages: Mapping[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": pair(
            "ユーザー名かパスワードが違います。大文字と小文字、全角と半角を確かめてください",
            "wrong user name or password; check capitals and full-width letters",
        ),
        "enter_current_password": pair("今のパスワードが違います", "this is not your present password"),
        "incorrect_password": pair("パスワードが違います", "wrong password"),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account alone, with or without a provider."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The browser's address as the rest of the site sees it."""
        return address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: axes counts wrong passwords; a second count would only say it in other words."""

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not within five minutes of signing in: the password was just given, or the provider just asked."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """allauth's ways to confirm who one is, named in both languages."""
        names = {
            "reauthenticate": say("パスワードで確認する", "Use the password"),
            "mfa_reauthenticate": say("認証アプリか回復コードで確認する", "Use the app or a recovery code"),
            "mfa_reauthenticate:webauthn": say("セキュリティキーで確認する", "Use a security key"),
        }
        found = super().get_reauthentication_methods(user)
        return [{**each, "description": names[each["id"]]} for each in found]

    def get_login_stages(self) -> list[str]:
        """allauth's stages with the site's own second factor."""
        theirs = f"{AuthenticateStage.__module__}.{AuthenticateStage.__qualname__}"
        ours = f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"
        return [ours if each == theirs else each for each in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the first page: the new password is set and there is nothing more to do."""
        return self.get_login_redirect_url(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends, or writes to the server's log why not; the page says the same either way."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException):
            _log.exception("mail could not be sent: %s", template_prefix)


class SecondFactorStage(AuthenticateStage):
    """The second factor is asked after a password only.

    A person who comes by single sign-on gave the provider whatever it asks for; asking once more here
    would only teach people to leave the provider.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """A redirect to the page that asks, or None to go on."""
        if came_by_provider(self.request, self.login.user):
            return None, True
        return super().handle()


class SecondFactorAdapter(DefaultMFAAdapter):
    """App, keys and recovery codes."""

    error_messages: Mapping[str, Any] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": pair(
            "回復コードは、認証アプリかセキュリティキーを設定してから作れます",
            "set up an app or a security key first; recovery codes come after",
        ),
    }

    def get_totp_label(self, user: User) -> str:
        """The user name; a mail address may be a whole division's."""
        return user.username

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site by its host, under the product's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """キー1, キー2 ... for keys nobody named."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return say(f"キー{number}", f"Key {number}")


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Single sign-on: lets in whom the site already knows, and links the account on the first time."""

    error_messages: Mapping[str, Any] = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": pair(
            "パスワードが決まっていないため、この連携を外すとサインインできなくなります。先にパスワードを決めてください",
            "you have no password, so without this link you could not sign in; set a password first",
        ),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Nobody makes an account alone."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Links an unlinked account to the one person it belongs to, or ends with a sentence for strangers."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        person = _person(sociallogin)
        if person is None:
            record_stranger(request, sociallogin)
            page = {"provider": sociallogin.provider, "emails": sociallogin.email_addresses}
            raise ImmediateHttpResponse(render(request, "socialaccount/stranger.html", page, status=403))
        sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:  # noqa: ARG002
        """The reason goes to the server's log; the page only says that it did not work."""
        _log.warning("single sign-on by %s: %s %s", provider.sub_id, more.get("error"), more.get("exception"))


def _person(sociallogin: SocialLogin) -> User | None:
    """The one active person with an address that the provider says it verified and for which it answers.

    Nobody where several share the address; nobody whose account is linked to another of the provider's
    accounts (addresses are given to new people); no operator, who links while signed in.
    """
    emails = [
        each.email
        for each in sociallogin.email_addresses
        if each.verified and _answers_for(sociallogin.account.provider, each.email)
    ]
    people = {
        user
        for email in emails
        for user in User.objects.filter(email__iexact=email, is_active=True, is_operator=False)
    }
    if len(people) != 1:
        return None
    (person,) = people
    linked = SocialAccount.objects.filter(user=person, provider=sociallogin.account.provider)
    return None if linked.exists() else person


def _answers_for(provider: str, email: str) -> bool:
    """Whether ``provider`` answers for addresses of this domain (``config.Oidc``)."""
    known = {each.id: each for each in settings.CONFIG.oidc}
    if provider not in known:
        return False
    domains = [part.strip().lower() for part in known[provider].domains.split(",") if part.strip()]
    return email.rpartition("@")[2].lower() in domains if domains else len(known) == 1
