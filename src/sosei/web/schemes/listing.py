"""The schemes that come with the program, as a list to search and choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sosei.scheme.in_words import Line, in_words
from sosei.scheme.presets import preset, preset_names, preset_text
from sosei.values import folding


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A shipped scheme: its name in a plan, its title, what it does in words, where it was found."""

    name: str
    title: str
    source: str
    words: Sequence[Line]
    folded: str


@cache
def all_presets() -> Sequence[Listed]:
    """Every shipped scheme."""
    return tuple(map(_listed, preset_names()))


def _listed(name: str) -> Listed:
    scheme = preset(name)
    words = in_words(scheme)
    said = (f"{line.about[0]} {line.said[0]} {line.about[1]} {line.said[1]}" for line in words)
    text = " ".join((name, scheme.name, scheme.source, scheme.note, *said))
    return Listed(
        name=name, title=scheme.name, source=scheme.source, words=words, folded=folding.fold(text).casefold()
    )


def found_presets(query: str, chosen: str) -> list[Listed]:
    """The shipped schemes that hold every word of ``query``; the ``chosen`` one stands first in any case."""
    wanted = [folding.fold(word).casefold() for word in query[:200].split()]
    found = [each for each in all_presets() if all(word in each.folded for word in wanted)]
    first = [each for each in all_presets() if each.name == chosen]
    return [*first, *(each for each in found if each.name != chosen)]


def text_to_begin_with(name: str) -> str:
    """The text of a shipped scheme to go on writing; the notes before its first line are about the source.

    Raises Problem where there is no such scheme.
    """
    lines = preset_text(name).split("\n")
    while lines and (not lines[0].strip() or lines[0].startswith("#")):
        lines.pop(0)
    return "\n".join(lines)
