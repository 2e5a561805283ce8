"""The packages this program is built on, with their licences, as they are installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires

_NAME = re.compile(r"[\w.-]+")
_LONGEST = 40  # a longer field holds the text of the licence, not its name


@dataclass(frozen=True, slots=True)
class Part:
    """A package: name, version, licence."""

    name: str
    version: str
    licence: str


@lru_cache(maxsize=1)
def parts() -> tuple[Part, ...]:
    """The packages that this program asks for itself and that are installed, by name."""
    names = {name for each in requires("sosei") or () for name in _NAME.findall(each)[:1]}
    return tuple(part for name in sorted(names, key=str.lower) if (part := _part(name)))


def _part(name: str) -> Part | None:
    try:
        found = distribution(name)
    except PackageNotFoundError:  # for another system, or an extra that is not used here
        return None
    return Part(found.metadata["Name"], found.version, _licence(found))


def _licence(found: Distribution) -> str:
    fields = found.metadata.json
    said = str(fields.get("license_expression") or fields.get("license") or "")
    if said and len(said) <= _LONGEST and "\n" not in said:
        return said
    classifiers = found.metadata.get_all("Classifier") or ()
    named = [each.split(" :: ")[-1] for each in classifiers if each.startswith("License :: ")]
    return "、".join(named) or said.split("\n", maxsplit=1)[0][:_LONGEST]
