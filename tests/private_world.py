"""A public library with something private of every kind; of each, words in both languages that nobody may be told.

`guess` is what somebody types; `hidden` stands beside it, and nobody types it.
"""

import datetime
import random

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from assets.extraction.service import extract_document
from assets.models import CustomDocument
from home.models import FamiliesPage
from resources.models import (
    CaptionTrack,
    ConveningPage,
    ConveningRecordingPage,
    ConveningsPage,
    Organization,
    Person,
    ResourceAuthor,
    ResourceFile,
    ResourceOrganization,
    ResourcePage,
    Topic,
)
from search.models import BestBet, BestBetWording, BestBetWork
from search.worker import Worker
from tests.factories import make_edition
from tests.search_site import SearchSite

LANGUAGES = ("en", "es")
THINGS = (
    "draft of a live page",
    "unpublished page",
    "unpublished edition",
    "page under a password",
    "page under a login",
    "page under groups",
    "work in a private tree",
    "file in a private collection",
    "captions in a private collection",
    "topic of a private work",
    "person of a private work",
    "organization of a private work",
    "recommendation of a private work",
    "recommendation switched off",
    "scheduled page",
    "expired page",
    "deleted work",
    "question of a private page for families",
)


def made_up(name: str) -> str:
    """A word of no language, the same in every run."""
    chance = random.Random(name)  # noqa: S311
    return "".join(chance.choice("bdfgklmnprtvz") + chance.choice("aeiou") for _syllable in range(5))


def guess(thing: str, language: str) -> str:
    return made_up(f"guess {thing} {language}")


def hidden(thing: str, language: str) -> str:
    return made_up(f"hidden {thing} {language}")


def both(thing: str, language: str) -> str:
    return f"{guess(thing, language)} {hidden(thing, language)}"


def mistyped(word: str) -> str:
    return word[:4] + word[5] + word[4] + word[6:]


