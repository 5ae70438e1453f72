"""The named mention behind a speaker: inside the words, or, for "he" and "the minister", the one last spoken of."""

from __future__ import annotations

from bisect import bisect_left

from pledgewatch.read.readers.encoder.drafts import Draft
from pledgewatch.read.readers.encoder.lexicon import cue_words, gazetteer, name_words
from pledgewatch.read.readers.encoder.names import Name

_REACH = 1_500
"""Code points back to look for the person meant by a pronoun that follows no statement."""


def name_speakers(text: str, drafts: list[Draft], names: list[Name]) -> list[int | None]:
    """For each statement the place in ``names`` of the mention behind its speaker; ``None`` where nobody is named.

    A pronoun is never its own answer: "he" is the last person who spoke or, failing that, the last one named nearby;
    "they" is whoever spoke before; "I" and "we" within a turn of a transcript are its speaker.
    """
    starts = [name.start for name in names]
    found: list[int | None] = []
    last_person: int | None = None
    last_other: int | None = None
    last_person_at = -_REACH
    turn: tuple[int | None, tuple[int, int]] | None = None
    by_label: dict[str, int | None] = {}
    for draft in drafts:
        if draft.speaker is None:
            found.append(None)
            continue
        start, end = draft.speaker
        words = text[start:end].lower().split()
        if draft.turn:
            label = text[start:end]
            if label not in by_label:
                by_label[label] = _turn_speaker(text, draft.speaker, names, starts)
            index = by_label[label]
            turn = (index, (draft.content[0][0], draft.content[-1][1]))
            found.append(index)
            continue
        inside_turn = turn is not None and turn[1][0] <= start < turn[1][1]
        if inside_turn and turn is not None and words[0] in ("i", "we"):
            found.append(turn[0])
            continue
        if words[0] in cue_words("him") and len(words) == 1 and words[0] != "i":
            index = last_person if start - last_person_at < 4 * _REACH else None
            recent = _last_person(names, starts, start)
            if inside_turn and turn is not None:
                # In a conversation "he" is somebody named in the same breath, or nobody we know.
                index = recent if recent is not None and names[recent].start >= turn[1][0] else None
            elif index is None or (recent is not None and last_person_at < names[recent].start - _REACH):
                index = recent
            found.append(index)
            if index is not None:
                last_person, last_person_at = index, start
            continue
        if words[0] in cue_words("them") and len(words) == 1:
            found.append(last_other if words[0] in ("they", "it") else None)
            continue
        if words == ["who"]:
            found.append(_named_in(names, starts, max(0, start - 80), start, last=True))
            continue
        index = _inside(text, names, starts, start, end)
        if index is None:
            index = _by_title(words, names, starts, start)
        if index is not None and names[index].type == "person":
            last_person, last_person_at = index, start
        else:
            last_other = index
        found.append(index)
    return found


def _inside(text: str, names: list[Name], starts: list[int], start: int, end: int) -> int | None:
    """The mention that the words name: a person, a name standing alone, or the body whose official it is."""
    inside = [index for index in range(bisect_left(starts, start), bisect_left(starts, end)) if names[index].end <= end]
    if not inside:
        return None
    head_end = _head_end(text, start, end)
    people = [index for index in inside if names[index].type == "person" and not _owned(text, names[index])]
    # "The minister of X, Y": whoever X is, it is Y who speaks.
    people.sort(key=lambda index: text[start : names[index].start].lower().endswith((" of ", " for ", " in ")))
    for index in people:
        if (
            names[index].start < head_end
            or _titled(text, start, names[index])
            or _only_described(text, start, names[index].start)
        ):
            return index
    actors = [index for index in inside if names[index].type in ("group", "body", "state", "document", "other")]
    front = [index for index in actors if names[index].end <= head_end]
    lead = text[start : names[front[-1]].start].lower().split() if front else []
    if front and not cue_words("former") & set(lead):
        last = front[-1]
        rest = text[names[last].end : head_end].lower().replace("’s", " ").replace("'s", " ").split()
        if not rest or all(word in cue_words("speakers") or word.isalpha() for word in rest):
            return last
    after = text[start:head_end].lower().split()
    if not cue_words("former") & set(after):
        return next((index for index in actors if names[index].start >= head_end), None)
    return None


