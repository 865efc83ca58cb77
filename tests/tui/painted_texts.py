"""Invented texts in many scripts, each paragraph a list of clusters that occur in it only once.

So what is painted tells which place of the stored text it is; nobody has to ask the layout.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from itertools import accumulate, cycle, islice, pairwise, product

SIZES = (3, 5, 2, 6, 4, 1, 7)
FACING = dict(zip("()[]«»", ")(][»«", strict=True))


def plain_key(sign: str) -> str:
    """What tells a sign from others, stored or painted: decomposed, without what has no picture."""
    parts = unicodedata.normalize("NFD", sign)
    return "".join(part for part in parts if unicodedata.category(part) != "Cf" and not 0xFE00 <= ord(part) <= 0xFE0F)


@dataclass(frozen=True)
class Paragraph:
    """Clusters in the stored order; `shown` says what is painted where that is not the cluster itself."""

    name: str
    clusters: tuple[str, ...]
    right: bool = False  # runs from right to left
    pure: bool = True  # in one direction only
    turned: str = ""  # brackets that stand in a stretch from right to left
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "".join(self.clusters)

    def keys(self, *, mirrored: bool) -> list[str]:
        """What is painted for each cluster; blanks are one space."""
        return [self._key(cluster, mirrored=mirrored) for cluster in self.clusters]

    def _key(self, cluster: str, *, mirrored: bool) -> str:
        if cluster in self.shown:
            return self.shown[cluster]
        if mirrored and cluster in self.turned:
            return FACING[cluster]
        return plain_key(cluster)

    def spans(self, start: int) -> list[tuple[int, int]]:
        """Offsets of the clusters in a text in which the paragraph starts at an offset."""
        edges = list(accumulate(map(len, self.clusters), initial=start))
        return list(pairwise(edges))


def spaced(clusters: list[str], *, sizes: tuple[int, ...] = SIZES) -> tuple[str, ...]:
    """The clusters in words of changing sizes."""
    found: list[str] = []
    rest = iter(clusters)
    for size in cycle(sizes):
        word = list(islice(rest, size))
        if not word:
            return tuple(found)
        found += [" ", *word] if found else word
    return tuple(found)


def once(text: str, *more: str) -> tuple[str, ...]:
    """The signs of a text (each a cluster), those left out that it had before; then some more clusters."""
    found: list[str] = []
    for sign in (*text, *more):
        if sign not in found or (sign == " " and found[-1] != " "):
            found.append(sign)
    return tuple(found)


def combined(letters: str, marks: str, most: int) -> list[str]:
    """Letters with marks, each pair once, neighbours different in both."""
    pairs = list(product(letters, marks.split()))
    step = next(step for step in range(len(marks.split()) + 2, len(pairs) * 2) if _coprime(step, len(pairs)))
    return ["".join(pairs[at * step % len(pairs)]) for at in range(min(most, len(pairs)))]


def _coprime(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1


def _emoji(*rows: str) -> dict[str, str]:
    """Clusters of several code points to the sign that stands for them: the first, or a flag's two."""
    found = {}
    for cluster in " ".join(rows).split():
        flag = 0x1F1E6 <= ord(cluster[0]) <= 0x1F1FF
        found[cluster] = cluster[:2] if flag else cluster[0] + "\u20e3" * cluster.endswith("\u20e3")
    return found


EMOJI = _emoji(
    "👍🏽 👩\u200d👩\u200d👧\u200d👦 🇳🇱 1\ufe0f\u20e3 ❤\ufe0f 🧑🏿\u200d🚀 🇳🇴 👋🏻",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 😀 🏳\ufe0f\u200d🌈 #\ufe0f\u20e3 ☎\ufe0f",
    "🙋🏾\u200d♀\ufe0f 🇧🇪 👨\u200d⚕\ufe0f ☕ 🤝🏼 🧕🏽 🫶🏿 9\ufe0f\u20e3 🐈\u200d⬛ ✈\ufe0f 🇩🇪 🌍 🔥 🦽 ©\ufe0f",
)
POINTS = "\u05b0 \u05b4 \u05b8 \u05bc\u05b7 \u05b5"
VOWELS = "\u064e \u064f \u0650 \u0651\u064e \u064b"
MATRAS = "\u093e \u093f \u0940 \u0941 \u0947 \u0948 \u094b \u0902"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىآأؤإئ"
KURDISH = "ڕێۆڵڤگچپژکئابتجحخدرزسشعغفقلمنوهھیە"
HEBREW = "אבגדהוזחטיכלמנסעפצקרשתךםןףץ"
THAI = ["ก", "ข", "ฃ", "ค", "ต", "ฆ", "ง", "จ", "ฉ", "ช", "ซ", "ฌ", "ญ", "ฎ", "ฏ", "ฐ", "ฑ", "ฒ", "ณ", "ด"]
LOWER, UPPER = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _alternating(first: str, second: str, digits: str = "") -> tuple[str, ...]:
    """Words of two scripts in turn, now and then a number."""
    found: list[str] = []
    parts, sizes, numbers = (iter(first), iter(second)), cycle((8, 6, 9, 7)), iter(digits)
    for number in range(200):
        word = list(islice(parts[number % 2], next(sizes)))
        if not word:
            break
        found += [" ", *word] if found else word
        if number % 4 == 1 and (figures := list(islice(numbers, 2))):
            found += [" ", *figures]
    return told_apart(tuple(found))


def told_apart(clusters: tuple[str, ...]) -> tuple[str, ...]:
    """Each space another of Unicode's, so that it is told from others wherever direction puts it."""
    spaces = iter(" \u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u2007\u1680\u3000")
    return tuple(next(spaces) if cluster == " " else cluster for cluster in clusters)


