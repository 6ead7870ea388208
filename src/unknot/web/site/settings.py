"""
Django's settings. None of the variables read here is needed to start; `docs/settings.md` lists them.

`unknot serve` and `unknot demo` start the database, collect the static files and set what is read here.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from unknot.server.addresses import Address
from unknot.server.places import place
from unknot.web.site import env

# Where and how it runs

DEMO = env.flag("UNKNOT_DEMO", default=False)
DEBUG = env.flag("UNKNOT_DEBUG", default=False)
ORIGIN = env.origin("UNKNOT_ORIGIN", "http://localhost:8000")  # for canonical links and the sitemap
SECURE = ORIGIN.startswith("https://")

# Without a key of its own a process signs with one that it forgets: enough for a command or a test.
SECRET_KEY = env.text("UNKNOT_SECRET_KEY", secrets.token_urlsafe(48))
ALLOWED_HOSTS = env.words("UNKNOT_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [ORIGIN]
CSRF_FAILURE_VIEW = "unknot.web.site.errors.stale_form"
PROXIES = env.number("UNKNOT_PROXIES", 0)  # how many of our own stand between the visitor and us

# What it is made of; from below, as in the table of `docs/architecture.md`

INSTALLED_APPS = [
    "unknot.web.site",
    "unknot.web.audit",
    "unknot.web.outbox",
    "unknot.web.accounts",
    "unknot.web.learn",
    "unknot.web.directory",
    "unknot.web.intake",
    "unknot.web.booking",
    "unknot.web.care",
    "unknot.web.billing",
    "unknot.web.search",
    "unknot.web.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "unknot.web.site.request_ids.RequestIdMiddleware",
    # The headers first: static files and refusals carry them too.
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "unknot.web.site.middleware.PoliciesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "unknot.web.site.languages.LanguageOfTheAddress",
    "unknot.web.site.middleware.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "unknot.web.site.urls"
WSGI_APPLICATION = "unknot.web.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "unknot.web.site.context.page",
            ],
        },
    },
]

# The database: the one named by DATABASE_URL, or this installation's own

DATABASES = {
    "default": (
        Address.parse(os.environ["DATABASE_URL"]) if "DATABASE_URL" in os.environ else place(demo=DEMO).web
    ).as_django()
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is kept for a while: how often somebody tried, in the database, so that limits hold across processes;
# in each process's memory the pages that are the same for everybody (see site/shared.py)

IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.dummy.DummyCache" if DEBUG else IN_MEMORY,
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 2_000},  # two for each page; compressed, most are under 15 kB
    },
}

# Who signs in

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

AUTHENTICATION_BACKENDS = ["unknot.web.accounts.sessions.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"  # after making an account; see the adapter for signing in
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "intake:start"
ACCOUNT_ADAPTER = "unknot.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # no password: a code by e-mail, or a passkey
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True  # one address an account
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "unknot.web.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Unknot"
MFA_TOTP_TOLERANCE = 1  # clocks of phones are a little off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # localhost; browsers refuse every other such place
SESSION_ENGINE = "unknot.web.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60

# Mail: every letter becomes a row of the outbox; the worker hands it to the transport, if there is one

SMTP = env.mail_server("UNKNOT_SMTP")
MAIL_DOMAIN = urlsplit(ORIGIN).hostname or "localhost"
DEFAULT_FROM_EMAIL = env.text("UNKNOT_MAIL_FROM", f"Unknot <unknot@{MAIL_DOMAIN}>")
EMAIL_BACKEND = "unknot.web.outbox.backend.OutboxBackend"
EMAIL_TIMEOUT = 20
MAIL_TRANSPORT: str | None = None  # without one, letters wait
if DEMO:
    MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"  # /demo/mail shows them
elif SMTP:
    MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = SMTP.host, SMTP.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP.user, SMTP.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = SMTP.tls == "from the start", SMTP.tls == "after hello"

# Languages and times

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "unknot.web.site.formats"

# Static files: hashed names once `unknot serve` has collected them, plain ones in tests and commands

STATIC_URL = "static/"
STATIC_ROOT = env.folder("UNKNOT_STATIC")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is uploaded yet
    "staticfiles": {
        "BACKEND": (
            "unknot.web.site.storage.HashedStaticFiles"
            if STATIC_ROOT
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for them

# What leaves with every answer

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = ", ".join(
    (
        "geolocation=(self)",  # "near me", when it is pressed
        *(
            f"{feature}=()"
            for feature in ("camera", "microphone", "payment", "usb", "browsing-topics", "interest-cohort")
        ),
    )
)

# A drawing with its answers takes some 20 kB; ten times that is no drawing.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# What is logged: paths and times, never a body or a query string

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "unknot.web.site.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} [{request_id}]: {message}",
            "style": "{",
        }
    },
    "filters": {"request_id": {"()": "unknot.web.site.logs.RequestIdFilter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers would mail a traceback with its values, or print it in debug only.
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
