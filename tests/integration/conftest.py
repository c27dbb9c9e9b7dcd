"""What several tests of the admin share."""

import pytest
from wagtail.users.models import UserProfile

from assets.models import User
from tests.shown_documents import a_document


@pytest.fixture
def editor(client):
    """Signs in an editor who reads the admin in a language."""

    def sign_in(language: str):
        user = User.objects.create_superuser(f"editor-{language}", f"{language}@example.org", "secret-words")
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def document(tmp_path, settings):
    """A document that nothing uses, below a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return a_document()
