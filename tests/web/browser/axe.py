"""What axe and the width of the window say of a page; wait for the page first, axe reads whatever stands there."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: rules broken, with the places, and what runs out of the window."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [
        *(f"{each['id']}: " + "; ".join(node["html"][:150] for node in each["nodes"][:3]) for each in found),
        *([f"runs out of the window by {wide} px"] if wide > 0 else []),
    ]
