"""Settings shared by every overlay; what differs between deployments comes from the environment."""

from django.utils.translation import gettext_lazy as _

from cms.security import PUBLIC_POLICY

from .environment import PROJECT_DIR, cache_config, data_dir, database_config, env, secret_key

DATA_DIR = data_dir()
SECRET_KEY = secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
SITE_URL = env("SITE_URL").rstrip("/")

INSTALLED_APPS = [
    "cms",
    "home",
    "search",
    "signups",
    "resources",
    "assets",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "csp",
]

MIDDLEWARE = [
    "cms.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.compression.CompressTextMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.security.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "resources.middleware.LanguageMiddleware",
    "cms.requests.WellFormedRequestMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "resources.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.navigation.site_furniture",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}
DATABASES = {"default": database_config(DATA_DIR)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": cache_config("locmem.LocMemCache", "library"),
    "renditions": cache_config("locmem.LocMemCache", "renditions"),
    # What a change in one process tells all others: without a server, those that share the data folder.
    "versions": cache_config("filebased.FileBasedCache", str(DATA_DIR / "versions")),
}

AUTH_USER_MODEL = "assets.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Los_Angeles"
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["cms.formats"]
LOCALE_PATHS = [PROJECT_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

vars().update(env.email_url_config(env("EMAIL_URL")))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")

WAGTAIL_SITE_NAME = "Multilingual Learner Resource Library"
WAGTAILADMIN_BASE_URL = SITE_URL
# Nobody is told who edits here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILIMAGES_IMAGE_MODEL = "assets.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILDOCS_DOCUMENT_MODEL = "assets.CustomDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "resources.documents.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "pptx", "xlsx", "csv", "txt", "html", "vtt", "srt"]
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "text/vtt"]
WAGTAILMEDIA = {
    "MEDIA_MODEL": "assets.CustomMedia",
    "AUDIO_EXTENSIONS": ["mp3", "m4a", "ogg", "opus"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "base/login.html"
WAGTAILEMBEDS_RESPONSIVE_HTML = True
# The admin's own search and choosers never wait for an engine; the public search is search.service.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "cms.errors.csrf_failure"
CONTENT_SECURITY_POLICY = PUBLIC_POLICY
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

ELASTICSEARCH_URL = env("ELASTICSEARCH_URL").strip()
ELASTICSEARCH_CA = env("ELASTICSEARCH_CA")
ELASTICSEARCH_API_KEY = env("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_PREFIX = env("ELASTICSEARCH_PREFIX")
ELASTICSEARCH_SHARDS = env("ELASTICSEARCH_SHARDS")
ELASTICSEARCH_REPLICAS = env("ELASTICSEARCH_REPLICAS")
SEARCH_ENGINE = "elasticsearch" if ELASTICSEARCH_URL else "embedded"
SEARCH_INDEX_DIR = DATA_DIR / "index"
# Models for search by meaning, the fast one first; an endpoint that is set stands in for them.
SEARCH_EMBEDDERS = env("SEARCH_EMBEDDERS")
SEARCH_EMBED_PAGES = env("SEARCH_EMBED_PAGES")
SEARCH_VECTORS_DIR = DATA_DIR / "vectors"
EMBEDDINGS_URL = env("EMBEDDINGS_URL")
EMBEDDINGS_MODEL = env("EMBEDDINGS_MODEL")
EMBEDDINGS_KEY = env("EMBEDDINGS_KEY")

# What the worker runs by itself: management command → seconds between two runs.
PERIODIC_COMMANDS = {"publish_scheduled": 30}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A line for each question that a search asks would drown all others.
    "loggers": {"elastic_transport": {"level": "ERROR"}},
}
