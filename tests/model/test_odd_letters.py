"""Every character that folding must look at is one of the odd ones, whatever this Python knows of Unicode."""

from __future__ import annotations

import re
import sys
import unicodedata

from qda.model.folding import SHY
from qda.model.odd_letters import LOOK, end_of_odd


def test_all_other_letters_are_folded_one_by_one() -> None:
    plain = "".join(
        sign
        for sign in map(chr, range(sys.maxunicode + 1))
        if not (end_of_odd(sign, 0, 1) or 0xD800 <= ord(sign) < 0xE000 or sign.isspace() or sign == SHY)
    )
    assert [sign for sign in plain if unicodedata.combining(sign)] == []
    assert [sign for sign in plain if len(sign.casefold()) != 1] == []
    assert unicodedata.is_normalized("NFC", plain)
    assert LOOK.search(plain) is None


def test_what_is_no_plain_space_is_looked_at() -> None:
    spaces = [sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace() and sign not in " \n"]
    assert [sign for sign in spaces if not LOOK.search(f"a{sign}b") or end_of_odd(sign, 0, 1)] == []
    assert all(re.fullmatch(r"\s", sign) for sign in spaces)
