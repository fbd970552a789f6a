"""Makes the files in fixtures/ that tests cannot make themselves: they need a font, or LibreOffice.

    python -m tests.corpus.formats.make_fixtures FONT

FONT is a TrueType font with Chinese letters, such as wqy-microhei.ttc (Debian:
fonts-wqy-microhei). The other files are made anew by every test (school_report.py,
docx_files.py, pdf_files.py).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.corpus.formats import school_report as made

FIXTURES = Path(__file__).parent / "fixtures"


def main() -> None:
    """Make the first page of the shipped report as a scan, and the report as an old Word file."""
    FIXTURES.mkdir(exist_ok=True)
    _make_doc(FIXTURES / "report.doc")
    page = made.pages(made.shipped(), contents=False)[0]
    image = made.scan(page, Path(sys.argv[1]), dots=120).convert("L")
    made.seal(image := image.convert("RGB"), 120)
    image.save(FIXTURES / "scan.jpg", quality=40, dpi=(120, 120))


def _make_doc(path: Path) -> None:
    with TemporaryDirectory() as folder:
        given = Path(folder) / "report.docx"
        given.write_bytes(made.as_docx(made.shipped()))
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "doc:MS Word 97"]
        subprocess.run([*command, "--outdir", folder, str(given)], check=True)
        path.write_bytes(given.with_suffix(".doc").read_bytes())


if __name__ == "__main__":
    main()
