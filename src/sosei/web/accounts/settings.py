"""Settings of sign-in, read by ``sosei.web.settings``.

People are entered by an officer or an operator: nobody signs up, no address is verified by mail (a closed
network has none), and several people may share a division's address.
"""

from __future__ import annotations

from datetime import timedelta

from sosei.web.config import load_config

_CONFIG = load_config()

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "sosei.web.accounts.passwords.NotLikeThePerson",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "sosei.web.accounts.passwords.Long", "OPTIONS": {"min_length": 12}},
    {"NAME": "sosei.web.accounts.passwords.NotCommon"},
    {"NAME": "sosei.web.accounts.passwords.NotDigitsAlone"},
]

ACCOUNT_ADAPTER = "sosei.web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if _CONFIG.http else "https"
ACCOUNT_USER_DISPLAY = str
# A whole town hall comes from one address: limits by address only stop floods.  Passwords are counted by
# axes; ``login_failed`` is left to the codes of the second factor, by person.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/15m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "300/m/ip",
}
ACCOUNT_FORMS = {
    "login": "sosei.web.accounts.forms.LoginForm",
    "change_password": "sosei.web.accounts.forms.ChangePasswordForm",
    "set_password": "sosei.web.accounts.forms.SetPasswordForm",
    "reset_password": "sosei.web.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "sosei.web.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "sosei.web.accounts.forms.ReauthenticateForm",
}
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

MFA_ADAPTER = "sosei.web.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Sosei"
# One step to either side: the clocks of a closed network and of a telephone differ.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "sosei.web.accounts.forms.CodeForm",
    "reauthenticate": "sosei.web.accounts.forms.CodeAgainForm",
    "activate_totp": "sosei.web.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "sosei.web.accounts.forms.AddKeyForm",
    "edit_webauthn": "sosei.web.accounts.forms.EditKeyForm",
    "authenticate_webauthn": "sosei.web.accounts.forms.KeyForm",
    "reauthenticate_webauthn": "sosei.web.accounts.forms.KeyAgainForm",
}

SOCIALACCOUNT_ADAPTER = "sosei.web.accounts.adapters.ProviderAdapter"
# A form that leads to another site would need that site in the page's form-action; a link needs nothing.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_FORMS = {"disconnect": "sosei.web.accounts.forms.UnlinkForm"}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": each.id,
                "name": each.name,
                "client_id": each.client_id,
                "secret": each.secret,
                "settings": {"server_url": each.server_url},
            }
            for each in _CONFIG.oidc
        ],
    }
}

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# The time the lock page names stays true, however often it is tried before.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "sosei.web.accounts.lock.counted_name"
AXES_CLIENT_IP_CALLABLE = "sosei.web.accounts.lock.counted_address"
AXES_LOCKOUT_CALLABLE = "sosei.web.accounts.lock.lock_page"
AXES_SENSITIVE_PARAMETERS = ["username", "login", "ip_address", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # the log (操作ログ) holds who signed in
AXES_VERBOSE = False

# Limits and the mark that a code was used must be seen by every process, and put down by exactly one:
# local memory is per process, and adding a file to a folder is not atomic as adding a row is.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sosei_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # what is culled is not the oldest, so it must not come to that
    }
}

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _CONFIG.mail else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _CONFIG.mail_server
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _CONFIG.mail_from or f"sosei@{_CONFIG.hosts[0]}"

IDLE_MINUTES = 60
"""How long a person without a municipality may be away; the others by their municipality's setting."""
