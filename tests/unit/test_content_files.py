"""Content files are checked as a whole: every problem names its file, its line, its place and the remedy."""

import pytest

from home.loading.content import read_content
from home.loading.problems import ContentProblems
from tests.captions import SRT, TWO_CUES
from tests.small_content import RECORDING, SmallContent


@pytest.fixture
def content(tmp_path) -> SmallContent:
    return SmallContent(tmp_path)


def problems_of(content: SmallContent) -> list[str]:
    with pytest.raises(ContentProblems) as raised:
        read_content(content.folder)
    return [str(problem) for problem in raised.value.problems]


def test_content_without_problems_is_read_with_parents_before_children(content):
    works = [work.key for work in read_content(content.folder).works]

    assert works == ["home", "library", "partners", "abc", "guide", "hoja", "sample-guide"]


HOME, GUIDES = "pages/home.yaml", "library/guides.yaml"
MISTAKES = {
    "unknown field": (
        HOME,
        "show_in_menus: true",
        "show_in_menu: true",
        "content/pages/home.yaml, line 20, library › show_in_menu: The field `show_in_menu` is not known here. "
        "Did you mean `show_in_menus`?",
    ),
    "unknown reference": (
        GUIDES,
        "topics: [elpac]",
        "topics: [elpacs]",
        "content/library/guides.yaml, line 11, guide › topics › 1: There is no topic with the key `elpacs`. "
        "Did you mean `elpac`?",
    ),
    "link to an unknown work": (
        HOME,
        '<p>Read the <a work="guide">',
        '<p>Read the <a work="guid">',
        "home › body › 1 › text › en: There is no work with the key `guid`. Did you mean `guide`?",
    ),
    "reference to a work of another type": (
        HOME,
        "  parent: partners",
        "  parent: library",
        "home.yaml, line 28, abc › parent: `library` is of the type `library`. Name a work of the type `partners`.",
    ),
    "missing language": (
        GUIDES,
        "title: {en: The guide, es: La guía}",
        "title: {en: The guide}",
        "guides.yaml, line 5, guide › title: There is no Spanish text (`es`). Add `es: …`.",
    ),
    "language without an edition": (
        GUIDES,
        "title: {es: Una hoja en español}",
        "title: {es: Una hoja, en: A sheet}",
        "hoja › title › en: This work has no edition in English. Remove `en`, or add it to `languages`.",
    ),
    "text in one language for both": (
        GUIDES,
        "heading: {en: Before you begin, es: Antes de empezar}",
        "heading: Before you begin",
        "guide › body › 1 › heading: A text in each language is expected here. Write `{en: …, es: …}`.",
    ),
    "differing paragraphs": (
        GUIDES,
        "es: <p>Tome su tiempo.</p>",
        "es: <p>Tome</p><p>su tiempo.</p>",
        "guide › body › 2 › text: The languages differ in their paragraphs, lists or headings (en p, es p p).",
    ),
    "tag that is not allowed": (
        GUIDES,
        "en: <p>Take your time.</p>",
        "en: <p>Take <u>your</u> time.</p>",
        "text › en: The tag <u> is not allowed. Allowed are <p> <h3> <ul> <ol> <li> <b> <i> <a>.",
    ),
    "tag that is not closed": (
        GUIDES,
        "en: <p>Take your time.</p>",
        "en: <p>Take your time.",
        "text › en: <p> is not closed. Add </p>.",
    ),
    "link without an address": (
        GUIDES,
        "en: <p>Take your time.</p>",
        'en: <p><a href="javascript:x">Take your time.</a></p>',
        'text › en: A link leads nowhere. Write <a href="https://…"> or <a work="KEY">.',
    ),
    "duplicate key": (
        GUIDES,
        "- key: hoja",
        "- key: guide",
        "guide: The key `guide` is already used in content/library/guides.yaml, line 1.",
    ),
    "field written twice": (
        GUIDES,
        '  date: "2025-06"',
        '  date: "2025-06"\n  date: "2025-07"',
        "guides.yaml, line 11: `date` is written twice here. Keep one of the two.",
    ),
    "bad date": (
        GUIDES,
        '"2025-06"',
        '"June 2025"',
        'guide › date: `June 2025` is not a date. Write "2024-06-12", "2024-06" or "2024", in quotes.',
    ),
    "day that does not exist": (GUIDES, '"2025-06"', '"2025-06-31"', "guide › date: `2025-06-31` is not a date."),
    "unknown type": (
        GUIDES,
        "- key: guide\n  type: resource",
        "- key: guide\n  type: resourc",
        "Did you mean `resource`",
    ),
    "unknown block": (
        GUIDES,
        "  - heading:",
        "  - headline:",
        "guide › body › 1: The block `headline` is not known here. Did you mean `heading` or `timeline`?",
    ),
    "unknown format": (
        GUIDES,
        "format: pdf",
        "format: pfd",
        "`pfd` is not one of the values of `format`. Did you mean `pdf`?",
    ),
    "bad address of a link": (
        GUIDES,
        '"https://example.org/guide.pdf"',
        "example",
        "guide › files › 1 › url: Enter a valid URL.",
    ),
    "not a number": (GUIDES, "pages: 12", "pages: twelve", "files › 1 › pages: `twelve` is not a number."),
    "accent in an address": (
        GUIDES,
        "es: guia}",
        "es: guía}",
        "guide › slug › es: `guía` is not an address. Write `guia`.",
    ),
    "two works with one address": (
        GUIDES,
        "slug: {es: hoja}",
        "slug: {es: guia}",
        "hoja › slug: Another work below the same parent has the address `guia` (es). Choose another address.",
    ),
    "missing field": (
        GUIDES,
        "  resource_type: guide\n  organizations",
        "  organizations",
        "`resource_type` is missing.",
    ),
    "parent without that language": (
        HOME,
        "  slug: {en: library, es: biblioteca}\n  title: {en: Library, es: Biblioteca}",
        "  languages: [en]\n  slug: {en: library}\n  title: {en: Library}",
        "hoja › parent: Its parent `library` has no edition in `es`.",
    ),
    "what stays names a sample": (
        HOME,
        "featured: [guide]",
        "featured: [sample-guide]",
        "home › featured › 1: `sample-guide` is a sample and can be removed. Name a work that stays.",
    ),
    "file that is not there": (
        "samples/samples.yaml",
        "document: sample.pdf",
        "document: simple.pdf",
        "files › 1 › document: The file `simple.pdf` is not in samples/. Did you mean `sample.pdf`?",
    ),
    "not YAML": (HOME, "  type: home", "  type: [home", "content/pages/home.yaml, line"),
    "word twice in a term": (
        "glossary.yaml",
        "[get out of EL]",
        "[get out of EL, get out of EL]",
        "reclassification › family › en › 2: “get out of EL” is already among the words of this term.",
    ),
    "text that is too long": (GUIDES, "en: The guide,", f"en: {'x' * 300},", "at most 255 characters (it has 300)"),
}


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES.values(), ids=MISTAKES)
def test_each_mistake_is_named_with_its_place_and_remedy(content, file, old, new, message):
    content.change(file, old, new)

    assert message in "\n".join(problems_of(content))


