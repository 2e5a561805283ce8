"""The one registry of rules: a rule is a function with a stable code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosei.checks.finding import Family, Found, Severity, Words
from sosei.values import Problem

if TYPE_CHECKING:
    from sosei.checks.dossier import Dossier

Check = Callable[["Dossier"], Iterator[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the review.

    ``title`` is what it looks for, ``why`` why that matters, ``mend`` how to mend it, ``case`` a real
    or made-up case of it for the manual.  ``check`` yields what it finds in a plan.
    """

    code: str
    severity: Severity
    title: Words
    why: Words
    mend: Words
    case: Words
    check: Check

    @property
    def family(self) -> Family:
        """The family that the code begins with."""
        return Family(self.code[:3])


_RULES: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity, *, title: Words, why: Words, mend: Words, case: Words
) -> Callable[[Check], Check]:
    """Enter the decorated function in the registry under ``code`` (family and two digits: TWN01)."""

    def enter(check: Check) -> Check:
        if code in _RULES:
            raise ValueError(f"two rules have the code {code}")
        Family(code[:3])
        _RULES[code] = Rule(
            code=code, severity=severity, title=title, why=why, mend=mend, case=case, check=check
        )
        return check

    return enter


def rules() -> list[Rule]:
    """Every rule, family by family."""
    import sosei.checks.rules  # noqa: F401, PLC0415 - the modules of the rules enter themselves

    families = list(Family)
    return sorted(_RULES.values(), key=lambda rule: (families.index(rule.family), rule.code))


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules whose codes begin with one of ``select`` (all, where it is empty) and with none of ``ignore``.

    Raises Problem where a beginning fits no rule.
    """
    wanted = [code.strip().upper() for code in select]
    unwanted = [code.strip().upper() for code in ignore]
    known = rules()
    for code in (*wanted, *unwanted):
        if not code or not any(rule.code.startswith(code) for rule in known):
            raise Problem(
                f"点検の規則「{code}」はありません。sosei check --explain で一覧を表示します",
                f'there is no rule "{code}"; sosei check --explain lists them',
            )
    return [
        rule
        for rule in known
        if (not wanted or rule.code.startswith(tuple(wanted))) and not rule.code.startswith(tuple(unwanted))
    ]
