"""Settings of the console. It keeps no state: no database, no accounts, no sessions.

Environment
-----------
OREFLOW_SECRET_KEY
    Key for signing; a new one is drawn per process when it is not set.
OREFLOW_ALLOWED_HOSTS
    Host names besides loopback that requests may name, separated by commas.
OREFLOW_PLAN_TEXTS
    Folder with the plan texts (`<document>.txt`), to show source lines word by word.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

HERE = Path(__file__).resolve().parent

DEBUG = False
SECRET_KEY = os.environ.get("OREFLOW_SECRET_KEY") or secrets.token_urlsafe(50)
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = LOOPBACK_HOSTS + [h for h in os.environ.get("OREFLOW_ALLOWED_HOSTS", "").split(",") if h]

INSTALLED_APPS = ["django.contrib.staticfiles", "oreflow.console", "oreflow.console.regions"]
DATABASES: dict[str, dict[str, str]] = {}
ROOT_URLCONF = "oreflow.console.urls"
WSGI_APPLICATION = "oreflow.console.wsgi.application"
MIDDLEWARE = [
    "oreflow.console.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "oreflow.console.middleware.PlainRequests",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "oreflow.console.middleware.PreferredUnits",
    "oreflow.console.middleware.SaidErrors",
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
                "oreflow.console.context.chrome",
            ],
            "builtins": ["oreflow.console.templatetags.chrome"],
        },
    }
]

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

CSRF_COOKIE_NAME = "oreflow_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "oreflow.console.views.forbidden"

OREFLOW_REGIONS = ("panxi",)
OREFLOW_PLAN_TEXTS = os.environ.get("OREFLOW_PLAN_TEXTS", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "waitress.queue": {"handlers": [], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
    },
}
