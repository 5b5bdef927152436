"""Settings, from the environment alone (docs/operators/settings.md). A wrong one is named at start."""

from __future__ import annotations

import logging
import secrets
import sys
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from environs import Env, EnvError

from luc.site.files import storage

ROOT = Path(__file__).resolve().parents[2]
env = Env()
THIS_MACHINE = ["127.0.0.1", "localhost", "[::1]"]

try:
    HOME = Path(env.str("LUC_HOME", str(ROOT / "var"))).resolve()
    HOME.mkdir(parents=True, exist_ok=True)
    DEBUG = env.bool("LUC_DEBUG", False)
    DEMONSTRATION = env.bool("LUC_DEMONSTRATION", False)
    SECURE = env.bool("LUC_HTTPS", False)
    ALLOWED_HOSTS: list[str] = env.list("LUC_HOSTS", THIS_MACHINE)
    CSRF_TRUSTED_ORIGINS: list[str] = env.list("LUC_ORIGINS", [])
    DATABASES = {"default": env.dj_db_url("LUC_DATABASE", f"sqlite:///{HOME / 'luc.sqlite3'}")}
    MAIL = env.dj_email_url("LUC_MAIL") if env.str("LUC_MAIL", "") else {}
    if MAIL and "EMAIL_BACKEND" not in MAIL:
        raise ValueError('"LUC_MAIL": smtp://user:password@host:port')
    # the first address under which people reach the pages: what links in mails begin with
    ADDRESS = env.str("LUC_ADDRESS", (CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0]).rstrip("/")
    DEFAULT_FROM_EMAIL = env.str("LUC_MAIL_FROM", "luc@localhost")
    REFDATA = Path(env.str("LUC_REFDATA", str(ROOT / "refdata")))
    # certificates that signatures must lead back to (.pem, .cer, .crt, .der), and what was revoked (.crl)
    TRUST = Path(found) if (found := env.str("LUC_TRUST", "")) else None
    if TRUST and not TRUST.is_dir():
        raise ValueError('"LUC_TRUST": a folder')
    MAX_UPLOAD = env.int("LUC_MAX_UPLOAD_MB", 50) * 1024 * 1024
    FILES = storage(env.str("LUC_FILES", str(HOME / "files")))
    LOG_LEVEL = env.log_level("LUC_LOG_LEVEL", logging.WARNING)
    LOG_FORMAT = env.str("LUC_LOG_FORMAT", "line")
    METRICS_TOKEN = env.str("LUC_METRICS_TOKEN", "")
    PROXIES = env.int("LUC_PROXIES", 1 if SECURE else 0)
    SECRET_KEY = env.str("LUC_SECRET", "")
    if LOG_FORMAT not in {"line", "json"}:
        raise ValueError('"LUC_LOG_FORMAT": line, json')
    if MAX_UPLOAD <= 0:
        raise ValueError('"LUC_MAX_UPLOAD_MB": > 0')
except (EnvError, ValueError, OSError) as error:
    sys.exit(f"Lục không khởi động được: thiết lập sai trong biến môi trường: {error}")

if not SECRET_KEY:
    # one installation keeps its own secret, readable by its owner only
    secret = HOME / "secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48))
    SECRET_KEY = secret.read_text()

INSTALLED_APPS = [
    "luc.kernel",
    "luc.kernel.search",
    "luc.territory",
    "luc.papers",
    "luc.agencies",
    "luc.rounds",
    "luc.figures",
    "luc.plans",
    "luc.industry",
    "luc.reporting",
    "luc.requests",
    "luc.threads",
    "luc.issuing",
    "luc.exchange",
    "luc.desk",
    "luc.portal",
    "luc.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    *(["luc.demonstration"] if DEMONSTRATION else []),
]

MIDDLEWARE = [
    "luc.kernel.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # adds random bytes against BREACH
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luc.site.display.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "luc.kernel.pages.ReadableMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luc.agencies.middleware.ViewerMiddleware",
    "luc.kernel.pages.RefusedMiddleware",
]

ROOT_URLCONF = "luc.site.urls"
WSGI_APPLICATION = "luc.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "kernel.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "luc.kernel.pages.context",
            ],
            "builtins": ["luc.kernel.templatetags.luc"],
        },
    }
]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL: what the page said is saved is on disk; IMMEDIATE: a writer waits instead of failing half-way;
    # recursive_triggers: INSERT OR REPLACE fires the triggers that keep rows from being deleted
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
        " PRAGMA recursive_triggers=ON;",
    }
else:
    # a connection outlives its request: 0 where a pool stands between
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("LUC_DATABASE_KEPT", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["ENGINE"] = "luc.kernel.postgresql"
    # a statement is planned once for each connection, not at every request: half of what PostgreSQL has to do
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=2)

# what web processes count together, so that none of them keeps a count of its own
# (one key a place that asks the API: far more than Django's 300 may be alive at once)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    # public pages as they were made last, in each process (portal.showing)
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_AGE, LANGUAGE_COOKIE_SAMESITE = (
    365 * 24 * 3600,
    "Lax",
)  # kept as the choice of light or dark is
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SECURE = True, SECURE
FORMAT_MODULE_PATH = ["luc.site.formats"]
LOCALE_PATHS = [ROOT / "luc" / "site" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/tinh/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a missing one
STATICFILES_DIRS = [path for path in [ROOT / "build" / "static"] if path.is_dir()]
TYPEFACES = ROOT / "build" / "typefaces"  # of charts in papers, where they were fetched
STORAGES = {
    "default": FILES,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or "pytest" in sys.modules
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or "pytest" in sys.modules
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 400  # the filled forms of a province in one act

if MAIL:
    EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_BACKEND"], MAIL["EMAIL_HOST"], MAIL["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"], MAIL["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL["EMAIL_USE_TLS"], MAIL["EMAIL_USE_SSL"]
elif DEMONSTRATION:
    EMAIL_BACKEND = "luc.kernel.outbox.OutboxBackend"  # kept, and shown on a page
else:
    # nothing is kept: mails hold links with which one signs in
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SENDS_MAIL = bool(MAIL)
EMAIL_TIMEOUT = 10  # mail is sent while a person waits for the page

AUTHENTICATION_BACKENDS = ["luc.kernel.sessions.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "luc.site.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# a whole office may come from one address; one name is tried five times in five minutes
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "60/m/ip,5/300s/key"}
# whose address is counted when sign-ins fail: behind that many proxies it is what they say, not their own
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Lục"
SESSION_ENGINE = "luc.kernel.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
if SECURE:
    SESSION_COOKIE_NAME = "__Host-session"  # browsers take it over TLS only, and from this very host
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/", r"^metrics$"]  # asked by machines beside this one, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "luc.kernel.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "luc.kernel.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # that somebody asked for what is not theirs, or not there, is no fault of the program
    "loggers": {"django.request": {"level": "ERROR"}},
}
