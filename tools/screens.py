"""Makes the README's pictures of the application: the demonstration, opened in Chromium.

make docs
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs/pictures"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
_PASSWORD = re.compile(r"mihon-[a-z0-9]+-[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file, the way there from the plan's first page by the words of links, the window.

    ``address`` is where it is instead, for a page that is no page of the plan.
    """

    file: str
    way: tuple[str, ...]
    width: int = 1280
    height: int = 860
    address: str = ""


SHOTS = (
    Shot("app-overview.png", ()),
    Shot("app-indicator.png", ("古都人吉応援団年間寄付金額",)),
    Shot("app-list.png", ("KPI一覧",)),
    Shot("app-compare.png", ("版", "新旧対照")),
    Shot("app-phone.png", (), 390, 844),
    Shot("app-population.png", (), height=1180, address="/432032/population/"),
    Shot(
        "app-population-try.png",
        (),
        height=1500,
        address="/432032/population/try/?tfr=2.2&tfr_by=2040&families=10&target=22000&year=2045&year=2070",
    ),
)


def main() -> int:
    """Write every picture; the exit code is 1 where Chromium is missing."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print(
            "sosei: Chromium is not installed; the application's pictures stay as they are", file=sys.stderr
        )
        return 1
    with demonstration() as (address, password), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for shot in SHOTS:
            _take(browser, address, password, shot)
        browser.close()
    return 0


def _take(browser: Browser, address: str, password: str, shot: Shot) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": shot.height}, base_url=address, locale="ja-JP")
    _sign_in(page, password)
    if shot.address:
        page.goto(shot.address)
    else:
        page.get_by_role("link", name="事業進捗報告").first.click()
    for words in shot.way:
        page.get_by_role("main").get_by_role("link", name=words).first.click()
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    page.wait_for_load_state("networkidle")
    page.screenshot(path=OUT / shot.file)
    page.close()


def _sign_in(page: Page, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("ユーザー名").fill("kikaku")
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()


@contextmanager
def demonstration() -> Iterator[tuple[str, str]]:
    """The demonstration served on a free port: its address, and the password it prints."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "sosei", "demo", "--out", folder, "--port", str(port)],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "SOSEI_LANG": "ja", "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        try:
            yield _ready(process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def _ready(process: subprocess.Popen[str]) -> tuple[str, str]:
    password = ""
    assert process.stdout is not None  # noqa: S101
    for line in process.stdout:
        if found := _PASSWORD.search(line):
            password = found.group()
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group(), password
    raise RuntimeError("the demonstration ended by itself")


if __name__ == "__main__":
    sys.exit(main())