class World(SearchSite):
    """A public library with something private of every kind, each in both languages."""

    def __init__(self):
        super().__init__()
        self.resource(
            "public", title_en="An open report", title_es="Un informe abierto", body_en="Open.", body_es="Abierto."
        )
        for thing in THINGS:
            getattr(self, "make_" + thing.replace(" ", "_"))(thing)
        self.index()
        self.catch_up()

    def work(self, thing: str, **values):
        """A work whose title, summary and body say the words of the thing in each language."""
        said = {f"{field}_{code}": both(thing, code) for field in ("title", "summary", "body") for code in LANGUAGES}
        return self.resource(guess(thing, "en"), **said, **values)

    @staticmethod
    def editions(work):
        return [page.specific for page in Page.objects.filter(translation_key=work.translation_key)]

    def restrict(self, work, kind: str, **values) -> None:
        PageViewRestriction.objects.create(page=work, restriction_type=kind, **values)

    def make_draft_of_a_live_page(self, thing):
        work = self.resource("with-a-draft", title_en="With a draft", title_es="Con un borrador")
        for page, language in zip(self.editions(work), LANGUAGES, strict=True):
            page.title, page.summary = both(thing, language), both(thing, language)
            page.body = [("text", f"<p>{both(thing, language)}</p>")]
            page.save_revision()

    def make_unpublished_page(self, thing):
        self.work(thing, live=False)

    def make_unpublished_edition(self, thing):
        for language in LANGUAGES:
            other = {"en": "es", "es": "en"}[language]
            titles = {f"title_{language}": both(thing, language), f"title_{other}": f"Only in {other}"}
            work = self.resource(f"only-{other}", **titles)
            ResourcePage.objects.get(translation_key=work.translation_key, locale__language_code=language).unpublish()

    def make_page_under_a_password(self, thing):
        self.restrict(self.work(thing), PageViewRestriction.PASSWORD, password="x")

    def make_page_under_a_login(self, thing):
        self.restrict(self.work(thing), PageViewRestriction.LOGIN)

    def make_page_under_groups(self, thing):
        self.restrict(self.work(thing), PageViewRestriction.GROUPS)

    def make_work_in_a_private_tree(self, thing):
        program = self.program("private-program", both(thing, "en"))
        bill = self.bill("AB 7777", both(thing, "en"), program, summary=both(thing, "en"))
        for page in (program, bill.get_parent().specific, bill):
            page.save_revision().publish()
        make_edition(bill, "es", title=both(thing, "es"), summary=both(thing, "es"))
        self.restrict(program, PageViewRestriction.LOGIN)

    @staticmethod
    def private_document(thing, language, name, text) -> CustomDocument:
        collection = Collection.objects.filter(name="Private").first()
        if collection is None:
            collection = Collection.get_first_root_node().add_child(name="Private")
            restriction = CollectionViewRestriction.LOGIN
            CollectionViewRestriction.objects.create(collection=collection, restriction_type=restriction)
        document = CustomDocument(title=both(thing, language), collection=collection, language=language)
        document.file.save(name, ContentFile(text.encode()), save=False)
        document.save()
        extract_document(document.pk)
        return document

    def make_file_in_a_private_collection(self, thing):
        work = self.resource("with-files", title_en="With files", title_es="Con archivos")
        for language in LANGUAGES:
            document = self.private_document(thing, language, f"{language}.txt", both(thing, language))
            ResourceFile.objects.create(page=work, language=language, document=document)

    def make_captions_in_a_private_collection(self, thing):
        parent = self._add(self.homes["en"], ConveningsPage, "en", "Convenings", "convenings")
        convening = self._add(parent, ConveningPage, "en", "A convening", "convening", starts_on=datetime.date.today())
        recording = self._add(convening, ConveningRecordingPage, "en", "A recording", "recording", spoken_language="en")
        for language in LANGUAGES:
            text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{both(thing, language)}\n"
            document = self.private_document(thing, language, f"{language}.vtt", text)
            CaptionTrack.objects.create(page=recording, language=language, document=document)

    def make_topic_of_a_private_work(self, thing):
        work = self.resource("topic-private", title_en="Private one", title_es="Privada uno", live=False)
        topic = Topic(slug=guess(thing, "en"), name_en=both(thing, "en"), name_es=both(thing, "es"))
        topic.save()
        work.topics = [topic]
        work.save()

    def make_person_of_a_private_work(self, thing):
        work = self.resource("person-private", title_en="Private two", title_es="Privada dos", live=False)
        for language in LANGUAGES:
            person = Person.objects.create(key=guess(thing, language), name=both(thing, language))
            ResourceAuthor.objects.create(page=work, person=person)

    def make_organization_of_a_private_work(self, thing):
        work = self.resource("organization-private", title_en="Private three", title_es="Privada tres", live=False)
        for language in LANGUAGES:
            organization = Organization.objects.create(key=guess(thing, language), name=both(thing, language))
            ResourceOrganization.objects.create(page=work, organization=organization)

    def recommend(self, thing, work, **values):
        bet = BestBet.objects.create(**values)
        notes = {f"note_{language}": hidden(thing, language) for language in LANGUAGES}
        BestBetWork.objects.create(bet=bet, work=work, **notes)
        for language in LANGUAGES:
            BestBetWording.objects.create(bet=bet, text=guess(thing, language), language=language)

    def make_recommendation_of_a_private_work(self, thing):
        work = self.resource("recommended", title_en=hidden(thing, "en"), title_es=hidden(thing, "es"), live=False)
        self.recommend(thing, work)

    def make_recommendation_switched_off(self, thing):
        self.recommend(thing, ResourcePage.objects.filter(key="public").first(), is_active=False)

    def make_scheduled_page(self, thing):
        for page in self.editions(self.work(thing, live=False)):
            page.go_live_at = timezone.now() + datetime.timedelta(days=1)
            page.save_revision().publish()

    def make_expired_page(self, thing):
        for page in self.editions(self.work(thing)):
            page.save_revision().publish()
            page.expire_at = timezone.now() - datetime.timedelta(minutes=1)
            page.save()
        Worker().run_periodic_commands()

    def make_deleted_work(self, thing):
        for page in self.editions(self.work(thing)):
            page.delete()

    def make_question_of_a_private_page_for_families(self, thing):
        for language in LANGUAGES:
            page = self._add(
                self.homes[language], FamiliesPage, language, both(thing, language), f"families-{language}"
            )
            page.questions = [("question", {"question": both(thing, language), "answer": "<p>x</p>", "works": []})]
            page.save()
            self.restrict(page, PageViewRestriction.LOGIN)
