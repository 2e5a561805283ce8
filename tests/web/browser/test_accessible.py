"""Every page in a real browser: axe finds nothing, nothing runs out of a phone, the keyboard reaches everything.

The quick suite walks each page once in its richest role; the slow one in every role, on a phone, in
forced colours and in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.web.access_samples import Installation, make_installation, sample
from tests.web.browser.axe import faults
from tests.web.browser.conftest import DESKTOP, PHONE, Complaints
from tests.web.test_access import ADDRESSES, COLUMNS, GET

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Files and addresses that only lead on are no pages.
SHOWN = {
    name: row for name, row in GET.items() if "ok" in row.values() and not name.endswith(("_csv", "_file"))
}
ACCOUNT_PAGES = ("account_login", "account_reset_password")
OWN_PAGES = ("account_change_password", "mfa_index")

_FOCUSABLE = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility() && !e.disabled && !(e.type === 'radio' && !e.checked
     && document.querySelector(`input[name="${e.name}"]:checked`))).length"""
# A date field takes several tabs, one for each of its parts and its calendar.
_STOPS = """() => 4 * document.querySelectorAll('input[type=date]').length"""
_MEET = """() => { const e = document.activeElement; if (!e || e === document.body) return;
  const s = getComputedStyle(e); e.dataset.met = '1';
  if (s.outlineStyle !== 'none' || s.boxShadow !== 'none') e.dataset.shown = '1'; }"""
_MET = "() => document.querySelectorAll('[data-met]').length"
_UNSHOWN = """() => [...document.querySelectorAll('[data-met]:not([data-shown])')]
  .map(e => e.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Way:
    """One way of looking at the pages."""

    viewport: Any
    language: str = "ja"
    forced_colors: Any = "none"


WAYS: Mapping[str, Way] = {
    "desktop": Way(DESKTOP),
    "english": Way(DESKTOP, "en"),
    "phone": Way(PHONE),
    "phone in English": Way(PHONE, "en"),
    "forced colours": Way(DESKTOP, "ja", "active"),
}


@pytest.fixture
def installation() -> Installation:
    return make_installation()


@pytest.fixture
def window(
    chromium: Browser, live_server: Any, complaints: Complaints
) -> Iterator[Callable[[Installation, str, Way], Page]]:
    contexts: list[BrowserContext] = []

    def make(installation: Installation, role: str, way: Way) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=way.viewport, forced_colors=way.forced_colors
        )
        contexts.append(context)
        cookies = {"sosei_language": way.language}
        session = installation.clients[role].cookies.get("sosei_session")
        if session is not None:
            cookies["sosei_session"] = session.value
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        return complaints.watch(context.new_page())

    yield make
    for context in contexts:
        context.close()


def _pages(installation: Installation, role: str, among: Iterable[str] = SHOWN) -> Iterator[str]:
    """The addresses ``among`` these that ``role`` may see, and those of its account."""
    for name in among:
        if SHOWN[name][role] == "ok":
            values = {each: sample(name, each, installation.here) for each in ADDRESSES[name].parameters}
            yield reverse(name, kwargs=values)
    yield from (reverse(name) for name in (ACCOUNT_PAGES if role == "anonymous" else OWN_PAGES))


def _status(page: Page, path: str) -> int | None:
    """Open a page; None for a downloaded file and for a piece that htmx puts into a page."""
    try:
        answer = page.goto(path)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise
    return answer.status if answer and page.evaluate("document.doctype !== null") else None


def _faults(page: Page, path: str) -> list[str]:
    """What is wrong with one page."""
    status = _status(page, path)
    if status is None:
        return []
    return [*([] if status == 200 else [f"answered {status}"]), *faults(page)]


def _richest(name: str) -> str:
    return next(role for role in COLUMNS if SHOWN[name][role] == "ok")


def test_each_page_once(
    installation: Installation, window: Callable[..., Page], complaints: Complaints
) -> None:
    faults: dict[str, list[str]] = {}
    for role in sorted({*map(_richest, SHOWN), "anonymous"}):
        among = [name for name in SHOWN if role in ("anonymous", _richest(name))]
        page = window(installation, role, WAYS["desktop"])
        for path in _pages(installation, role, among):
            faults[f"{role} {path}"] = _faults(page, path)
    assert {path: found for path, found in faults.items() if found} == {}
    assert complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_each_page_in_each_role(
    way: str, installation: Installation, window: Callable[..., Page], complaints: Complaints
) -> None:
    faults: dict[str, list[str]] = {}
    for role in COLUMNS:
        page = window(installation, role, WAYS[way])
        for path in _pages(installation, role):
            faults[f"{role} {path}"] = _faults(page, path)
    assert {path: found for path, found in faults.items() if found} == {}
    assert complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("role", ["officer", "operator", "anonymous"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    role: str, installation: Installation, window: Callable[..., Page]
) -> None:
    faults: dict[str, Any] = {}
    page = window(installation, role, WAYS["desktop"])
    for path in _pages(installation, role):
        if _status(page, path) is None:
            continue
        wanted = page.evaluate(_FOCUSABLE)
        for _ in range(wanted + page.evaluate(_STOPS)):
            page.keyboard.press("Tab")
            page.evaluate(_MEET)
        met, unshown = page.evaluate(_MET), page.evaluate(_UNSHOWN)
        if unshown or met < wanted:
            faults[path] = (met, wanted, unshown[:3])
    assert faults == {}