def test_all_problems_are_named_at_once_in_the_order_of_the_files(content):
    content.change(HOME, "show_in_menus: true", "shown: true")
    content.change(GUIDES, "topics: [elpac]", "topics: [unknown]")

    files = [problem.split(",")[0] for problem in problems_of(content)]

    assert files == ["content/library/guides.yaml", "content/pages/home.yaml"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ContentProblems, match=r"There is no such folder\. Check the path\."):
        read_content(tmp_path / "nowhere")


BAD_CAPTIONS = {
    "panel.vtt": ("WEBVTT\n\n00:01.000 -> 00:02.000\nHola\n", "panel.vtt: Line 3: This block has no times."),
    "panel.srt": ("1\n00:00:01 --> 00:00:02\nHola\n", "panel.srt: Line 2: The times “00:00:01 --> 00:00:02” cannot"),
    "panel.txt": (SRT, "The file `panel.txt` is no captions file. Name a file that ends in .srt or .vtt."),
    "panel": (SRT, "The file `panel` is no captions file."),
}


@pytest.mark.parametrize("name", BAD_CAPTIONS)
def test_bad_captions_are_named_with_line_and_remedy(content, name):
    text, words = BAD_CAPTIONS[name]
    content.write("samples/recordings.yaml", RECORDING.replace("panel.vtt", name))
    (content.folder / "samples" / name).write_text(text)

    (problem,) = problems_of(content)

    assert problem.startswith(f"content/samples/recordings.yaml, line 15, recording › captions › 1 › file: {words}")


@pytest.mark.parametrize(("name", "text"), [("panel.vtt", TWO_CUES), ("panel.srt", SRT), ("Panel.SRT", SRT)])
def test_captions_may_be_webvtt_or_srt(content, name, text):
    content.write("samples/recordings.yaml", RECORDING.replace("panel.vtt", name))
    (content.folder / "samples" / name).write_text(text)

    assert read_content(content.folder).works
