"""The few SVG elements we draw with: presentation attributes only, numbers plain, text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from html import escape

from sosei.reports.charts.lettering import clean
from sosei.reports.charts.model import Size
from sosei.reports.charts.palette import INK
from sosei.values import Problem

Length = int | Fraction
Spot = tuple[Length, Length]

FONT = "BIZ UDPGothic, sans-serif"
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


def length(value: Length) -> str:
    """``value`` with at most two decimals, never an exponent: ``12``, ``0.5``, ``-3.25``."""
    hundredths = round(value * 100)
    digits = f"{abs(hundredths) // 100}.{abs(hundredths) % 100:02}".rstrip("0").rstrip(".")
    return f"-{digits}" if hundredths < 0 else digits


def element(name: str, content: str = "", /, **attributes: Length | str) -> str:
    """One element; ``content`` is markup already, ``stroke_width=2`` gives ``stroke-width="2"``."""
    written = "".join(
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else length(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def rect(x: Length, y: Length, width: Length, height: Length, **paint: Length | str) -> str:
    """A rectangle by its upper left corner."""
    return element("rect", x=x, y=y, width=width, height=height, **paint)


def line(start: Spot, end: Spot, **paint: Length | str) -> str:
    """A straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **paint)


def polyline(spots: Iterable[Spot], **paint: Length | str) -> str:
    """A line through ``spots``."""
    points = " ".join(f"{length(x)},{length(y)}" for x, y in spots)
    return element("polyline", points=points, fill="none", **paint)


def polygon(spots: Iterable[Spot], **paint: Length | str) -> str:
    """A closed figure through ``spots``."""
    return element("polygon", points=" ".join(f"{length(x)},{length(y)}" for x, y in spots), **paint)


def circle(middle: Spot, radius: Length, **paint: Length | str) -> str:
    """A circle."""
    return element("circle", cx=middle[0], cy=middle[1], r=radius, **paint)


def diamond(middle: Spot, half: Length, **paint: Length | str) -> str:
    """A square on its tip, ``half`` from the middle to each tip: the sign of a target."""
    x, y = middle
    return polygon([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], **paint)


def text(spot: Spot, content: str, size: int, **attributes: Length | str) -> str:
    """A line of text whose foot is at ``spot``; black unless ``fill`` says otherwise."""
    x, y = spot
    return element("text", escape(clean(content)), x=x, y=y, font_size=size, **{"fill": INK, **attributes})


def stretches(spots: Iterable[Spot | None]) -> list[list[Spot]]:
    """The spots in unbroken stretches: None is a gap."""
    found: list[list[Spot]] = [[]]
    for spot in spots:
        if spot is not None:
            found[-1].append(spot)
        elif found[-1]:
            found.append([])
    return [each for each in found if each]


def picture(
    size: Size, prefix: str, words: tuple[str, str], parts: Iterable[str], language: str = "ja"
) -> str:
    """A whole SVG document of ``parts``; ``words`` are its title and description, in ``language``.

    ``prefix`` begins the two ids and must be unique on the page; Problem where it is no plain word.
    """
    if not _PREFIX.match(prefix):
        raise Problem(
            f"グラフのIDは英字で始まる英数字にしてください（{clean(prefix)}）",
            f"a chart's id prefix is a letter followed by letters, digits, - or _, not {prefix!r}",
        )
    title, description = (escape(clean(each)) for each in words)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}"'
        f' width="{size.width}" height="{size.height}" role="img" xml:lang="{"en" if language == "en" else "ja"}"'
        f' aria-labelledby="{prefix}-title {prefix}-desc" font-family="{FONT}">'
        f'<title id="{prefix}-title">{title or ("Chart" if language == "en" else "グラフ")}</title><desc id="{prefix}-desc">{description}</desc>'
    )
    return head + "".join(parts) + "</svg>\n"
