"""The rules, a file for each family; importing them enters them in the registry."""

from sosei.checks.rules import twins

__all__ = ["twins"]
