"""Django's own checks in production settings: deployment, and models that have no migration yet."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run both checks in an installation of their own; the exit code is 1 where one fails."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["SOSEI_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.web.settings")
        from sosei.web.secret import make_secret_key

        make_secret_key(Path(home) / "secret.key")
        import django
        from django.core.management import call_command
        from django.core.management.base import SystemCheckError

        django.setup()
        try:
            call_command("check", deploy=True, fail_level="WARNING")
            call_command("makemigrations", check=True, dry_run=True)
        except SystemCheckError as error:
            print(error, file=sys.stderr)
            return 1
        except SystemExit as error:
            return int(error.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
