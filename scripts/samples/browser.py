"""Chromium without a window: HTML to tagged PDF, HTML to picture."""

import os
import shutil
import subprocess

FLAGS = ["--headless=new", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb"]


def run(*arguments):
    chromium = shutil.which("chromium")
    # Chromium's sandbox refuses to start for root, as in a container.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    subprocess.run([chromium, *FLAGS, *sandbox, *arguments], check=True, capture_output=True, timeout=120)


def print_pdf(page, target):
    """Print the HTML file `page`; headings become the PDF's outline, elements its tags."""
    run("--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={target}", page.as_uri())


def take_picture(page, target, width, height):
    """A PNG of the HTML file `page`, `width` by `height` pixels."""
    run(f"--window-size={width},{height}", f"--screenshot={target}", page.as_uri())
