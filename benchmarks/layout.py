"""How fast a long text is laid out, by script: prints a table; CPU time of this process, milliseconds.

    .venv/bin/python benchmarks/layout.py [code points, 500000 unless told]

first: made and 40 lines at the top mapped; re-wrap: median of nine widths after all is measured; view: 40 lines
in the middle, no map kept; all: everything measured in the background; MB: memory of the layout, text left out.
"""

from __future__ import annotations

import sys
import tracemalloc
from statistics import median
from time import process_time

from qda.tui.layout import TextLayout

LINES = {
    "latin": "I: And then we moved to the other house, which was well-known in the town. \n",
    "arabic": "ثم انتقلنا إلى البيت الآخر، وكان معروفا في المدينة كلها منذ زمن طويل. \n",
    "arabic, marks": "ثُمَّ انْتَقَلْنَا إِلَى البَيْتِ الآخَرِ وَكَانَ مَعْرُوفًا فِي المَدِينَةِ (2019). \n",
    "kurdish + latin": "پاشان بۆ ماڵێکی تر گواستمانەوە (house 12) کە لە شارەکە ناسراو بوو. \n",
    "hebrew": "אחר כך עברנו לבית אחר, שהיה ידוע בעיר (1998) כבר זמן רב. \n",
    "chinese": "后来我们搬到了另一所房子，那所房子在城里很有名。大家都知道它在哪里。\n",
    "korean": "그 후 우리는 다른 집으로 이사했는데 그 집은 마을에서 잘 알려져 있었다. \n",
    "thai": "หลังจากนั้นเราย้ายไปอยู่บ้านอีกหลังหนึ่ง ซึ่งทำให้เป็นที่รู้จักกันดีในเมือง \n",
    "hindi": "उसके बाद हम दूसरे घर में चले गए, जो शहर में बहुत प्रसिद्ध था और क्षेत्र में भी। \n",
    "emoji": "so happy 😀 about it 👍🏽 with the family 👨‍👩‍👧 in 🇳🇱 and ❤️ again and again. \n",
}


def corpus(line: str, size: int, *, paragraphs: bool) -> str:
    """A text of one line over and over: paragraphs of about 400 code points, or a single one."""
    words = line.rstrip("\n")
    text = (words * (400 // len(words)) + "\n") if paragraphs else words
    return (text * (size // len(text) + 1))[:size]


def spent(work: object, *arguments: object) -> tuple[float, object]:
    """CPU milliseconds of a call, and what it returned."""
    begun = process_time()
    result = work(*arguments)  # type: ignore[operator]
    return 1000 * (process_time() - begun), result


def view(layout: TextLayout, offset: int) -> None:
    """What a viewer does to paint 40 lines."""
    top = layout.settle(offset, 0, 40)
    for number in range(top, min(top + 40, layout.line_count)):
        layout.map(number).text  # noqa: B018 - the text is made when read


def first(text: str) -> TextLayout:
    """From the text to the first screen."""
    layout = TextLayout(text, 80)
    view(layout, 0)
    return layout


def measured(text: str) -> list[float]:
    """The figures of one text."""
    cold, layout = spent(first, text)
    assert isinstance(layout, TextLayout)
    jump, _ = spent(view, layout, len(text) // 2)
    background, _ = spent(layout.refine, 60.0)
    rewraps = [spent(layout.resize, width)[0] for width in (60, 61, 79, 81, 100, 120, 150, 77, 40)]
    views = []
    for turn in range(20):
        layout.resize(80 + turn % 2)
        layout.settle(len(text) // 3, 0, 40)
        views.append(spent(view, layout, len(text) // 3)[0])
    tracemalloc.start()
    kept = TextLayout(text, 80)
    kept.refine(60.0)
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return [cold, jump, background, median(rewraps), max(rewraps), median(views), max(views), memory]


def main() -> None:
    """Print the table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    first(corpus("".join(LINES.values()).replace("\n", ""), 20_000, paragraphs=True))
    heads = ("first", "jump", "all", "re-wrap", "max", "view", "max", "MB")
    print(f"{size:,} code points".ljust(28) + "".join(f"{head:>9}" for head in heads))
    for paragraphs in (True, False):
        for name, line in LINES.items():
            figures = measured(corpus(line, size, paragraphs=paragraphs))
            label = name if paragraphs else f"{name}, one paragraph"
            print(label.ljust(28) + "".join(f"{figure:9.1f}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
