"""What stands in a 新旧対照表, before any layout: rows of old and new text with the changed parts marked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text; ``changed`` where the other edition has it otherwise (underlined)."""

    text: str
    changed: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One change: where (``place``), of what (``item``), the text of both editions, and why."""

    number: int
    place: str
    item: str
    old: Runs
    new: Runs
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonGroup:
    """The changes at one place: a goal itself (``measure`` empty), a measure, or a part beside the tree."""

    goal: str  # 基本目標１ 安心して働くことができる仕事をつくる; 章・節
    measure: str = ""  # 施策① 地域企業の生産性革命の実現
    rows: tuple[ComparisonRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A whole 新旧対照表.

    ``subtitle``  the plan's title.
    ``count``     how many changes the table has, of each kind.
    ``nothing``   the sentence that stands for a table without rows.
    ``closing``   how many more there are that do not touch the print; empty where there are none.
    """

    title: str
    municipality: str
    subtitle: str
    old_name: str
    new_name: str
    count: str
    groups: tuple[ComparisonGroup, ...] = ()
    nothing: str = ""
    closing: str = ""
    footer: str = ""
