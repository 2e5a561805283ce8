"""Running text as blocks to be read: its lines are paragraphs, lines that begin with ・ are bullets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_BULLET = "・･•"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line), or bullets without their marks."""

    lines: tuple[str, ...]
    is_list: bool = False


def blocks(text: str) -> list[Block]:
    """The blocks of ``text`` in order; blank lines only part them."""
    return list(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    lines = [line.strip() for line in text.splitlines()]
    for is_list, group in groupby(lines, key=lambda line: line[:1] != "" and line[0] in _BULLET):
        if is_list:
            yield Block(tuple(line[1:].strip() for line in group), is_list=True)
        else:
            yield from (Block((line,)) for line in group if line)
