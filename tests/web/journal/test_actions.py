"""Every action code that the program records stands in the table, in one form."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import sosei.web
from sosei.web.journal.actions import ACTIONS, NOUNS, holds_content, noun_of

WRITERS = {"sosei.web.journal.record", "sosei.web.journal.chain", "sosei.web.accounts.recording"}
_CODE = re.compile(r"[a-z]+\.(?!(?:key|json|toml|zip)$)[a-z]+(_[a-z]+)*")  # no names of files


def _recorded() -> set[str]:
    """The codes in every module that writes to the log: texts in the form of a code."""
    trees = (
        ast.parse(path.read_text(encoding="utf-8")) for path in Path(sosei.web.__path__[0]).rglob("*.py")
    )
    return {
        node.value
        for tree in trees
        if any(isinstance(node, ast.ImportFrom) and node.module in WRITERS for node in ast.walk(tree))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value)
    }


def test_every_recorded_action_has_its_words() -> None:
    """The table may know more: codes that are no longer recorded still stand in old chains."""
    found = _recorded()
    assert found >= {"plan.adopted", "log.cut", "log.exported", "session.signed_in"}
    assert sorted(found - set(ACTIONS)) == []


def test_codes_are_noun_and_verb() -> None:
    assert [code for code in ACTIONS if not _CODE.fullmatch(code) or noun_of(code) not in NOUNS] == []


def test_what_the_table_does_not_know_is_taken_for_content() -> None:
    assert holds_content("novelty.made")
    assert holds_content("plan.adopted")
    assert not holds_content("municipality.changed")
