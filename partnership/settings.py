"""All settings, read from the environment once. `.env.example` lists what can be set."""

from __future__ import annotations

import re
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from partnership.jobs.queues import QUEUES
from partnership.lib import env, languages

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("PARTNERSHIP_VAR", str(BASE_DIR / "var")))
ENVIRONMENT = env.one_of("PARTNERSHIP_ENV", ("development", "test", "production"))
PRODUCTION = ENVIRONMENT == "production"

# Our own error pages everywhere: what is seen in development is what officials will see.
DEBUG = False
DEVELOPMENT_SECRET = "only-for-development-and-tests-never-for-people"  # noqa: S105
SECRET_KEY = env.text("PARTNERSHIP_SECRET_KEY", DEVELOPMENT_SECRET)
ALLOWED_HOSTS = env.words("PARTNERSHIP_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

INSTALLED_APPS = [
    "partnership.apps.SecretariatAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "partnership",
    "courses",
]

MIDDLEWARE = [
    "partnership.lib.middleware.Envelope",
    "partnership.lib.middleware.SecurityHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "partnership.lib.middleware.RefuseNul",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partnership.site.languages.ReadersLanguage",
    "partnership.site.acting.ActAs",
    "partnership.site.middleware.Access",
    "partnership.site.bearer.Bearer",
]

ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnership.site.context.environment",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Deferred transactions fail under 16 writers however long they wait; immediate ones queue.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
try:
    DATABASES = {
        "default": dj_database_url.parse(
            env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'partnership.sqlite3'}"),
            conn_max_age=60,
            conn_health_checks=True,
        )
    }
except ValueError:
    # Not quoted: it may hold a password.
    raise ImproperlyConfigured(
        "DATABASE_URL must be postgresql://user:password@host:5432/name or sqlite:////path/to/file."
    ) from None
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sessions, throttles and cache live in the database, so that Redis plays no part in a page.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "partnership_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# --- Jobs and mail ----------------------------------------------------------------------

REDIS_URL = env.text("REDIS_URL")
BROKER_DIR = VAR_DIR / "broker"
# What the workers take that are started with this environment; each says so on the desk.
WORKER_QUEUES = env.some_of("WORKER_QUEUES", QUEUES)
EMAIL_BACKEND = "partnership.mail.backend.OutboxBackend"
MAIL_URL = env.text("PARTNERSHIP_MAIL_URL", "console:")
_mail = env.address("PARTNERSHIP_MAIL_URL")
if MAIL_URL not in ("console:", "memory:") and not (
    _mail.scheme in ("smtp", "smtps") and _mail.hostname
):
    raise ImproperlyConfigured(
        "PARTNERSHIP_MAIL_URL must be smtp://user:password@host:587, smtps://… or console:."
    )
DEFAULT_FROM_EMAIL = env.text("PARTNERSHIP_MAIL_FROM", "no-reply@localhost")
# Where servers report mail that could not be delivered. Empty: they report to the sender.
MAIL_BOUNCES = env.text("PARTNERSHIP_MAIL_BOUNCES")
if MAIL_BOUNCES and not re.fullmatch(r"[\w.-]+@[\w.-]+", MAIL_BOUNCES):
    raise ImproperlyConfigured("PARTNERSHIP_MAIL_BOUNCES must be an address without a sign +.")
# Where readers write to. Empty: the pages say that no address has been entered.
CONTACT = env.text("PARTNERSHIP_CONTACT")
DATA_LICENCE = env.text("PARTNERSHIP_DATA_LICENCE")
SITE_ADDRESS = env.text("PARTNERSHIP_ADDRESS", "http://localhost:8000").rstrip("/")
# Names that stand for this machine when the site asks another host: for trials and tests alone.
OUTBOUND_LOOPBACK = env.words("PARTNERSHIP_OUTBOUND_LOOPBACK")
# The web archive that is asked for copies of what we link to. Empty: none is.
ARCHIVE_URL = env.text("PARTNERSHIP_ARCHIVE_URL")
_archive = env.address("PARTNERSHIP_ARCHIVE_URL")
if ARCHIVE_URL and not (_archive.scheme in ("http", "https") and _archive.hostname):
    raise ImproperlyConfigured("PARTNERSHIP_ARCHIVE_URL must be an address: https://….")

# --- People -----------------------------------------------------------------------------

