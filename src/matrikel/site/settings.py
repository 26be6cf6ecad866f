"""Settings: one file, fed by the environment, with no default secret.

| variable | meaning | default |
|---|---|---|
| MATRIKEL_HOME | folder for database, secret, uploads and static files | ./var |
| MATRIKEL_DATABASE | `sqlite:///path` or `postgresql://user:password@host:port/name` (the app's) | sqlite in home |
| MATRIKEL_HOSTS | host names the server answers to, comma-separated | localhost,127.0.0.1,[::1] |
| MATRIKEL_HTTPS | `1` behind TLS: secure cookies and HSTS | off |
| MATRIKEL_DEFINITIONS | folder of the catalogue | `definitions/` of the checkout |
| MATRIKEL_SECRET | path of the secret file (mode 0400) | MATRIKEL_HOME/secret |
"""

import os
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("MATRIKEL_HOME", "var")).resolve()
DEFINITIONS = Path(os.environ.get("MATRIKEL_DEFINITIONS", PACKAGE.parents[1] / "definitions")).resolve()


def _secret() -> str:
    path = Path(os.environ.get("MATRIKEL_SECRET", HOME / "secret"))
    try:
        secret = path.read_text().strip()
    except OSError as fault:
        raise ImproperlyConfigured(
            f"No secret at {path}. `matrikel init` makes a real installation, `matrikel demo` a demo."
        ) from fault
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ImproperlyConfigured(f"{path} is open to others. Run: chmod 0400 {path}")
    if len(secret) < 50:
        raise ImproperlyConfigured(f"The secret in {path} is too short.")
    return secret


def _database() -> dict[str, object]:
    url = urlsplit(os.environ.get("MATRIKEL_DATABASE", f"sqlite:///{HOME / 'matrikel.sqlite3'}"))
    common = {"ATOMIC_REQUESTS": True, "CONN_HEALTH_CHECKS": True}
    if url.scheme == "sqlite":
        return {
            **common,
            "ENGINE": "matrikel.base.sqlite",
            "NAME": "/" + url.path.lstrip("/"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;",
            },
        }
    if url.scheme == "postgresql":
        return {
            **common,
            "ENGINE": "matrikel.base.postgresql",
            "NAME": url.path[1:],
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"options": "-c jit=off"},  # compiling a short query takes longer than answering it
        }
    raise ImproperlyConfigured("MATRIKEL_DATABASE starts with sqlite:// or postgresql://.")


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MATRIKEL_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = os.environ.get("MATRIKEL_HTTPS") == "1"
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "matrikel.site.urls"
WSGI_APPLICATION = "matrikel.site.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "matrikel.base",
    "matrikel.domain.trail",
    "matrikel.domain.access",
    "matrikel.domain.people",
    "matrikel.domain.cases",
    "matrikel.domain.instruments",
    "matrikel.domain.services",
    "matrikel.domain.benefits",
    "matrikel.domain.plans",
    "matrikel.domain.figures",
    "matrikel.domain.exchange",
    "matrikel.domain.surveys",
    "matrikel.domain.casework",
    "matrikel.domain.imports",
    "matrikel.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "matrikel.web.middleware.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "matrikel.domain.access.pages.PostMiddleware",
    "matrikel.api.keys.KeyMiddleware",
    "matrikel.web.middleware.LanguageMiddleware",
    "matrikel.web.middleware.RefusalMiddleware",
    "matrikel.api.problems.ProblemMiddleware",
    "matrikel.domain.access.pages.ActingMiddleware",
    "matrikel.web.middleware.SecondFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"]
        + [PACKAGE / "domain" / room / "web" / "templates" for room in
           ("trail", "access", "people", "cases", "instruments", "services", "plans", "figures", "exchange", "surveys",
            "casework", "imports")],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "matrikel.web.shell.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]  # fmt: skip

# Accounts: our own, with one-time codes. Sessions live in the database and end with the day.
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "matrikel.web.accounts.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Matrikel"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_NAME = "__Host-matrikel" if HTTPS else "matrikel"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "matrikel.web.errors.csrf_failure"

SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer Chromium sends Origin: null, which fails the CSRF check
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("svenska")), ("en", _("engelska"))]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "matrikel.web.fonts.FontFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "uploads"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"matrikel": {"level": "INFO"}},
}
