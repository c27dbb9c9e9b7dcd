"""The sample PDFs: HTML sheets printed by Chromium as tagged PDF, then made the same on every run."""

from pathlib import Path

import jinja2
import pikepdf
import yaml
from markupsafe import Markup

from . import browser

HERE = Path(__file__).parent
DATE = "D:20261125000000Z"
AUTHOR = "Website project (sample)"

# The words page of the data book: each pair is one line of the two columns.
WORDS = [
    ("Universal prekindergarten (UPK)", "Prekínder universal (UPK)"),
    ("Transitional kindergarten (TK)", "Kínder de transición (TK)"),
    ("Multilingual learner", "Estudiante multilingüe, aprendiz multilingüe"),
    ("Dual language learner", "Aprendiz de dos idiomas"),
    ("Bilingual authorization", "Autorización bilingüe"),
    ("Educator pipeline", "Formación y contratación de educadores"),
    ("County office of education", "Oficina de educación del condado"),
    ("Community of practice", "Comunidad de práctica"),
    ("Data book", "Compendio de datos"),
]


def data_book_context():
    """The invented figures, with their sums and the rows that the tables and charts need."""
    counties = yaml.safe_load((HERE / "data_book.yaml").read_text(encoding="utf-8"))["counties"]
    counted = ("children", "teachers", "bilingual_teachers", "in_training", "open_positions")
    for county in counties:
        county["latest_children"] = (county["name"], county["children"][-1])
        county["latest_percent"] = (county["name"], county["multilingual_percent"][-1])
    return {
        "counties": counties,
        "total": {name: [sum(year) for year in zip(*(c[name] for c in counties), strict=True)] for name in counted},
        "counties_children": [[c["name"], *c["children"]] for c in counties],
        "counties_percent": [[c["name"], *c["multilingual_percent"]] for c in counties],
        "counties_pipeline": [
            [c["name"], c["bilingual_teachers"][-1], c["in_training"][-1], c["open_positions"][-1]] for c in counties
        ],
        "words": WORDS,
    }


PAPERS = {
    "guide-to-reclassification.pdf": ("guide.html", "en", dict),
    "central-valley-data-book.pdf": ("data-book.html", "en", data_book_context),
    "family-handout-es.pdf": ("handout.html", "es", dict),
}


def make_paper(name, target, workdir):
    """Print one of PAPERS to the folder `target`; `workdir` keeps the HTML in between."""
    template, language, context = PAPERS[name]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    css = Markup((HERE / "templates/paper.css").read_text(encoding="utf-8"))
    html = environment.get_template(template).render(css=css, **context())
    page = workdir / template
    page.write_text(html, encoding="utf-8")
    printed = workdir / name
    browser.print_pdf(page, printed)
    sheets = html.count('<section class="sheet')
    finish(printed, target / name, language, sheets)


def finish(printed, target, language, sheets):
    """Set language, author and date; drop the time of printing. Error if a sheet ran over its page."""
    with pikepdf.open(printed) as pdf:
        if len(pdf.pages) != sheets:
            raise ValueError(f"{target.name}: {sheets} sheets became {len(pdf.pages)} pages")
        title = str(pdf.docinfo["/Title"])
        pdf.docinfo["/Author"] = AUTHOR
        pdf.docinfo["/Creator"] = "scripts/make_samples.py"
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = DATE
        pdf.Root.Lang = pikepdf.String(language)
        pdf.Root.ViewerPreferences.DisplayDocTitle = True
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:creator"] = [AUTHOR]
            metadata["dc:language"] = {language}
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def count_pages(path):
    """How many pages the PDF has."""
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)
