from __future__ import annotations

import pytest

from qda.errors import BadFileError
from qda.io.codebook import read_codebook

# The lines after `codes:`, the place and the beginning of the sentence.
NOT_YAML = [
    ("- name: a\n\tdefinition: b\n", "3:1", "a tab stands here"),
    ("- name: a\n  definition: b\tc\n", "3:16", "a tab stands here"),
    ('- name: "a\n  definition: b\n', "2:9", "the quote that opens here is never closed"),
    ("- name: 'a\n---\nb'\n", "2:9", "the quote that opens here is not closed before"),
    ("- name: a\n   definition: b\n", "3:14", "this key is not indented like the keys it belongs to"),
    ("- name: a\n definition: b\n", "3:2", "this does not fit what stands above it"),
    ("  - name: a\n - name: b\n", "3:2", "this does not fit what stands above it"),
    (
        "- name: a\n  definition: b: c\n",
        "3:16",
        "a colon followed by a space cannot stand in text without quotes",
    ),
    ("- name: a\n  definition b\n", "3:3", "this is no key with a colon after it"),
    ('- name: "a" b\n', "2:13", "text stands here after a closing quote"),
    ('- name: "\\q"\n', "2:10", "a backslash in double quotes begins an escape"),
    ('- name: "\\xZZ"\n', "2:10", "a backslash in double quotes begins an escape"),
    ('- name: "\\UFFFFFFFF"\n', "2:10", "a backslash in double quotes begins an escape"),
    ("- name: **b**\n", "2:9", "text cannot begin with '*'"),
    ("- name: *b\n", "2:9", "YAML's aliases are not used in codebooks"),
    ("- name: &b a\n", "2:9", "YAML's anchors are not used in codebooks"),
    ("- name: a\n  <<: *b\n", "3:7", "YAML's aliases are not used in codebooks"),
    ("- name: !!python/object:os.system a\n", "2:9", "YAML's tags are not used in codebooks"),
    ("- name: !a!b c\n", "2:9", "text cannot begin with '!'"),
    ("- !!map {name: a}\n", "2:3", "YAML's tags are not used in codebooks"),
    ("- name: %a\n", "2:9", "text cannot begin with '%'"),
    ("- name: @a\n", "2:9", "text cannot begin with '@'"),
    ("- name: |a\n", "2:9", "after '|' or '>' the text begins on the next line"),
    ("- name: ]\n", "2:9", "text cannot begin with ']'"),
    ("- name: - a\n", "2:9", "a list item ('- ') cannot stand here"),
    ("- name: ? a\n", "2:9", "a '?' followed by a space cannot stand here"),
    ("- {name: a, definition: b\n", "3:1", "the mapping that opens with '{' in line 2, column 3 lacks"),
    (
        "- name: a\n  aliases: [a, b\n  origin: open\n",
        "4:9",
        "the list that opens with '[' in line 3, column 12 lacks",
    ),
    ("- name: a\n  name: b\n", "3:3", "the key 'name' stands here again, after line 2"),
    ("- name: a\n  x: {b: 1, b: 2}\n", "3:13", "the key 'b' stands here again, after line 3"),
    ("- ? [a]\n  : b\n", "2:5", "a key cannot be a list or a mapping"),
    ("- name: a\n---\ncodes: []\n", "3:1", "a second document begins here"),
    ("- name: a\0\n", "2:10", "a NUL character stands here"),
    ("- name: \u00e9\x07\n", "2:10", "the invisible character U+0007 stands here"),
    ("- name: a # \u2028\n", "2:13", "the invisible character U+2028 stands here"),
    ("- name: \ufeffa\n", "2:9", "the invisible character U+FEFF stands here"),
    ("[" * 1000, "2:150", "lists and mappings are nested more than 150 levels deep"),
    (
        "- name: a\n  x: " + "[" * 60 + "]" * 60,
        "3:56",
        "lists and mappings under 'x' are nested more than 50 levels deep",
    ),
    ("- name: a\n  x: " + "{a: " * 60 + "}" * 60, "3:206", "lists and mappings under 'x' are nested more than 50"),
]
NO_CODEBOOK = [
    ("- goodwill\n", "2:3", "a code is written as '- name: its name'"),
    ("- definition: b\n", "2:3", "this code has no name"),
    ("- name: ''\n", "2:9", "the name of this code is empty"),
    ("- name:\n", "2:8", "the name of this code is empty"),
    ("- name: ' a'\n", "2:9", "the name ' a' begins or ends with white space"),
    ('- name: "a\\nb"\n', "2:9", "the name 'a\\nb' has a line break in it"),
    ("- name: [a]\n", "2:9", "the name of a code must be text, not a list"),
    ("- name: a\n  def: b\n", "3:3", "unknown key 'def' in the code 'a': did you mean 'definition'?"),
    (
        "- name: a\n  Definiton: b\n",
        "3:3",
        "unknown key 'Definiton' in the code 'a': did you mean 'definition'?",
    ),
    ("- name: a\n  alias: b\n", "3:3", "unknown key 'alias' in the code 'a': did you mean 'aliases'?"),
    ("- name: a\n  codes: b\n", "3:3", "unknown key 'codes' in the code 'a': did you mean 'children'?"),
    (
        "- name: a\n  source: b\n",
        "3:3",
        "unknown key 'source' in the code 'a': put keys of your own under 'x:'",
    ),
    ("- name: a\ndefinition: b\n", "3:1", "unknown key 'definition' in the codebook: it belongs to a code"),
    ("-name: a\n", "2:1", "unknown key '-name' in the codebook: put a space after its dash"),
    ("- name: a\n  definition: {a: b}\n", "3:15", "'definition' of the code 'a' must be text, not a mapping"),
    ("- name: a\n  labels: x\n", "3:11", "'labels' of the code 'a' must be a mapping"),
    (
        "- name: a\n  labels:\n    nl: [a]\n",
        "4:9",
        "'nl' in 'labels' of the code 'a' must be text, not a list",
    ),
    (
        "- name: a\n  aliases: {a: b}\n",
        "3:12",
        "'aliases' of the code 'a' must be a list of texts, not a mapping",
    ),
    (
        "- name: a\n  aliases: [a, [b]]\n",
        "3:16",
        "an item of 'aliases' of the code 'a' must be text, not a list",
    ),
    ("- name: a\n  ordinal: 1\n", "3:12", "'ordinal' of the code 'a' must be true or false, not '1'"),
    (
        "- name: a\n  origin: mine\n",
        "3:11",
        "'origin' of the code 'a' must be a-priori, open, in-vivo or analyst, not",
    ),
    (
        "- name: a\n  exclusive: yes\n",
        "3:14",
        "'exclusive' of the code 'a' must be text or case_moment, not 'yes'",
    ),
    ("- name: a\n  moment: date\n", "3:11", "'moment' of the code 'a' needs 'exclusive: case_moment'"),
    (
        "- name: a\n  exclusive: text\n  moment: date\n",
        "4:11",
        "'moment' of the code 'a' needs 'exclusive: case_moment'",
    ),
    ("- name: a\n  children: x\n", "3:13", "'children' of the code 'a' must be a list of codes, not text"),
    (
        "- name: a\n  children:\n    name: b\n",
        "4:5",
        "'children' of the code 'a' must be a list of codes, not a mapping",
    ),
    (
        "- name: Straße\n- name: STRASSE\n",
        "3:9",
        "'STRASSE' has the same name as its sibling 'Straße' in line 2",
    ),
    (
        "- name: \u00e9\n- name: e\u0301\n",
        "3:9",
        "'e\u0301' has the same name as its sibling '\u00e9' in line 2",
    ),
    ('- name: "a\\ud800"\n', "2:9", "half a character (a lone surrogate) is escaped here"),
    ('- name: a\n  definition: "\\udfff"\n', "3:15", "half a character (a lone surrogate) is escaped here"),
    ("- {name: a}\n- {name: a}\n", "3:10", "'a' has the same name as its sibling 'a' in line 2"),
    (
        "- name: a\n- name: b\n  aliases:\n  - x\n  - A\n",
        "6:5",
        "the alias 'A' of 'b' names its sibling in line 2",
    ),
]
WHOLE_TEXTS = [
    ("- name: a\n", "f:1:1", "a codebook begins with 'codes:'"),
    ("code:\n- name: a\n", "f:1:1", "unknown key 'code' in the codebook: did you mean 'codes'?"),
    (
        "study: a\ncodes: []\n",
        "f:1:1",
        "unknown key 'study' in the codebook: put keys of your own under 'x:'",
    ),
    ("codes: a\n", "f:1:8", "'codes' of the codebook must be a list of codes, not text"),
    ("codebook: [a]\n", "f:1:11", "'codebook' of the codebook must be text, not a list"),
    ("codebook: {name: [a]}\n", "f:1:18", "the codebook's name must be text, not a list"),
    ("codebook: {name: a, v: 1}\nx: {v: 2}\n", "f:1:21", "'v' stands under 'codebook' and under 'x'"),
    ("%YAML 2.0\n---\na: b\n", "f:1:1", "lines that begin with '%' are not used in codebooks"),
]


