"""``python -m sosei``."""

from sosei.cli import main

main()
