"""Settings of the console for Django; what an installation may set stands in `configuration`."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import dj_database_url

from oreflow.console import configuration
from oreflow.console.operations import logs

HERE = Path(__file__).resolve().parent
CONFIGURATION = configuration.read()
DATA = CONFIGURATION.data


def _secret_key() -> str:
    """The key that is set, else the one kept in the data folder, else one for this process alone."""
    if CONFIGURATION.text("secret_key"):
        return CONFIGURATION.text("secret_key")
    kept = DATA / "secret.key"
    return kept.read_text(encoding="ascii").strip() if kept.is_file() else secrets.token_urlsafe(50)


def _database() -> dict[str, Any]:
    """PostgreSQL by URL, else one SQLite file that many threads may write."""
    url = CONFIGURATION.text("database_url")
    if url:
        found: dict[str, Any] = dict(
            dj_database_url.parse(url, conn_max_age=CONFIGURATION.number("database_max_age"), conn_health_checks=True)
        )
        options = found.setdefault("OPTIONS", {})
        limit = CONFIGURATION.number("statement_timeout") * 1000
        given = options.get("options", "")
        options["options"] = f"{given} -c statement_timeout={limit} -c lock_timeout=30000".strip()
        options.setdefault("connect_timeout", 10)
        options.setdefault("application_name", "oreflow")
        return found
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "oreflow.sqlite3",
        "CONN_MAX_AGE": CONFIGURATION.number("database_max_age"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                "PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


DEBUG = False
SECRET_KEY = _secret_key()
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = LOOPBACK_HOSTS + CONFIGURATION.hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    "oreflow.console",
    "oreflow.console.people",
    "oreflow.console.registers",
    "oreflow.console.cases",
    "oreflow.console.operations",
    "oreflow.console.reading",
    "oreflow.console.regions",
]
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "oreflow.console.urls"
WSGI_APPLICATION = "oreflow.console.wsgi.application"
MIDDLEWARE = [
    "oreflow.console.middleware.Traced",
    "oreflow.console.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "oreflow.console.middleware.BodyLimits",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "oreflow.console.middleware.PlainRequests",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "oreflow.console.people.middleware.ActingViewer",
    "oreflow.console.middleware.PreferredUnits",
    "oreflow.console.middleware.SaidErrors",
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
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "oreflow.console.context.chrome",
            ],
            "builtins": ["oreflow.console.templatetags.chrome"],
        },
    }
]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

SESSION_COOKIE_NAME = "oreflow_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.flag("https")

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "oreflow.console.people.views.locked_out"
AXES_VERBOSE = False
AXES_HANDLER = "oreflow.console.people.lockout.Lockout"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
OTP_TOTP_ISSUER = "Oreflow"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = False

USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "oreflow_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [HERE / "locale"]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0

MEDIA_ROOT = DATA / "attachments"
INCOMING = DATA / "incoming"
FILE_UPLOAD_TEMP_DIR = INCOMING if INCOMING.is_dir() else None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CSRF_COOKIE_NAME = "oreflow_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "oreflow.console.views.forbidden"

OREFLOW_REGIONS = ("panxi",)
OREFLOW_PLAN_TEXTS = CONFIGURATION.text("plan_texts")
OREFLOW_DEMONSTRATION = CONFIGURATION.flag("demonstration")
OREFLOW_RATE_LIMIT = CONFIGURATION.number("rate_limit")

LOGGING = logs.configuration(
    CONFIGURATION.text("log_format"), CONFIGURATION.text("log_level"), [SECRET_KEY, *CONFIGURATION.secrets]
)
