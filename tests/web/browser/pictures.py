"""What a page's pictures are to the eye: within their frames, their letters as large as they were drawn."""

from __future__ import annotations

from playwright.sync_api import Page

_SEEN = """() => [...document.querySelectorAll('figure.chart')].map(frame => {
  const seen = [...frame.querySelectorAll(':scope > svg')].filter(each => each.getBoundingClientRect().width)
  const scale = seen.map(each => each.getBoundingClientRect().width / each.viewBox.baseVal.width)
  return [frame.getAttribute('aria-labelledby'), seen.length, frame.scrollWidth - frame.clientWidth, scale[0]]
})"""


def ill_drawn(page: Page) -> list[str]:
    """Each picture that is not seen once, scrolls sideways, or is shrunk; wait for the page first."""
    found = page.evaluate(_SEEN)
    assert found, "there is no picture on the page"
    return [
        f"{name}: seen {times} times, {hidden} px hidden, scale {scale}"
        for name, times, hidden, scale in found
        if times != 1 or hidden > 0 or scale < 1
    ]