# The first of them are of one direction, the others mixed.
PARAGRAPHS = (
    Paragraph(
        "latin", spaced(combined("aeiouncsyzq", "\u0301 \u0300 \u0308 \u0323\u0302 \u0327", 55) + list("Tkw.!?"))
    ),
    Paragraph(
        "dutch and norwegian",
        once("Zë vróæg hÿ: ‘Bjørk, wåt dénkt jïj?’ — Qüx ÅØÆ LMFÉ. Cà€ STU/123-456 “P;N” XôÊ(Ü)Yì78 K9ûò0 EGHaf!"),
    ),
    Paragraph("greek", spaced([*"αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩάέήίόύώς", *"·,.;"])),
    Paragraph(
        "cyrillic",
        spaced([*"абвгдежзиклмнопрстуфхцчшщъыьэюяБДЖИЛФЦЧШЩЭЮЯ", "й", "и\u0306\u0301", "е\u0301", "о\u0301"]),
    ),
    Paragraph(
        "emoji", spaced([sign for pair in zip(EMOJI, LOWER + UPPER, strict=False) for sign in pair]), shown=EMOJI
    ),
    Paragraph(
        "chinese",
        once(
            "我们在山上看见三只白鸟，它飞过长河。老师问：“你为什么不说话？”孩子低头想了很久、才轻声回答「没有人听」！"
        ),
    ),
    Paragraph(
        "japanese",
        (
            "か\u3099",
            "ハ\u309a",
            *once("そのときわたしは、駅前で友達を待っていた。「遅ひネ」とア母笑う。Tokyでo３８１ﾔﾕﾖ　仕事"),
        ),
    ),
    Paragraph(
        "korean",
        (
            "ᄒ\u1161\u11ab",
            "ᄀ\u1173\u11af",
            *once(" 우리는 산에서 세 마리 새를 보았고 강 넘어 갔다 왜 말하지 않니 묻던 선생님께 답했요"),
        ),
    ),
    Paragraph(
        "thai",
        (
            *spaced(
                [*combined("มนสทพ", "\u0e33 \u0e34\u0e48 \u0e31\u0e49 \u0e39 \u0e4c", 25), *THAI, "เ", "แ", "ไ"],
                sizes=(9, 14, 6),
            ),
        ),
    ),
    Paragraph("devanagari", spaced(["क्ष\u093f", "त्र", "ज्ञ\u093e", *combined("कगचजतदनपबमयरलवसह", MATRAS, 62)])),
    Paragraph("hebrew", spaced([*HEBREW, *",.?"]), right=True),
    Paragraph("hebrew with points", spaced(combined(HEBREW[:22], POINTS, 70)), right=True),
    Paragraph("arabic", spaced([*ARABIC, *"،؟؛"]), right=True),
    Paragraph("arabic with vowels", spaced(combined(ARABIC[:28], VOWELS, 70)), right=True),
    Paragraph(
        "sorani",
        spaced(
            [
                "ی\u200c",
                "م\u0650",
                *KURDISH.replace("ی", "").replace("ب", ""),
                *"؟،",
                "و\u0652",
                "ک\u0650",
                "ب\u200c",
                "ض",
                "ط\u200d",
            ]
        ),
        right=True,
    ),
    # Mixed: in comments the picture, read from left to right.
    Paragraph("hebrew in latin", once("Ab cd אבגד (הוז) 12 efg."), pure=False, turned="()"),
    Paragraph("latin in hebrew", once("פצק abc (def) רש 34, תם"), right=True, pure=False),
    Paragraph("bracket in arabic", once("جدي (uvw) 56 كلن"), right=True, pure=False, turned="()"),
    Paragraph("kurdish in dutch", _alternating(LOWER + UPPER[:12], KURDISH, "123456"), pure=False),
    Paragraph("latin in kurdish", _alternating(KURDISH, LOWER + UPPER[:12], "123456"), right=True, pure=False),
    Paragraph(
        "pointed in latin",
        told_apart(spaced([*"wxyz", *combined(HEBREW[:8], POINTS, 24), *LOWER[:12]], sizes=(4, 6))),
        pure=False,
    ),
    Paragraph(
        "latin with marks in arabic",
        told_apart(
            spaced(
                [
                    *combined("بتثجحخ", VOWELS, 22),
                    *combined("aeou", "\u0301 \u0308 \u0327", 12),
                    *ARABIC[10:24],
                    "😀",
                    "👋🏽",
                ],
                sizes=(5, 7, 6),
            )
        ),
        right=True,
        pure=False,
        shown={"👋🏽": "👋"},
    ),
    Paragraph(
        "chinese and arabic",
        told_apart(once("山上白鸟 ابتث 飞过长河 جحخد 老师问 12 ذرز 你不说话 سشص 孩子想很久 ضطظ 才回答 عغف")),
        pure=False,
    ),
    Paragraph(
        "signs without a picture",
        ("\u0301", "a", "\xad", "b", "\u200b", "c", "\t", "d", "\u0007", "e", "\u00a0", "f"),
        shown={"\u0301": "◌\u0301", "\xad": "¬", "\u200b": "·", "\t": " ", "\u0007": "␇"},
    ),
)
PICTURES = {
    "hebrew in latin": "Ab cd 12 (זוה) דגבא efg.",
    "latin in hebrew": "םת ,34 שר abc (def) קצפ",
    "bracket in arabic": "نلك 56 (uvw) يدج",
}
