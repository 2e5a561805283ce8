"""What must be true of every installation: editions are what was adopted, logs are whole."""

from __future__ import annotations

from collections.abc import Iterator

from sosei.plan.writing import digest
from sosei.values import Problem
from sosei.web.journal.chain import verify
from sosei.web.journal.models import Chain
from sosei.web.people.models import Municipality
from sosei.web.plans.models import Edition


def faults(municipality: Municipality | None = None) -> Iterator[Problem]:
    """Everything that is not as it was written, of ``municipality`` or of the whole installation."""
    yield from odd_editions(municipality)
    yield from broken_chains(municipality)


def odd_editions(municipality: Municipality | None = None) -> Iterator[Problem]:
    """Editions whose bytes are not those that were adopted."""
    found = Edition.objects.select_related("municipality", "plan").order_by("pk")
    if municipality is not None:
        found = found.filter(municipality=municipality)
    for edition in found.iterator(chunk_size=20):
        if digest(bytes(edition.data)) != edition.sha256:
            place = f"{edition.municipality.name} {edition.plan.title}"
            yield Problem(
                f"{place} 第{edition.no}版の内容が策定したときと違います。バックアップから戻してください",
                f"{place}: edition {edition.no} is not what was adopted; restore it from a backup",
            )


def broken_chains(municipality: Municipality | None = None) -> Iterator[Problem]:
    """Logs with an act changed, missing or added outside."""
    found = Chain.objects.select_related("municipality")
    if municipality is not None:
        found = found.filter(municipality=municipality)
    for chain in found:
        verified = verify(chain)
        if verified.broken:
            ja, en = chain_name(chain)
            yield Problem(f"{ja}: {verified.ja}", f"{en}: {verified.en}")


def chain_name(chain: Chain) -> tuple[str, str]:
    """Whose log it is."""
    if chain.municipality is None:
        return "全体の操作ログ", "log of the installation"
    return f"{chain.municipality.name}の操作ログ", f"log of {chain.municipality.name}"
