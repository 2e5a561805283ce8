"""Django's settings, from the installation's own (``config.py``)."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from sosei.web.config import load_config
from sosei.web.secret import secret_key

CONFIG = load_config()
HERE = Path(__file__).parent

DEBUG = False
SECRET_KEY = secret_key(CONFIG.secret_file)
ALLOWED_HOSTS = list(CONFIG.hosts)
ROOT_URLCONF = "sosei.web.urls"
WSGI_APPLICATION = "sosei.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "sosei.web.site",
    "sosei.web.people",
    "sosei.web.accounts",
    "sosei.web.journal",
    "sosei.web.plans",
    "sosei.web.reading",
    "sosei.web.writing",
    "sosei.web.comments",
    "sosei.web.jobs",
    "sosei.web.proposals",
    "sosei.web.workbooks",
    "sosei.web.population",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sosei.web.site.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sosei.web.accounts.middleware.AccountRulesMiddleware",
    "sosei.web.site.problems.ProblemMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sosei.web.site.context.frame",
            ],
            "builtins": ["sosei.web.site.templatetags.sosei", "sosei.web.help.tags"],
        },
    }
]

# One setting decides: a PostgreSQL URL, or SQLite in the installation's folder.
if CONFIG.database:
    DATABASES = {"default": dj_database_url.parse(CONFIG.database, conn_max_age=60, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(CONFIG.home / "sosei.sqlite3"),
            "OPTIONS": {
                # Without IMMEDIATE two writers that both read first end in "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000;",
            },
        }
    }
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "people.User"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True

FORCE_SCRIPT_NAME = CONFIG.prefix or None
STATIC_URL = f"{CONFIG.prefix}/static/"
STATIC_ROOT = CONFIG.home / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

FILE_UPLOAD_HANDLERS = [
    "sosei.web.site.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Every page says its own policy: nothing inline, nothing from outside.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if CONFIG.proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
SECURE_SSL_REDIRECT = not CONFIG.http
SECURE_HSTS_SECONDS = 0 if CONFIG.http else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not CONFIG.http
SECURE_HSTS_PRELOAD = not CONFIG.http
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not CONFIG.http
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sosei_session", "sosei_csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{CONFIG.prefix}/"
MESSAGE_STORAGE = "sosei.web.site.notices.Notices"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "sosei.web.site.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in CONFIG.hosts] if CONFIG.proxy else []

from sosei.web.accounts.settings import *  # noqa: E402, F403  (sign-in has a file of its own)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
