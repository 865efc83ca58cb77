"""The pictures of the page for a browser, taken in Chromium: `python tests/page_pictures.py` makes them anew."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "render"))

from browser import Browser  # noqa: E402 - after the line above

BOOK = ROOT / "exports" / "report.html"
CELL = '#r3 tbody tr:has(th[data-said="agency_level/own_decision"]) td:nth-child(2) [data-e]'


def main() -> None:
    """A comparison with the excerpts behind one of its cells, light and dark."""
    with TemporaryDirectory() as place:
        browser = Browser(Path(place))
        try:
            for ending, dark in (("", True), ("-light", False)):
                browser.open(BOOK, width=1440, height=760, dark=dark)
                browser.run("document.getElementById('r3').scrollIntoView()")
                browser.run(f"document.querySelector({CELL!r}).focus({{ preventScroll: true }})")
                browser.press("Enter")
                browser.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
                (ROOT / "docs" / "pictures" / f"book{ending}.png").write_bytes(browser.picture())
        finally:
            browser.close()


if __name__ == "__main__":
    main()