@pytest.mark.parametrize(("lines", "place", "sentence"), NOT_YAML + NO_CODEBOOK)
def test_the_place_and_the_problem_are_named(lines: str, place: str, sentence: str) -> None:
    with pytest.raises(BadFileError) as refused:
        read_codebook(f"codes:\n{lines}", "book.yaml")
    said = str(refused.value)
    assert said.startswith(f"book.yaml:{place}: {sentence}")
    assert "\n" not in said
    assert f"{refused.value.line}:{refused.value.column}" == place


@pytest.mark.parametrize(("text", "place", "sentence"), WHOLE_TEXTS)
def test_what_a_codebook_begins_with(text: str, place: str, sentence: str) -> None:
    with pytest.raises(BadFileError) as refused:
        read_codebook(text, "f")
    assert str(refused.value).startswith(f"{place}: {sentence}")


@pytest.mark.parametrize(("written", "sign"), [("a\\0", "U+0000"), ("a\\eb", "U+001B"), ("\\x7fb", "U+007F")])
def test_a_name_with_an_escaped_control_character_is_refused_where_it_stands(written: str, sign: str) -> None:
    with pytest.raises(BadFileError) as refused:
        read_codebook(f'codes:\n- name: a\n  children:\n  - name: "{written}"\n', "f")
    assert str(refused.value).startswith("f:4:11: the name '")
    assert str(refused.value).endswith(f"' has the control character {sign} in it: remove it")


@pytest.mark.parametrize("text", ["", "\n \n", "# only a comment\n", "---\n", "\ufeff"])
def test_an_empty_file_says_what_to_do(text: str) -> None:
    with pytest.raises(
        BadFileError, match=r"^f: nothing stands in this file: a codebook begins with 'codes:'"
    ) as refused:
        read_codebook(text, "f")
    assert refused.value.line is None


def test_a_huge_file_is_refused_unread() -> None:
    with pytest.raises(BadFileError, match=r"^f: this file has more than 2,000,000 characters"):
        read_codebook("[" * 2_000_001, "f")


def test_the_column_counts_from_the_line_and_not_from_crlf() -> None:
    with pytest.raises(BadFileError, match=r"^f:3:3: unknown key 'defn'"):
        read_codebook("\ufeffcodes:\r\n- name: a\r\n  defn: b\r\n", "f")
