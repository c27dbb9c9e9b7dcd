"""A small set of content files, written to a folder: one of everything that the loader reads."""

from pathlib import Path

from tests.made_files import pdf

FILES = {
    "taxonomies.yaml": """\
topics:
- {slug: elpac, en: ELPAC, es: ELPAC}
resource_types:
- {slug: guide, en: Guide, es: Guía}
organization_kinds:
- {slug: nonprofit, en: Nonprofit, es: Organización sin fines de lucro}
""",
    "organizations.yaml": """\
- {key: abc, name: Alliance, gloss_es: Alianza, kind: nonprofit, url: "https://example.org/"}
""",
    "people.yaml": """\
people:
- {key: ana-lopez, name: Ana López}
contacts:
- key: ana
  name: Ana López
  role: {en: Contact, es: Contacto}
  organization: abc
  email: ana@example.org
  languages: [en, es]
""",
    "glossary.yaml": """\
- key: reclassification
  en: {preferred: reclassification}
  es: {preferred: reclasificación}
  family:
    en: [get out of EL]
    es: [salir del programa]
""",
    "settings.yaml": """\
contact: ana
footer: {en: Made for families., es: Hecho para las familias.}
""",
    "pages/home.yaml": """\
- key: home
  type: home
  slug: {en: front, es: inicio}
  title: {en: Home, es: Inicio}
  intro: {en: Welcome., es: Le damos la bienvenida.}
  featured: [guide]
  body:
  - text:
      en: <p>Read the <a work="guide">guide</a>.</p> <p>Or <a href="https://example.org/en">write</a>.</p>
      es: <p>Lea la <a work="guide">guía</a>.</p> <p>O <a href="https://example.org/es">escriba</a>.</p>
  - steps:
      items:
      - title: {en: First, es: Primero}
        text: {en: Ask., es: Pregunte.}
- key: library
  type: library
  parent: home
  slug: {en: library, es: biblioteca}
  title: {en: Library, es: Biblioteca}
  show_in_menus: true
- key: partners
  type: partners
  parent: home
  slug: {en: partners, es: aliados}
  title: {en: Partners, es: Aliados}
- key: abc
  type: partner
  parent: partners
  slug: {en: abc, es: abc}
  title: {en: Alliance, es: Alliance}
  organization: abc
""",
    "library/guides.yaml": """\
- key: guide
  type: resource
  parent: library
  slug: {en: guide, es: guia}
  title: {en: The guide, es: La guía}
  summary: {en: A guide for families., es: Una guía para las familias.}
  resource_type: guide
  organizations: [abc]
  authors: [ana-lopez]
  date: "2025-06"
  topics: [elpac]
  files:
  - {language: en, url: "https://example.org/guide.pdf", format: pdf, pages: 12}
  related:
  - {work: hoja, relation: related}
  body:
  - heading: {en: Before you begin, es: Antes de empezar}
  - text:
      en: <p>Take your time.</p>
      es: <p>Tome su tiempo.</p>
- key: hoja
  type: resource
  parent: library
  languages: [es]
  slug: {es: hoja}
  title: {es: Una hoja en español}
  resource_type: guide
""",
    "samples/samples.yaml": """\
- key: sample-guide
  type: resource
  parent: library
  slug: {en: sample-guide, es: ejemplo-guia}
  title: {en: Sample guide, es: Guía de ejemplo}
  resource_type: guide
  files:
  - {language: en, document: sample.pdf, format: pdf}
""",
}
# A recording with captions, for those who add it to the samples.
RECORDING = """\
- key: program-list
  type: programs
  parent: home
  slug: {en: programs, es: programas}
  title: {en: Programs, es: Programas}
- {key: el-win, type: program, parent: program-list, slug: {en: el-win, es: el-win}, title: {en: EL-WIN, es: EL-WIN}}
- {key: events, type: convenings, parent: el-win, slug: {en: events, es: eventos}, title: {en: Events, es: Eventos}}
- {key: panel, type: convening, parent: events, slug: {en: panel, es: panel}, title: {en: Panel, es: Panel}}
- key: recording
  type: recording
  parent: panel
  slug: {en: recording, es: grabacion}
  title: {en: Recording, es: Grabación}
  captions:
  - {language: es, file: panel.vtt}
"""


class SmallContent:
    """The files in a folder, and a way to change one of them."""

    def __init__(self, folder: Path):
        self.folder = folder / "content"
        for name, text in FILES.items():
            self.write(name, text)
        (self.folder / "samples" / "sample.pdf").write_bytes(pdf("A sample"))

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))
