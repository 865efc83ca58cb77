"""Real transcripts become the right turns and real reports none; skipped where there are no samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from qda.errors import BadFileError
from qda.io.transcripts import read_transcript
from qda.io.transcripts.speakers import find_turns

SHARED = Path(__file__).parents[4] / "shared"
SAMPLES = SHARED / "interop" / "samples" / "transcripts"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are kept outside the repository")


@pytest.mark.parametrize(
    ("name", "turns", "speakers", "timed"),
    [
        ("away-from-keyboard-1.md", 22, 2, 2),
        ("away-from-keyboard-2.md", 30, 2, 0),
        ("away-from-keyboard-3.md", 36, 2, 4),
        ("frisian-dutch-radio.txt", 395, 143, 0),
        ("hebrew-debate.txt", 45, 32, 0),
        ("norwegian-dialect.txt", 0, 0, 0),
    ],
)
def test_real_transcripts(name: str, turns: int, speakers: int, timed: int) -> None:
    found = read_transcript(SAMPLES / name).turns
    assert len(found) == turns
    assert len({turn.label for turn in found}) == speakers
    assert sum(turn.time_ms is not None for turn in found) == timed


@pytest.mark.parametrize("mode", ["auto", "yes"])
def test_real_reports_have_no_speakers(mode: str) -> None:
    reports = sorted((SHARED / "reports").glob("*.txt"))
    if not reports:
        pytest.skip("the reports are kept outside the repository")
    assert [read_transcript(path, speakers=mode).turns for path in reports] == [()] * len(reports)


@pytest.mark.parametrize("mode", ["auto", "yes"])
def test_real_reports_with_entries_in_bold_have_no_speakers(mode: str) -> None:
    reports = sorted((SHARED / "reports").glob("*.txt"))
    if not reports:
        pytest.skip("the reports are kept outside the repository")
    entries = ("**Main concern:** ", "**Good practice:** ", "**Programme officer**: ")
    for report in reports:
        parts = read_transcript(report).text.split("\n\n")
        parts[::7] = [entries[at % 3] + part.lstrip() for at, part in enumerate(parts[::7])]
        assert find_turns("\n\n".join(parts), mode)[0] == ()


@pytest.mark.parametrize(
    ("name", "cues"),
    [
        ("captions_with_bom.vtt", 4),
        ("comments.vtt", 3),
        ("cue_tags.vtt", 3),
        ("metadata_headers.vtt", 2),
        ("metadata_headers_multiline.vtt", 2),
        ("missing_caption_text.vtt", 4),
        ("missing_caption_text.srt", 4),
        ("invalid_timeframe.srt", 5),
        ("one_caption.srt", 1),
        ("one_caption.vtt", 1),
        ("sample.srt", 5),
        ("sample.vtt", 16),
        ("sample.sbv", 5),
        ("two_captions.sbv", 2),
        ("missing_caption_text.sbv", 4),
        ("styles.vtt", 1),
        ("using_identifiers.vtt", 6),
        ("youtube_dl.vtt", 4),
    ],
)
def test_good_captions(name: str, cues: int) -> None:
    transcript = read_transcript(SAMPLES / "captions" / name)
    assert len(transcript.turns) == cues
    assert "-->" not in transcript.text
    assert "<c" not in transcript.text


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("empty.vtt", None),
        ("no_captions.vtt", None),
        ("invalid.vtt", 1),
        ("invalid_timeframe.vtt", 6),
        ("invalid_timeframe_in_cue_text.vtt", 7),
        ("missing_timeframe.vtt", 6),
        ("missing_timeframe.srt", 5),
        ("invalid_format1.srt", 1),
        ("invalid_format2.srt", 1),
        ("invalid_format3.srt", 1),
        ("invalid_format4.srt", None),
        ("invalid_format.sbv", 1),
        ("invalid_timeframe.sbv", 7),
        ("missing_timeframe.sbv", 4),
    ],
)
def test_broken_captions(name: str, line: int | None) -> None:
    with pytest.raises(BadFileError) as caught:
        read_transcript(SAMPLES / "captions" / name)
    assert caught.value.line == line
    assert "\n" not in str(caught.value)