def _head_end(text: str, start: int, end: int) -> int:
    """Where the noun phrase proper ends: before the first comma, "of", "who" and their like."""
    place = start
    words = text[start:end]
    for word in words.split(" "):
        if place > start and word.lower() in (
            "of",
            "for",
            "who",
            "whose",
            "in",
            "at",
            "with",
            "from",
            "on",
            "to",
            "which",
            "tasked",
            "by",
        ):
            return place
        if word.endswith(","):
            return place + len(word) - 1
        place += len(word) + 1
    return end


def _owned(text: str, name: Name) -> bool:
    return text[name.end : name.end + 2] in ("’s", "'s")


def _titled(text: str, start: int, name: Name) -> bool:
    """Whether nothing but a title and names of states or bodies stands before the name."""
    lead = text[start : name.start].lower().replace("’s", "").replace("-", " ").split()
    small = name_words("titles") | name_words("connectors") | {"the", "former"}
    return len(lead) <= 8 and all(word.strip(".,") in small or (word.strip(","),) in gazetteer() for word in lead)


def _only_described(text: str, start: int, stop: int) -> bool:
    """Whether a description and a comma stand before the name: the coordinator of the panel, A. Vess."""
    return text[start:stop].rstrip().endswith(",")


def _named_in(names: list[Name], starts: list[int], start: int, end: int, last: bool) -> int | None:
    found = [
        index
        for index in range(bisect_left(starts, start), bisect_left(starts, end))
        if names[index].type in ("person", "group", "body", "state")
    ]
    return (found[-1] if last else found[0]) if found else None


def _last_person(names: list[Name], starts: list[int], place: int) -> int | None:
    for index in range(bisect_left(starts, place) - 1, -1, -1):
        if names[index].start < place - _REACH:
            return None
        if names[index].type == "person" and not names[index].text.isupper():
            return index
    return None


def _by_title(words: list[str], names: list[Name], starts: list[int], place: int) -> int | None:
    """ "The minister": the last person named with that title before."""
    if words[0] not in ("the", "this") or len(words) > 4:
        return None
    title = " ".join(words[1:]).strip(".,")
    if title not in name_words("offices") and title not in name_words("titles"):
        return None
    for index in range(bisect_left(starts, place) - 1, -1, -1):
        name = names[index]
        if (
            name.type == "person"
            and name.title
            and (name.title == title or name.title.endswith(" " + title) or name.title.startswith(title))
        ):
            return index
    return None


def _turn_speaker(text: str, label: tuple[int, int], names: list[Name], starts: list[int]) -> int | None:
    """The person named in a label or, for a label in capitals, the one whom it means."""
    inside = _last_person(names, starts, label[1])
    return inside if inside is not None and names[inside].start >= label[0] else _labelled(text[slice(*label)], names)


def _labelled(label: str, names: list[Name]) -> int | None:
    """The person behind a label in capitals: MS. VESS is the Vess, THE PRESIDENT the President whom the text names."""
    words = label.lower().replace("’", "'").split("(")[0].split()
    if not words or words == ["q"]:
        return None
    surname = words[-1].strip(".")
    title = " ".join(words[1:]) if words[0] == "the" else ""
    best = None
    for index, name in enumerate(names):
        if name.type != "person":
            continue
        if title and name.title and (name.title == title or name.title.endswith(" " + title)):
            return index
        if not title and name.key.split()[-1:] == [surname.replace("-", " ").split()[-1]]:
            if " " in name.key:
                return index
            best = index if best is None else best
    return best
