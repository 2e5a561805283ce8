"""Texts that harm what is not careful, a plan with a record of every kind, and what a page may not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from sosei.plan.base import Node
from sosei.plan.keys import new_key
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Location, Operation, apply
from sosei.plan.walk import collections_of, nodes
from sosei.plan.writing import data_of
from sosei.web.writing.compound import named
from sosei.web.writing.editors import Around
from sosei.web.writing.fields import editor_of, offered_kinds, required

MARKUP = "<script>zqrun(1)</script>\"><img src=zq onerror=zqrun(2)>'></textarea></title><zq-x zqon=1>"
TEMPLATE = "{{ zq }}{% load zq %}{# zq #}"
FORMULAS = ("=1+1", "+1+1", "-1+1|zq", "@SUM(1)", "\t=1+1", "＝1＋1", '=HYPERLINK("http://zq.invalid","zq")')
NAMES = "髙橋 﨑津 葛󠄀城市 辻󠄀 邉󠄂"
HARMLESS: Mapping[str, str] = {
    "markup": MARKUP,
    "template": TEMPLATE,
    **{f"formula {n}": text for n, text in enumerate(FORMULAS)},
    "names": NAMES,
    "right to left": "あ\u202eいうえ\u202c\u2066お\u2069",
    "invisible": "\u200bあ\u200d\ufeffい\u2060",
    "combining": "が" + "\u0301\u0327" * 400,
    "line ends of other kinds": "あ\u2028い\u2029う",
    "typesetting": '#import "zq" $ x_1 $ *zq* _zq_ `zq` [zq](javascript:zqrun(3)) ![](zq) \\ @zq <zq> #zq',
    "markdown": "# zq\n\n- [zq](javascript:zqrun(4))\n\n| a |\n|---|\n| <zq-y> |\n\n```zq\n=1\n```",
    "one word": "あ" * 900,
    "digits": "9" * 900,
    "a number of many digits": "1e999999999",
    "json": '{"key":"zq","op":"remove"}',
    "emoji": "👨‍👩‍👧🏳️‍🌈",
    "no character": "あ\uffffい",
    "quotes": "''\"\"``&lt;&amp;&#x3c;",
}
REFUSED: Mapping[str, str] = {
    "nul": "あ\0い",
    "control": "あ\x07い\x1b[31m",
    "half a character": "あ\ud83dい",
    "next line": "あ\u0085い",
    "a megabyte": "あ" * 1_000_000,
    "a megabyte of digits": "9" * 1_000_000,
    "a megabyte of lines": "\n" * 500_000 + "あ" + "\n" * 500_000,
}

PLAIN: Mapping[str, str] = {
    "year": "令和6年度",
    "period": "令和2年度～令和6年度",
    "as_of": "令和6年",
    "first": "令和6年",
    "last": "令和9年",
    "quantity": "10件",
    "step_years": "5",
    "no": "3",
    "relation": "",
    "verdict": "達成",
    "code": "TGT01",
}
"""What a person types into a needed field; elsewhere a word."""


def everything(plan: Plan) -> Plan:
    """``plan`` with a record of each kind that it has none of, made as the form for a new one makes it."""
    made = plan
    for holder, collection in _missing(plan):
        parent = next(node for node in nodes(made) if isinstance(node, holder))
        made = apply(made, [_first(made, parent, collection)])
    return made


def _missing(plan: Plan) -> Iterator[tuple[type[Node], str]]:
    kinds: list[type[Node]] = [Plan]
    there = {type(node) for node in nodes(plan)}
    for kind in kinds:
        for collection, inner in collections_of(kind).items():
            if inner not in kinds:
                kinds.append(inner)
                if inner not in there:
                    yield kind, collection


def _first(plan: Plan, parent: Node, collection: str) -> Operation:
    from sosei.web.writing.structure import typed_data

    kind = collections_of(type(parent))[collection]
    around = Around(plan)
    blank = kind.model_construct(key="new")
    typed: dict[str, str] = {}
    for name in required(kind):
        shown = editor_of(blank, name).shown(name, None, around)
        for each in shown.all:
            options = [value for value, _ in each.options if value]
            offered = named(plan, offered_kinds(each.offers) or ()).all()
            typed[each.name] = next(iter([*options, *offered]), PLAIN.get(name, "言葉"))
    data = {"key": new_key(), **typed_data(kind, typed, around)}
    there = getattr(parent, collection)
    after = there[-1].key if there else None
    return Add(to=Location(parent=parent.key, collection=collection, after=after), record=data)


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def texts_of(plan: Plan) -> set[str]:
    """Every text of a plan."""
    return {text for node in nodes(plan) for text in texts_in(data_of(node))}


class _Reader(HTMLParser):
    """Collects what of a page would act: elements and attributes that only a hostile text names."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = self.get_starttag_text()
        values = dict(attrs)
        names = (tag, *values)
        if any(name.startswith("zq") for name in names) or any(name.startswith("on") for name in values):
            self.harm.append(f"{shown}")
        if tag == "script" and not (values.get("src") or "").startswith("/static/"):
            self.harm.append(f"{shown}")
        for name in ("href", "src", "action", "formaction", "data", "style", "srcdoc"):
            value = (values.get(name) or "").strip().lower()
            if value.startswith(("javascript:", "data:text", "zq")) or (name == "style" and name in values):
                self.harm.append(f"{shown}")


def harm_in(page: str) -> list[str]:
    """The start tags of a page that come out of a text, and everything that the content policy forbids."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.harm
