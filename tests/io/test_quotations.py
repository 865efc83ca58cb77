"""Quotations stand where they are letter for letter, at each of their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.errors import QdaError
from qda.io.quotations import Quotes


@given(st.text(st.sampled_from("ab")), st.text(st.sampled_from("ab"), min_size=1, max_size=3))
def test_a_quotation_stands_at_each_of_its_places(text: str, quote: str) -> None:
    quotes = Quotes(lambda _: text)
    places = [at for at in range(len(text)) if text.startswith(quote, at)]
    for number, at in enumerate(places, 1):
        assert quotes.find("s", quote, number) == (at, at + len(quote))
    with pytest.raises(QdaError):
        quotes.find("s", quote, len(places) + 1)
    if len(places) == 1:
        assert quotes.find("s", quote) == (places[0], places[0] + len(quote))
    else:
        with pytest.raises(QdaError):
            quotes.find("s", quote)
