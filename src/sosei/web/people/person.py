"""What a person's account may hold: login name, name, mail address, each checked with one sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from sosei.values import Problem

_LOGIN = re.compile(r"[A-Za-z0-9._@+-]{1,150}")
NAME_LENGTH = 100
EMAIL_LENGTH = 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who somebody is: ``username`` is the staff number or any other login name."""

    username: str
    name: str
    email: str = ""


def checked(username: str, name: str, email: str = "") -> Person:
    """The texts as an account keeps them, white space around and width mended; raises Problem."""
    return Person(username=checked_login(username), name=checked_name(name), email=checked_email(email))


def checked_login(text: str) -> str:
    """A login name of letters, digits and ``. _ - @ +``; full-width ones become half-width."""
    login = unicodedata.normalize("NFKC", text).strip()
    if not _LOGIN.fullmatch(login):
        raise Problem(
            f"ユーザー名「{_cut(text)}」は使えません。半角の英字・数字と . _ - @ + で150字までです",
            f'"{_cut(text)}" is no user name: letters, digits and . _ - @ + only, at most 150',
        )
    return login


def checked_name(text: str) -> str:
    """A person's name: any text of one line."""
    return one_line(text, NAME_LENGTH, "氏名", "the name")


def checked_email(text: str) -> str:
    """A mail address, or none."""
    email = unicodedata.normalize("NFKC", text).strip()
    if not email:
        return ""
    try:
        if len(email) > EMAIL_LENGTH:
            raise ValidationError("")
        validate_email(email)
    except ValidationError:
        raise Problem(
            f"メール「{_cut(text)}」はメールアドレスの形ではありません（例: name@city.example.jp）",
            f'"{_cut(text)}" is no mail address (like name@city.example.jp)',
        ) from None
    return email


def one_line(text: str, length: int, ja: str, en: str) -> str:
    """``text`` without white space around it; raises Problem where it is empty, too long or has controls."""
    text = text.strip()
    if not text:
        raise Problem(f"{ja}が空です。入力してください", f"{en} is empty; fill it in")
    if len(text) > length:
        raise Problem(
            f"{ja}「{_cut(text)}」は{len(text)}字あります。{length}字までにしてください",
            f'{en} "{_cut(text)}" has {len(text)} characters; use at most {length}',
        )
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co") for character in text):
        raise Problem(
            f"{ja}に使えない文字（改行・制御文字・壊れた文字）があります。入力し直してください",
            f"{en} holds a line break, a control character or a damaged one; type it again",
        )
    return text


def _cut(text: str) -> str:
    text = "".join(c if c.isprintable() else "?" for c in text.strip())
    return text if len(text) <= 30 else text[:30] + "…"
