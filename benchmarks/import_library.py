"""How long imports, exports and made libraries take: `python -m benchmarks.import_library [--rows 1000]`.

Runs in a database of its own with the site's content, and removes it afterwards.
"""

import argparse
import csv
import os
import resource
import tempfile
import time
from pathlib import Path


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1000)
    arguments.add_argument("--made", type=int, default=2000)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="import-benchmark-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")
        measure(Path(folder), options.rows, options.made)


def measure(folder: Path, rows: int, made: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_site_content", verbosity=0)
    table = write_table(folder / "works.csv", rows)
    quiet = {"verbosity": 0}
    report("import, dry run", rows, lambda: call_command("import_library", table, dry_run=True, **quiet))
    report("import", rows, lambda: call_command("import_library", table, **quiet))
    report("import again, nothing changed", rows, lambda: call_command("import_library", table, **quiet))
    changed = write_table(folder / "changed.csv", rows, summary="A new summary of {number}.")
    report("import, every summary changed", rows, lambda: call_command("import_library", changed, **quiet))
    report("export", rows, lambda: call_command("export_library", folder / "out.csv", **quiet))
    report("make_library", made, lambda: call_command("make_library", works=made, **quiet))
    report("make_library --remove", made, lambda: call_command("make_library", remove=True, **quiet))


def report(name: str, works: int, run) -> None:
    began, used = time.monotonic(), time.process_time()
    run()
    seconds, processor = time.monotonic() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:32} {works:7} works {seconds:7.1f} s ({processor:.1f} s CPU) {works / seconds:7.0f}/s {peak} MB")


def write_table(path: Path, rows: int, summary: str = "What families can ask about step {number}.") -> Path:
    """Bilingual works that use vocabularies, people, links and bodies of several paragraphs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = None
        for number in range(rows):
            row = table_row(number, summary)
            if writer is None:
                writer = csv.DictWriter(file, list(row))
                writer.writeheader()
            writer.writerow(row)
    return path


def table_row(number: int, summary: str) -> dict[str, str]:
    paragraphs = range(1 + number % 4)
    return {
        "key": f"benchmark-{number}",
        "type": ("report", "guide", "brief")[number % 3],
        "title_en": f"Guide number {number} for families",
        "title_es": f"Guía número {number} para familias",
        "summary_en": summary.format(number=number),
        "summary_es": f"Lo que las familias pueden preguntar sobre el paso {number}.",
        "body_en": "\n\n".join(f"Paragraph {part} of guide {number} explains reclassification." for part in paragraphs),
        "body_es": "\n\n".join(
            f"El párrafo {part} de la guía {number} explica la reclasificación." for part in paragraphs
        ),
        "link_en": f"https://example.org/en/{number}.pdf",
        "link_es": f"https://example.org/es/{number}.pdf",
        "date": ("2024", "2024-05", "2023-11-02")[number % 3],
        "authors": ("", "Laurie Olsen", "Laurie Olsen; Martha Hernández")[number % 3],
        "organizations": "Californians Together",
        "topics": ("reclassification; elpac", "Biliteracidad", "data")[number % 3],
        "audiences": "families",
        "grades": "tk-5",
        "program": "el-win",
        "regions": "central-valley",
        "counties": ("Fresno", "kern", "Condado de Merced")[number % 3],
    }


if __name__ == "__main__":
    main()
