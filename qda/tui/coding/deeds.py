"""What the keys of the coding screen do to the selection, to codings and to the study."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.finding import find_folded
from qda.model.paths import join_path, split_path
from qda.store.coding_edits import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.model.nouns import Coding
    from qda.tui.app import QdaApp
    from qda.tui.coding.cursor import Cursor
    from qda.tui.coding.guided import Guide
    from qda.tui.coding.painting import Look
    from qda.tui.coding.panes import CodesPane, DetailPane
    from qda.tui.coding.picker import Picked, Picker
    from qda.tui.coding.prompt import Prompt
    from qda.tui.coding.transcript import Transcript
    from qda.tui.workspace import News, OpenSource, Workspace

_TIME = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})")
IN_VIVO_LONGEST = 60


class Deeds:
    """The actions of the coding screen that are more than moving; each is undone with one key."""

    workspace: Workspace
    opened: OpenSource
    cursor: Cursor
    look: Look
    picker: Picker
    guide: Guide
    prompt: Prompt
    transcript: Transcript
    codes: CodesPane
    details: DetailPane
    panes: dict[str, bool | None]
    found: list[tuple[int, int]]
    adjusting: tuple[int, bool] | None

    if TYPE_CHECKING:

        def travel(self, go: object, *, centre: bool = False) -> None: ...  # noqa: D102 - in the screen
        def moved(self) -> None: ...  # noqa: D102 - in the screen
        def say(self, words: str, *, error: bool = False) -> None: ...  # noqa: D102 - in the screen
        def take_in(self, news: News) -> None: ...  # noqa: D102 - in the screen
        def show_codes(self) -> None: ...  # noqa: D102 - in the screen
        def show_detail(self) -> None: ...  # noqa: D102 - in the screen
        def fit_panes(self, width: int) -> None: ...  # noqa: D102 - in the screen
        @property
        def qda(self) -> QdaApp: ...  # noqa: D102 - in the screen

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; what is refused is said in the status line."""
        try:
            act()
        except QdaError as error:
            self.say(str(error), error=True)

    def change(self, act: Callable[[], object]) -> None:
        """Change the study and paint what is new."""
        self.take_in(self.workspace.do(act))

    # --- selecting --------------------------------------------------------------------------------------

    def here(self) -> list[Coding]:
        """The codings under the cursor that are shown."""
        return [one for one in self.opened.spans.at(self.cursor.at) if self.look.visible(one)]

    def chosen(self) -> Coding:
        """The coding that keys work on.

        Raises:
            QdaError: There is none under the cursor.
        """
        coding = self.opened.spans.get(self.look.chosen) if self.look.chosen is not None else None
        if coding is None:
            raise QdaError("there is no coding under the cursor; ] goes to the next one")
        return coding

    def target(self) -> tuple[int, int]:
        """The words that a code goes on: the selection, without it the sentence under the cursor."""
        start, end = self.cursor.selection or self._sentence()
        text = self.opened.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
        if start >= end:
            raise QdaError("there are no words here: select some with S, v or the mouse")
        return start, end

    def _sentence(self) -> tuple[int, int]:
        self.complete_sentences()
        return self.cursor.sentence_at(self.cursor.at)

    def do_mark(self) -> None:
        """Begin or end a selection."""
        self.travel(self.cursor.mark)

    def do_guided(self) -> None:
        """Begin the guided first coding."""
        self.guide.begin()

    def do_cancel(self) -> None:
        """Give up the selection, or the marks of what was found."""
        if self.cursor.selection is None and self.guide.is_open:
            self.guide.end()
        if self.cursor.selection is None and not self.cursor.marking and self.look.hits:
            self._show_hits([])
        self.travel(self.cursor.clear)

    def do_select_sentence(self) -> None:
        """Select the sentence here."""
        self.complete_sentences()
        self.travel(lambda: self.cursor.select_unit("sentence"))

    def do_select_turn(self) -> None:
        """Select the turn here."""
        self.travel(lambda: self.cursor.select_unit("turn"))

    def do_select_coding(self) -> None:
        """Select the words of the chosen coding."""
        coding = self.chosen()
        self.travel(lambda: self.cursor.select(coding.start, coding.end))

    def do_next_here(self) -> None:
        """Choose another of the codings under the cursor."""
        keys = [one.key for one in self.here()]
        if not keys:
            raise QdaError("there is no coding under the cursor; ] goes to the next one")
        at = keys.index(self.look.chosen) if self.look.chosen in keys else -1
        before = self.opened.spans.get(self.look.chosen) if self.look.chosen is not None else None
        self.look.chosen = keys[(at + 1) % len(keys)]
        coding = self.chosen()
        self.transcript.repaint([(one.start, one.end) for one in (before, coding) if one is not None])
        self.moved()

    # --- coding -----------------------------------------------------------------------------------------

    def do_pick(self) -> None:
        """Open the list of codes for the selection, or the sentence here."""
        start, end = self.target()
        said = f"Code “{_short(self.opened.text[start:end])}”"
        self._open_picker(said, self._put_picked)

    def _open_picker(
        self, title: str, then: Callable[[Picked], None], *, typed: str = "", several: bool = True
    ) -> None:
        look = (self.look.paint, self.look.colour_of)
        self.picker.open(title, then, recent=self.workspace.recent, look=look, typed=typed, several=several)

    def _put_picked(self, picked: Picked) -> None:
        codes = list(picked.codes)
        place = self.target()
        if picked.new:
            self._make(picked.new)
            self.take_in(self.workspace.refresh())
            made = self.workspace.tree.find(picked.new)
            codes += [made.key] if made is not None else []
        self.put_codes(codes, place)

    def _make(self, path: str) -> None:
        """Make a code, and the codes above it that are not there yet."""
        names = split_path(path)
        for depth in range(1, len(names) + 1):
            above = join_path(names[:depth])
            if self.workspace.study.codebook.tree().find(above) is None:
                self.workspace.study.codebook.add(above, origin="open")

    def put_codes(self, codes: list[int], place: tuple[int, int] | None = None) -> None:
        """Put codes on the selection, or on a stretch."""
        start, end = place or self.target()
        source = self.opened.source
        at = Place(source.key, source.revision_key, start, end)
        made: list[int] = []
        chosen = self.cursor.selection
        self.workspace.used(codes)
        self.change(lambda: made.extend(self.workspace.study.coding_edits.apply(at, codes)))
        self.travel(self.cursor.clear)
        if chosen is not None:
            self._to_last_sentence(start, end)
        if made and self.cursor.at in range(start, end):
            self.look.chosen = made[-1]
            self.transcript.repaint([(start, end)])
        self.show_codes()
        self.guide.did("coded")
        names = ", ".join(self.look.names.get(code, "?") for code in codes)
        self.say(f"{names} on “{_short(self.opened.text[start:end])}” — u takes it back")

    def _to_last_sentence(self, start: int, end: int) -> None:
        """Stand in the last sentence that was coded, so that the next one is the next."""
        inside = [sentence[0] for sentence in self.cursor.sentences if start <= sentence[0] < end]
        if inside and inside[-1] != self.cursor.at:
            self.travel(lambda: self.cursor.go(inside[-1]))

    def do_recent(self, number: int) -> None:
        """Put a recent code on the selection."""
        if number > len(self.workspace.recent):
            raise QdaError("there is no recent code with this number yet; c picks one by name")
        self.put_codes([self.workspace.recent[number - 1]])

    def do_repeat(self) -> None:
        """Put the last codes on this selection too."""
        if not self.workspace.last_codes:
            raise QdaError("there is nothing to repeat yet; c picks a code by name")
        self.put_codes(self.workspace.last_codes)

    def do_in_vivo(self) -> None:
        """Make a code of the selected words."""
        start, end = self.target()
        words = " ".join(self.opened.text[start:end].split())
        if len(words) > IN_VIVO_LONGEST:
            raise QdaError(f"an in-vivo code is a few words, at most {IN_VIVO_LONGEST} characters; select fewer")
        name = words.replace("\\", "\\\\").replace("/", "\\/")

        def make() -> None:
            self.workspace.study.codebook.add(name, origin="in-vivo")

        if self.workspace.tree.find(name) is None:
            self.change(make)
        code = self.workspace.tree.find(name)
        if code is not None:
            self.put_codes([code.key], (start, end))

    def do_remove(self) -> None:
        """Take the chosen coding away."""
        coding = self.chosen()
        self.change(lambda: self.workspace.study.coding_edits.remove([coding.key]))
        self.say(f"{self.look.names.get(coding.code, '?')} taken away — u brings it back")

    def do_recode(self) -> None:
        """Give the chosen coding another code."""
        coding = self.chosen()

        def then(picked: Picked) -> None:
            def recode() -> None:
                code = (
                    picked.codes[0]
                    if picked.codes
                    else self.workspace.study.codebook.add(picked.new, origin="open").key
                )
                self.workspace.study.coding_edits.recode(coding.key, code)

            self.change(recode)
            self.say("the coding has its new code — u takes it back")

        said = f"Another code in the place of {self.look.names.get(coding.code, '?')}"
        self._open_picker(said, then, several=False)

    def do_adjust(self) -> None:
        """Begin to move the ends of the chosen coding."""
        coding = self.chosen()
        self.adjusting = (coding.key, True)
        self.travel(lambda: self.cursor.select(coding.start, coding.end))
        self._say_adjusting()

    def _say_adjusting(self) -> None:
        end = self.adjusting is not None and self.adjusting[1]
        self.say(f"{'end' if end else 'start'}: ←→ by word, Shift by character, Tab the other end, Enter saves, Esc")

    def adjust_key(self, name: str) -> None:
        """Take a key while the ends of a coding are moved."""
        if self.adjusting is None:
            return
        key, end = self.adjusting
        if name == "tab":
            self.adjusting = (key, not end)
        elif name in ("escape", "enter"):
            self._end_adjusting(key, save=name == "enter")
            return
        else:
            self._move_end(name, end=end)
        self._say_adjusting()

    def _end_adjusting(self, key: int, *, save: bool) -> None:
        self.adjusting = None
        chosen = self.cursor.selection
        self.travel(self.cursor.clear)
        if save and chosen is not None:
            self.change(lambda: self.workspace.study.coding_edits.move(key, *chosen))
            self.travel(lambda: self.cursor.go(chosen[0]))
            self.look.chosen = key
            self.moved()
            self.transcript.repaint([chosen])
            self.say("the coding has its new ends — u takes it back")
        else:
            self.say("the coding is as it was")

    def _move_end(self, name: str, *, end: bool) -> None:
        chosen = self.cursor.selection
        if chosen is None:
            return
        start, stop = chosen
        place = self._moved_end(name, stop if end else start, end=end)
        start, stop = (start, place) if end else (place, stop)
        if start < stop:
            self.travel(lambda: self.cursor.select(start, stop))
            self.travel(lambda: self.cursor.go(stop if end else start, keep=True))

    def _moved_end(self, name: str, place: int, *, end: bool) -> int:
        layout, cursor = self.cursor.layout, self.cursor
        if name in ("shift+left", "H"):
            return layout.previous_cluster(place)
        if name in ("shift+right", "L"):
            return layout.next_cluster(place)
        cursor.at = place
        if name in ("left", "h", "b"):
            found = cursor.word_back()
            word = cursor.word_at(found) if end else None
            if word is not None and word[1] >= place:
                cursor.at = found
                word = cursor.word_at(cursor.word_back())
            return word[1] if word is not None else found
        if name in ("right", "l", "w"):
            if not end:
                return cursor.word()
            word = cursor.word_at(place) or cursor.word_at(cursor.word())
            return word[1] if word is not None else place
        return place

    def do_split(self) -> None:
        """Split the chosen coding at the cursor."""
        coding, at = self.chosen(), self.cursor.at
        self.change(lambda: self.workspace.study.coding_edits.split(coding.key, at))
        self.say("split in two — u makes it one again")

    def do_weigh(self) -> None:
        """Ask for a weight, within the scale where the codebook defines one."""
        coding = self.chosen()
        code = self.workspace.code(coding.code)
        scale = _scale(code.entry.extra) if code is not None else None
        said = f"weight, {scale[0]:g} to {scale[1]:g}" if scale else "weight (a number)"

        def then(typed: str) -> None:
            weight = _number(typed, scale)
            self.change(lambda: self.workspace.study.coding_edits.weigh(coding.key, weight))
            self.say("no weight any more" if weight is None else f"weight {weight:g} — u takes it back")

        self._ask(f"{said}; empty takes it away:", then)

    def _ask(self, question: str, then: Callable[[str], None], **more: object) -> None:
        while_typing = more.get("while_typing")
        self.prompt.open(question, then, self.look.paint, while_typing=while_typing if callable(while_typing) else None)

    # --- looking ----------------------------------------------------------------------------------------

    def do_definition(self) -> None:
        """Show the definition of the code under the cursor, in the pane or, without it, in a window."""
        coding = self.chosen()
        code = self.workspace.code(coding.code)
        if code is not None:
            self.qda.show_code(code)

    def do_focus(self, code: int | None = None) -> None:
        """Tint a code with its subcodes; the same again: none."""
        tree = self.workspace.tree
        wanted = code if code is not None else self.chosen().code if not self.look.focus else None
        focus = frozenset(tree.below(wanted)) if wanted is not None else frozenset[int]()
        self.look.focus = frozenset[int]() if focus == self.look.focus else focus
        self.transcript.repaint(everything=True)

    def do_others(self) -> None:
        """Show or hide what other coders did."""
        self.look.others = not self.look.others
        self.transcript.repaint(everything=True)
        self.moved()
        self.say("codings of all coders" if self.look.others else "only your own codings")

    def do_codes_pane(self) -> None:
        """Show or hide the codebook pane."""
        self._toggle("codes", self.codes)

    def do_detail_pane(self) -> None:
        """Show or hide what is known of this place."""
        self._toggle("detail", self.details)
        self.show_detail()

    def _toggle(self, name: str, pane: CodesPane | DetailPane) -> None:
        self.panes[name] = not pane.display
        self.fit_panes(self.qda.size.width)

    def do_find(self) -> None:
        """Ask for words, and go to them while they are typed."""
        origin = self.cursor.at

        def look(typed: str, shortest: int = 2) -> None:
            # A single letter of ours is everywhere; a Chinese one takes three bytes and is worth looking for.
            self._show_hits(self._hits(typed) if len(typed.encode()) >= shortest else [])
            following = [hit for hit in self.found if hit[0] >= origin] or self.found
            if following:
                self.travel(lambda: self.cursor.go(following[0][0]), centre=True)

        def then(typed: str) -> None:
            look(typed, 1)
            self.say(f"{len(self.found)} found; n the next, N the one before, Esc takes the marks away")

        self._ask("find:", then, while_typing=look)

    def _hits(self, typed: str) -> list[tuple[int, int]]:
        if not typed.strip():
            return []
        return find_folded(self.opened.text, self.workspace.folded(), typed)

    def _show_hits(self, hits: list[tuple[int, int]]) -> None:
        self.found = hits
        self.look.hits = hits
        self.transcript.repaint(everything=True)

    def do_find_next(self) -> None:
        """Go to the next place that was found."""
        self._to_hit(1)

    def do_find_back(self) -> None:
        """Go to the place found before."""
        self._to_hit(-1)

    def _to_hit(self, step: int) -> None:
        if not self.found:
            raise QdaError("nothing was looked for yet, or nothing found: / finds words in this text")
        at = self.cursor.at
        if step > 0:
            hit = next((one for one in self.found if one[0] > at), self.found[0])
        else:
            hit = next((one for one in reversed(self.found) if one[0] < at), self.found[-1])
        self.travel(lambda: self.cursor.go(hit[0]), centre=True)
        self.say(f"{self.found.index(hit) + 1} of {len(self.found)}")

    def do_uncoded(self) -> None:
        """Go to the next sentence without a coding of one's own; questions are passed over."""
        self.complete_sentences()
        me = self.workspace.me
        asking = self.workspace.interviewers()
        for start, end in self.cursor.sentences:
            if start <= self.cursor.at or any(a < end and start < b for a, b in self.opened.not_data):
                continue
            turn = self.cursor.turn_at(start)
            if turn is not None and turn.person in asking:
                continue
            if not any(one.coder == me for one in self.opened.spans.over(start, end)):
                self.travel(lambda: self.cursor.go(start), centre=True)  # noqa: B023 - called at once
                return
        self.say("behind this place every sentence has a code of yours")

    def do_go_to(self) -> None:
        """Ask for a turn or a time, and go there."""

        def then(typed: str) -> None:
            place = self._place_of(typed.strip())
            self.travel(lambda: self.cursor.go(place), centre=True)

        self._ask("turn number, or time such as 12:30:", then)

    def _place_of(self, typed: str) -> int:
        time = _TIME.fullmatch(typed)
        if time:
            hours, minutes, seconds = (int(part or 0) for part in time.groups())
            wanted = ((hours * 60 + minutes) * 60 + seconds) * 1000
            timed = [turn for turn in self.opened.turns if turn.time_ms is not None]
            if not timed:
                raise QdaError("this text has no time stamps")
            before = [turn for turn in timed if turn.time_ms is not None and turn.time_ms <= wanted]
            return (before or timed)[-1 if before else 0].body
        found = [turn for turn in self.opened.turns if str(turn.number) == typed]
        if not found:
            raise QdaError(f"there is no turn '{typed}' in this text")
        return found[0].body

    # --- sentences --------------------------------------------------------------------------------------

    def slices(self) -> Iterator[bool]:
        """Find the sentences a stretch at a time, so that no key has to wait."""
        yield from self.workspace.find_sentences()
        if self.opened.sentences is not None:
            self.cursor.sentences = self.opened.sentences

    def complete_sentences(self) -> None:
        """Have all sentences now."""
        if self.opened.sentences is None:
            for _ in self.workspace.find_sentences():
                pass
        self.cursor.sentences = self.opened.sentences or []

    # --- writing ----------------------------------------------------------------------------------------

    def do_memo(self) -> None:
        """Write a memo on the selection, else on the turn."""
        turn = self.cursor.turn_at(self.cursor.at)
        stretch = self.cursor.selection or (self.cursor.turn_words(turn) if turn is not None else None)
        self.qda.write_memo(self.opened.source.name, stretch)

    def do_comment(self) -> None:
        """Write a comment on the chosen coding."""
        self.qda.write_comment(self.chosen())

    def do_not_data(self) -> None:
        """Mark the selection as no data; on such a stretch, take the mark away."""
        name, at = self.opened.source.name, self.cursor.at
        low, high = self.cursor.selection or (at, at + 1)
        inside = [span for span in self.opened.not_data if span[0] <= low and high <= span[1]]
        if inside:
            self.change(lambda: self.workspace.study.not_data.remove(name, *inside[0]))
            self.travel(self.cursor.clear)
            self.say("this counts as data again — u takes it back")
            return
        start, end = self.target()
        self.change(lambda: self.workspace.mark_not_data(start, end))
        self.travel(self.cursor.clear)
        self.say("not data: left out of words, bases and searches — u takes it back")

    def do_done(self) -> None:
        """Mark the source as done, or as in progress again."""
        state = "in progress" if self.workspace.is_done() else "done"
        self.change(lambda: self.workspace.set_progress(state))
        self.say(f"{self.opened.source.name} is {state} for you — u takes it back")

    def do_undo(self) -> None:
        """Take back the last action of this coder."""
        self.change(lambda: self.say(f"taken back: {self.workspace.study.changes.undo()}"))

    def do_redo(self) -> None:
        """Do again what was taken back."""
        self.change(lambda: self.say(f"done again: {self.workspace.study.changes.redo()}"))

    def do_bookmark(self) -> None:
        """Set or take away a bookmark."""
        self.workspace.toggle_bookmark(self.cursor.at)
        self.look.bookmarks = frozenset(self.workspace.bookmarks())
        self.transcript.repaint([(self.cursor.at, self.cursor.at + 1)])

    def do_next_bookmark(self) -> None:
        """Go to the next bookmark, after the last to the first."""
        marks = sorted(self.workspace.bookmarks())
        if not marks:
            raise QdaError("there is no bookmark in this text yet; B sets one")
        place = next((mark for mark in marks if mark > self.cursor.at), marks[0])
        self.travel(lambda: self.cursor.go(place), centre=True)

    def reopen(self, said: str) -> None:
        """Show the source anew."""
        source = self.workspace.study.sources.by_key(self.opened.source.key)
        if source is None:
            self.qda.call_later(self.qda.begin)
        else:
            self.qda.open_source(source.name, self.cursor.at, said=said)


def _short(words: str, most: int = 32) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _scale(extra: object) -> tuple[float, float] | None:
    """The scale that a codebook defines for a code under `x: {scale: [least, most]}`."""
    found = extra.get("scale") if isinstance(extra, dict) else None
    try:
        least, most = (float(str(end)) for end in found) if isinstance(found, list) else (None, None)
    except ValueError:
        return None
    return (least, most) if least is not None and most is not None else None


def _number(typed: str, scale: tuple[float, float] | None) -> float | None:
    if not typed.strip():
        return None
    try:
        weight = float(typed.replace(",", "."))
    except ValueError:
        raise QdaError(f"'{typed.strip()[:20]}' is no number") from None
    if scale is not None and not scale[0] <= weight <= scale[1]:
        raise QdaError(f"the codebook's scale for this code goes from {scale[0]:g} to {scale[1]:g}")
    return weight
