"""What stands in the database beside what somebody typed over an older state of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from sosei.web.site.language import say

_QUIET = frozenset({"old", "key", "stood", "number"})


@dataclass(frozen=True, slots=True)
class Differing:
    """A field whose present value is not the typed one."""

    name: str
    now: str
    typed: str


def standing(form: forms.Form, now: Mapping[str, Any]) -> list[Differing]:
    """The fields in which the form differs from the values ``now``; the form carries the present state
    from here on, so that saving again means them.
    """
    found = list(_differing(form, now))
    form.data = form.data.copy()
    form.data["old"] = now["old"]
    return found


def _differing(form: forms.Form, now: Mapping[str, Any]) -> Iterator[Differing]:
    for field in form:
        if field.name in _QUIET:
            continue
        present, typed = (_shown(field, value) for value in (now[field.name], field.value()))
        if present != typed:
            yield Differing(
                str(field.label), present or say("（空）", "(empty)"), typed or say("（空）", "(empty)")
            )


def _shown(field: forms.BoundField, value: Any) -> str:
    """The value as the page says it: a choice by its words, lines as they end in the database."""
    names = {str(key): str(words) for key, words in _flat(getattr(field.field, "choices", ()))}
    if isinstance(value, list):
        return "、".join(names.get(str(each), str(each)) for each in value)
    text = "" if value is None else str(value).replace("\r\n", "\n").strip()
    return names.get(text, text).strip()


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, words in choices:
        if isinstance(words, list | tuple):
            yield from words
        else:
            yield key, words
