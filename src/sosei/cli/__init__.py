"""The command line."""

from sosei.cli.main import main

__all__ = ["main"]
