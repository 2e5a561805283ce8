"""allauth's forms in our words: labels and helps in both languages, nothing in the fields that vanishes while typing."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms

from sosei.web.people.models import User
from sosei.web.site.words import pair

PASSWORD_HELP = pair(
    "12文字以上です。単語をいくつか並べた長いものが覚えやすく安全で、記号や数字を混ぜる必要はありません。"
    "よく使われるもの、数字だけのもの、ユーザー名や氏名に似たものは使えません。",
    "At least 12 characters. Several words in a row are easy to remember and safe; no signs or digits are needed. "
    "Common passwords, digits alone and anything like your user name or name are refused.",
)
CODE_HELP = pair(
    "認証アプリに今表示されている6桁の数字です。アプリが手元にないときは、回復コードを1つ入力します（使えるのは1度だけです）。",
    "The six digits your app shows now. Without the app, enter one of your recovery codes (each works once).",
)


class Worded:
    """Gives the fields named in ``words`` their label, help and the sentence for an empty field.

    ``wrong`` is said where allauth finds a code or a key wrong; without it, allauth's adapter words it.
    """

    words: ClassVar[Mapping[str, tuple[Any, Any, Any]]]
    wrong: ClassVar[Any] = None
    fields: dict[str, Any]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, (label, help_text, missing) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.error_messages["required"] = missing
            field.widget.attrs.pop("placeholder", None)

    def add_error(self, field: str | None, error: Any) -> None:
        """The error, in the words of this form."""
        if self.wrong and getattr(error, "code", None) == "incorrect_code":
            error = forms.ValidationError(self.wrong, code=error.code)
        forms.BaseForm.add_error(self, field, error)


class Repeated:
    """Says in our words that the second password differs from the first."""

    add_error: Callable[..., None]

    def clean(self) -> dict[str, Any]:
        """The two passwords; the second gets the error."""
        data: dict[str, Any] = forms.Form.clean(self) or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error(
                "password2",
                pair(
                    "1回目と違います。同じパスワードをもう一度入力してください",
                    "this differs from the first; type the same password again",
                ),
            )
        return data


_NEW = (
    pair("新しいパスワード", "New password"),
    PASSWORD_HELP,
    pair("新しいパスワードを入力してください", "enter a new password"),
)
_AGAIN = (
    pair("確認のためもう一度", "Once more"),
    "",
    pair("同じパスワードをもう一度入力してください", "type the same password again"),
)
_PASSWORD = (
    pair("パスワード", "Password"),
    "",
    pair("パスワードを入力してください", "enter your password"),
)


class LoginForm(Worded, account.LoginForm):
    """User name and password."""

    words = {
        "login": (
            pair("ユーザー名", "User name"),
            "",
            pair("ユーザー名を入力してください", "enter your user name"),
        ),
        "password": _PASSWORD,
    }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")

    def clean_login(self) -> str:
        """The name with full-width letters made narrow: a kana keyboard leaves them."""
        return str(User.normalize_username(self.cleaned_data["login"])).strip()


class ChangePasswordForm(Worded, Repeated, account.ChangePasswordForm):
    """The present password and twice the new one."""

    words = {
        "oldpassword": (
            pair("今のパスワード", "Present password"),
            "",
            pair("今のパスワードを入力してください", "enter your present password"),
        ),
        "password1": _NEW,
        "password2": _AGAIN,
    }


class SetPasswordForm(Worded, Repeated, account.SetPasswordForm):
    """The first password of a person who came by single sign-on."""

    words = {"password1": _NEW, "password2": _AGAIN}


class ResetPasswordKeyForm(Worded, Repeated, account.ResetPasswordKeyForm):
    """The new password behind a link."""

    words = {"password1": _NEW, "password2": _AGAIN}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """The mail address to which a link goes."""

    words = {
        "email": (
            pair("メールアドレス", "Mail address"),
            pair("職員として登録されているアドレスです。", "The one you are entered with."),
            pair("メールアドレスを入力してください", "enter your mail address"),
        )
    }

    def clean_email(self) -> str:
        """Finds the people with the address, however its letters were written when they were entered."""
        email: str = self.cleaned_data["email"]
        self.users = list(User.objects.filter(email__iexact=email, is_active=True))
        return email


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password once more."""

    words = {"password": _PASSWORD}


_CODE = (pair("確認コード", "Code"), CODE_HELP, pair("確認コードを入力してください", "enter the code"))


class _Code(Worded):
    words = {"code": _CODE}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Recovery codes are digits too, so that a telephone may show its number pad.
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")


class CodeForm(_Code, mfa.AuthenticateForm):
    """A code at signing in."""


class CodeAgainForm(_Code, mfa.ReauthenticateForm):
    """A code to confirm who one is."""


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    """The first code of an app."""

    wrong = pair(
        "数字が違います。アプリに今表示されている6桁の数字を入力してください",
        "wrong digits; enter the six digits the app shows now",
    )
    words = {
        "code": (
            pair("アプリに表示された6桁の数字", "The six digits the app shows"),
            pair("30秒ごとに変わります。", "They change every 30 seconds."),
            pair("アプリに表示された6桁の数字を入力してください", "enter the six digits the app shows"),
        )
    }


_KEY_NAME = (
    pair("キーの名前", "Name of the key"),
    pair(
        "後で見分けるための名前です（例：机の引き出しのキー）。",
        "To tell your keys apart (the one in the drawer).",
    ),
    pair("キーの名前を入力してください", "enter a name"),
)
_CREDENTIAL = (
    "",
    "",
    pair(
        "キーの読み取りが済んでいません。ボタンを押し、キーに触れてください",
        "the key was not read; press the button and touch the key",
    ),
)


_WRONG_KEY = pair(
    "キーを確かめられませんでした。登録したキーか確かめ、ボタンを押してもう一度触れてください",
    "the key could not be checked; make sure it is one of yours, press the button and touch it again",
)


_NOT_FROM_A_KEY = (LookupError, TypeError, ValueError, AttributeError, struct.error)
"""What the library raises where the browser sent something that no key made."""


class _Key(Worded):
    wrong = _WRONG_KEY
    words = {"credential": _CREDENTIAL}

    def clean_credential(self) -> Any:
        """The key that signed, or a sentence for whatever else was sent."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _NOT_FROM_A_KEY:
            raise forms.ValidationError(_WRONG_KEY) from None


class KeyForm(_Key, webauthn.AuthenticateWebAuthnForm):
    """A key at signing in."""


class KeyAgainForm(_Key, webauthn.ReauthenticateWebAuthnForm):
    """A key to confirm who one is."""


class AddKeyForm(Worded, webauthn.AddWebAuthnForm):
    """A new security key with its name."""

    wrong = _WRONG_KEY
    words = {"name": _KEY_NAME, "credential": _CREDENTIAL}

    def clean(self) -> dict[str, Any]:
        """The new key, or a sentence for whatever else was sent."""
        try:
            return super().clean()
        except _NOT_FROM_A_KEY:
            raise forms.ValidationError(_WRONG_KEY) from None


class EditKeyForm(Worded, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    words = {"name": _KEY_NAME}


class UnlinkForm(Worded, social.DisconnectForm):
    """Which link with a provider to undo."""

    words = {
        "account": (
            pair("外す連携", "Link to remove"),
            "",
            pair("外す連携を選んでください", "choose the link to remove"),
        )
    }
