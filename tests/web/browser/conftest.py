"""A real browser on the running application; skipped, saying so, where Chromium is not installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect, sync_playwright

expect.set_options(timeout=30_000)  # how long a page may take on a busy machine
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in this thread

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 812}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, one for the whole run."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


class Complaints(list[str]):
    """What the browser complained of: broken policy, script errors, failed loads."""

    def watch(self, page: Page) -> Page:
        """Collect what ``page`` complains of from now on."""
        page.on(
            "console",
            lambda message: (
                self.append(f"{message.text} {message.location.get('url')}")
                if message.type == "error" and not message.location.get("url", "").endswith("/favicon.ico")
                else None
            ),
        )
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("requestfailed", self._failed)
        return page

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # left for the next page before it had loaded
            self.append(f"{request.url} failed: {request.failure}")


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def sit_down(chromium: Browser, live_server: Any, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """A window of the application for a user: ``sit_down(user, language="en", viewport=PHONE)``.

    The page resolves addresses against the running application; ``user`` None: not signed in.
    """
    contexts: list[BrowserContext] = []

    def make(user: Any = None, *, language: str = "ja", viewport: Any = None, **more: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=viewport or DESKTOP, locale="ja-JP", **more
        )
        contexts.append(context)
        cookies = {"sosei_language": language}
        if user is not None:
            cookies["sosei_session"] = _session_of(user)
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        return complaints.watch(context.new_page())

    yield make
    for context in contexts:
        context.close()


def _session_of(user: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sosei_session"].value
