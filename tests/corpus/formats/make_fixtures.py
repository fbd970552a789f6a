"""Makes the files in fixtures/ that tests cannot make themselves, for they need a font.

    python -m tests.corpus.formats.make_fixtures FONT

FONT is a TrueType font with Chinese letters, such as wqy-microhei.ttc (Debian:
fonts-wqy-microhei). The other files are made anew by every test (school_report.py,
docx_files.py, pdf_files.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.corpus.formats import school_report as made

FIXTURES = Path(__file__).parent / "fixtures"


def main() -> None:
    """Make the first page of the shipped report as a scan."""
    FIXTURES.mkdir(exist_ok=True)
    page = made.pages(made.shipped(), contents=False)[0]
    image = made.scan(page, Path(sys.argv[1]), dots=120).convert("L")
    made.seal(image := image.convert("RGB"), 120)
    image.save(FIXTURES / "scan.jpg", quality=40, dpi=(120, 120))


if __name__ == "__main__":
    main()
