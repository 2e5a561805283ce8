"""The application's settings for tests: a folder of its own, quick passwords, work done at once.

``SOSEI_TEST_DATABASE`` is a PostgreSQL URL, or empty for SQLite.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="sosei-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["SOSEI_HOME"] = str(HOME)
os.environ["SOSEI_DATABASE"] = os.environ.get("SOSEI_TEST_DATABASE", "")

from sosei.web.secret import make_secret_key  # noqa: E402

make_secret_key(HOME / "secret.key")
(HOME / "static").mkdir()

from sosei.web.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if "TEST" not in DATABASES["default"]:
    # A file, so that a live server's threads and the test see one database.
    DATABASES["default"]["TEST"] = (
        {} if os.environ["SOSEI_DATABASE"] else {"NAME": str(HOME / "test.sqlite3")}
    )