AUTH_USER_MODEL = "partnership.User"
AUTHENTICATION_BACKENDS = ["partnership.accounts.backends.OwnPeople"]
PASSWORD_HASHERS = ["partnership.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "partnership.accounts.passwords.LongEnough"},
    {"NAME": "partnership.accounts.passwords.OwnWords"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "site:home"
ACCOUNT_ADAPTER = "partnership.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
MFA_ADAPTER = "partnership.accounts.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Trainers, focal points, data editors and administrators act only after a second factor. Off in
# development, so that the demo people can be tried.
SECOND_FACTOR = env.boolean("PARTNERSHIP_SECOND_FACTOR", default=ENVIRONMENT != "development")
# A whole ministry may sit behind one address: gentle per address, firm per account.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/300s/key",
    "mail_code": "300/m/ip,1500/h/ip",
    "wrong_code": "100/m/ip,500/h/ip",
    "passkey": "300/m/ip",
    "remark": "60/h/ip",
}
# Behind proxies of ours, the first of them wrote into X-Forwarded-For who asks.
PROXIES = env.integer("PARTNERSHIP_PROXIES", 1 if PRODUCTION else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SESSION_ENGINE = "partnership.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_FAILURE_VIEW = "partnership.site.middleware.csrf_failure"
DEMO_PASSWORD = env.text("DEMO_PASSWORD")
# Files as PEM: the key that signs badges, and the public halves of those before it.
BADGE_KEY = env.text("PARTNERSHIP_BADGE_KEY")
BADGE_OLD_KEYS = env.words("PARTNERSHIP_BADGE_OLD_KEYS")

# --- Headers ----------------------------------------------------------------------------

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Words and files --------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = languages.named(env.words("PARTNERSHIP_LANGUAGES", "en,fr"))
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "partnership" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Files that people send, and those made for them: in a folder, or in a bucket that machines share.
BUCKET = env.bucket("FILES_URL")
FOLDER = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "partnership.lib.bucket.Bucket", "OPTIONS": BUCKET}
    if BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FOLDER, "base_url": "/media/"},
    },
    "staticfiles": {"BACKEND": "partnership.lib.static.HashedStatic"},
}
WHITENOISE_MAX_AGE = 3600
# Nothing asks for a file by its own name: to keep those takes twice as long to compress.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["partnership.lib.api.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["partnership.lib.api.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_PAGINATION_CLASS": "partnership.lib.paging.Cursor",
    "DEFAULT_SCHEMA_CLASS": "partnership.lib.schema.Schema",
    "EXCEPTION_HANDLER": "partnership.lib.api.handle_exception",
    "PAGE_SIZE": 100,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Article 6 Implementation Partnership",
    "DESCRIPTION": "Countries, institutions, agreements, case studies, facts and terms, "
    "each with its source. Lists answer JSON in pages, CSV and XLSX whole. "
    "Every error is an object of code, detail and fields.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "partnership.lib.logs.RequestId"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
        },
        "plain": {"format": "%(levelname)s %(name)s [%(request_id)s] %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "json" if PRODUCTION else "plain",
        }
    },
    # Every request has a line of ours: of Django's own only faults are wanted.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": "INFO" if PRODUCTION else "WARNING"},
}


def _refuse_unsafe_production() -> None:
    """Say in one sentence what must be set before officials may use this."""
    here = (None, "localhost", "127.0.0.1", "::1")
    redis, files = env.address("REDIS_URL"), env.address("FILES_URL")
    redis_is_here = redis.hostname in here
    unsafe = {
        "PARTNERSHIP_SECRET_KEY must be set to a long random text": SECRET_KEY == DEVELOPMENT_SECRET
        or len(SECRET_KEY) < 40,
        "PARTNERSHIP_HOSTS must name the site's hosts, without *": not ALLOWED_HOSTS
        or any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS),
        "PARTNERSHIP_ADDRESS must be the site's https address": not SITE_ADDRESS.startswith(
            "https://"
        ),
        "REDIS_URL must carry a password unless Redis is on this machine": not redis_is_here
        and not redis.password,
        "FILES_URL must be s3:// with TLS unless the store is on this machine": files.scheme
        == "s3+http"
        and files.hostname not in here,
        "PARTNERSHIP_MAIL_URL must name a mail server": not _mail.hostname,
        "DEMO_PASSWORD has no place in production": bool(DEMO_PASSWORD),
        "PARTNERSHIP_SECOND_FACTOR must stay on in production": not SECOND_FACTOR,
        "PARTNERSHIP_ARCHIVE_URL must be https": _archive.scheme == "http",
        "PARTNERSHIP_OUTBOUND_LOOPBACK has no place in production": bool(OUTBOUND_LOOPBACK),
    }
    if reasons := [reason for reason, is_so in unsafe.items() if is_so]:
        raise ImproperlyConfigured("; ".join(reasons) + ".")


if PRODUCTION:
    _refuse_unsafe_production()
