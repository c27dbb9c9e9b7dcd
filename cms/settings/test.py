"""Settings of the test suite: everything in a throw-away folder, no network, fast password hashing."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="library-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
os.environ["DATABASE_URL"] = os.environ.get("TEST_SUITE_DATABASE_URL", "")
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["ELASTICSEARCH_URL"] = ""
os.environ["CACHE_URL"] = ""
# Search by meaning has tests of its own, which turn it on.
os.environ["SEARCH_EMBEDDERS"] = ""

from .base import *  # noqa: E402, F403

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# The suite asks more often than people do; tests of the limit set their own.
API_REQUESTS_A_MINUTE = 1_000_000
