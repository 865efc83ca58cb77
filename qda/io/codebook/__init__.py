"""Codebooks as YAML in which every scalar is a string: reading, writing with comments kept, comparing."""

from __future__ import annotations

from qda.io.codebook.difference import Difference, diff_codebooks
from qda.io.codebook.reader import read_codebook
from qda.io.codebook.writer import write_codebook

__all__ = ["Difference", "diff_codebooks", "read_codebook", "write_codebook"]
