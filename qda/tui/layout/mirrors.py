"""Facts of Unicode about signs that come in facing pairs: their mirror images, and which of them are brackets."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Pairs that stand side by side in the code chart: the first sign of the first and of the last pair of a row.
_ROWS = (
    "28-28 f3a-f3c 169b-169b 2039-2039 2045-2045 207d-207d 208d-208d 223c-223c 2252-2254 2264-226a 226e-228a "
    "228f-2291 22a2-22a2 22b0-22b6 22c9-22cb 22d0-22d0 22d6-22ec 22f0-22f0 2308-230a 2329-2329 2768-2774 27c3-27c5 "
    "27c8-27c8 27d5-27d5 27dd-27dd 27e2-27ee 2983-298b 298e-298e 2991-2997 29a4-29a4 29a8-29ae 29c0-29c0 29c4-29c4 "
    "29cf-29d1 29d4-29d4 29d8-29da 29e8-29e8 29f8-29f8 29fc-29fc 2a2b-2a2d 2a34-2a34 2a3c-2a3c 2a64-2a64 2a79-2aa1 "
    "2aa6-2aac 2aaf-2ad5 2aec-2aec 2af7-2af9 2e02-2e04 2e09-2e09 2e0c-2e0c 2e1c-2e1c 2e20-2e28 2e55-2e5b 3008-3010 "
    "3014-301a fe59-fe5d fe64-fe64 ff08-ff08 ff5f-ff5f ff62-ff62"
)
# Pairs whose two signs stand apart.
_APART = "<>[]{}«»⟋⟍＜＞［］｛｝∈∋∉∌∊∍⦍⦐∕⧵∟⯾∠⦣∡⦛∢⦠∤⫮≃⋍≅≌⋶⋽⋷⋾⊘⦸⊦⫞⊨⫤⊩⫣⊫⫥⊸⟜⋲⋺⋳⋻⋴⋼"


def _pairs() -> Iterator[tuple[str, str]]:
    for row in _ROWS.split():
        first, last = (int(edge, 16) for edge in row.split("-"))
        for code in range(first, last + 1, 2):
            yield chr(code), chr(code + 1)
    yield from zip(_APART[::2], _APART[1::2], strict=True)


# The sign that is painted where a mirrored sign stands in right-to-left text.
MIRROR: dict[str, str] = {}
# Opening bracket to closing bracket, as far as the bidirectional algorithm pairs them.
BRACKETS: dict[str, str] = {}

for _one, _other in _pairs():
    MIRROR[_one], MIRROR[_other] = _other, _one
    _kinds = unicodedata.category(_one) + unicodedata.category(_other)
    if _kinds == "PsPe":
        BRACKETS[_one] = _other
    elif _kinds == "PePs":
        BRACKETS[_other] = _one

# The old angle brackets count as the same brackets as the canonical ones.
SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
CLOSING = frozenset(BRACKETS.values())
