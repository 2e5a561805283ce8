from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import PASSWORD

LONG_AGO = 13 * 60 * 60
NEW = "four unusual words in a row"


@pytest.fixture(autouse=True)
def _empty_cache(db: None) -> Iterator[None]:
    """No limit of another test holds."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    """Sends the sign-in form: ``sign_in(client, user, password=..., next=...)``."""

    def send(client: Client, user: Any, password: str = PASSWORD, **more: Any) -> Any:
        name = getattr(user, "username", user)
        return client.post("/accounts/login/", {"login": name, "password": password, **more})

    return send


@pytest.fixture
def logged(db: None) -> Callable[..., list[tuple[str, str, str]]]:
    """The acts in a municipality's chain (None: the installation's) as (action, subject, who), oldest first."""
    from sosei.web.journal.models import Act

    def read(municipality: Any = None) -> list[tuple[str, str, str]]:
        acts = Act.objects.filter(chain__municipality=municipality).order_by("no")
        return [(act.action, act.subject, act.who) for act in acts]

    return read


def totp(secret: str, step: int = 0) -> str:
    """RFC 6238: the six digits for a base 32 ``secret`` now, or ``step`` half minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


@pytest.fixture
def with_app(db: None) -> Callable[[Any], str]:
    """Gives a user an authenticator app and returns its secret."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    def make(user: Any) -> str:
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
        return secret

    return make
