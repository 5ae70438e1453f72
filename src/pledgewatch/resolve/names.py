"""Names of actors: what of a mention is name and what is title, and which acronym stands for which name."""

from __future__ import annotations

import re

from pledgewatch.model.actor import Actor
from pledgewatch.model.reading import MentionType
from pledgewatch.resolve.words import resolve_words
from pledgewatch.text.folding import fold_name

COLLECTIVE: frozenset[MentionType] = frozenset({"group", "state", "body"})
"""Readers tell these apart by the words alone, so that a name may come as any of them."""

_INTRODUCED = re.compile(r"\s?\((?:the |or |hereinafter |known as )?[\"“”']?([A-Z][A-Za-z.&-]{1,9})[\"“”']?\)")
_POSSESSIVE = re.compile(r"[’'][sS]?$")


def names_of(actor: Actor) -> tuple[str, ...]:
    """The names by which a text may mention an actor: the name and every alias that is not weak.

    For :func:`pledgewatch.text.folding.find_names`.
    """
    return (actor.name, *(alias.name for alias in actor.aliases if not alias.weak))


def class_of(kind: MentionType) -> str:
    """The class within which names are compared: ``person``, ``collective``, or the type itself."""
    return "collective" if kind in COLLECTIVE else kind


def strip_titles(name: str) -> str:
    """A person's name without the titles before it.

    >>> strip_titles("Deputy Foreign Minister Mira Tolk"), strip_titles("General")
    ('Mira Tolk', 'General')
    """
    words = name.split()
    index = 0
    while index < len(words) - 1 and fold_name(words[index]).replace(" ", "") in resolve_words().titles:
        index += 1
    return " ".join(words[index:])


def tidy_name(surface: str) -> str:
    """A mention's words as a name is shown: without a leading *the*, a possessive *'s*, line breaks.

    >>> tidy_name("the Varna  Front’s")
    'Varna Front'
    """
    name = _POSSESSIVE.sub("", " ".join(surface.split()))
    return name[4:] if name[:4].lower() == "the " and len(name) > 4 else name


def is_generic(folded: str) -> bool:
    """Whether many bear this name, so that it names nobody across documents: at most two telling words, all generic.

    >>> [is_generic(name) for name in ("army", "ministry of defence", "state security service", "varna council")]
    [True, True, False, False]
    """
    words = folded.split()
    telling = [word for word in words if word not in resolve_words().small]
    return len(telling) <= 2 and all(word in resolve_words().generic for word in words)


def introduced_acronym(name: str, text: str, end: int) -> tuple[str, int] | None:
    """The acronym that stands in brackets right after a name at ``text[...:end]``, with the end of the brackets.

    Its letters must be the first letters of the name's words in order; small words may be passed over.

    >>> introduced_acronym("Joint Verification Team", "the Joint Verification Team (JVT) said", 27)
    ('JVT', 33)
    """
    found = _INTRODUCED.match(text, end)
    if found is None or not fits_acronym(found[1], name):
        return None
    return found[1], found.end()


def fits_acronym(acronym: str, name: str) -> bool:
    """Whether ``acronym`` is made of the first letters of the words of ``name``.

    >>> [fits_acronym(acronym, "Union of Rivers") for acronym in ("UOR", "UR", "XY")]
    [True, True, False]
    """
    letters = fold_name(acronym).replace(" ", "")
    words = [word for word in fold_name(name).split() if word]
    without_small = [word for word in words if word not in resolve_words().small]
    return len(letters) >= 2 and any(
        letters == "".join(word[0] for word in choice) for choice in (words, without_small)
    )


def splits_demonym(folded: str, known: str) -> str | None:
    """The one word before a known name, when it may be a demonym ("ostravan" before "varna front").

    >>> splits_demonym("ostravan varna front", "varna front")
    'ostravan'
    """
    if not folded.endswith(" " + known):
        return None
    word = folded[: -len(known) - 1]
    return word if re.fullmatch(r"\w+(?:an|i|ese|ish|ch|ek|is|ic)", word) else None
