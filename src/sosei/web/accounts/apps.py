"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Signing in: local accounts, second factor, single sign-on, guessing, sessions."""

    name = "sosei.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listens to what is written to the log."""
        from sosei.web.accounts import recording  # noqa: F401
