"""Proposes what would show a commitment kept or broken, from a table of the acts that such agreements deal in."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources
from typing import Any

import yaml

from pledgewatch.model.agreement import Agreement, Commitment, Indicator, Party, Shows
from pledgewatch.text.wordforms import Word, find_phrase, fold_words

_INCLUDING = re.compile(
    r"\b(?:including|such as|in particular|namely|like)\s+"
    r"(?P<names>(?:the\s+)?[A-Z][\w'’-]*(?:(?:\s+|,\s*|\s+and\s+|\s+or\s+)(?:the\s+)?[A-Z][\w'’-]*)*)"
)
_DEALT_WITH = re.compile(
    r"\b(?:members?|fighters?|elements?|leaders?|commanders?|cells?"
    r"|affiliates?)\s+of\s+(?:the\s+)?(?P<of>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*)"
    r"|\b(?:host|harbou?r|shelter|train|arm|fund|finance|assist|support|recruit for|cooperate with|ties with|ties to)"
    r"(?:ing)?\s+(?:the\s+)?(?P<it>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*)"
)
_RELATIVE = re.compile(
    r"\b(?:those|individuals|groups|anyone|persons|people|members)\s+(?:who|that"
    r"|which)\b[^,.;]*?(?=\s+(?:have|has|are|is)\s+no\b|[,.;]|$)"
)
_OTHERS = re.compile(
    r"\b(?:any|such|those|these|other)\b.*?\b(?:groups?|individuals?|persons?|organi[sz]ations?|who"
    r"|elements)\b|\bprevent|\ballow",
    re.S,
)
_AGAINST = re.compile(
    r"\bagainst\s+(?:the\s+)?(?:[a-z-]+\s+){0,8}(?:of\s+)?(?:the\s+)?(?P<name>[A-Z][\w'’-]*(?:\s+(?:of\s+"
    r")?[A-Z][\w'’-]*)*)"
)
_FORBIDS = re.compile(
    r"\b(?:not|never|prevents?|preventing|refrains?|abstains?|prohibits?|prohibiting|ceases?|stops?|ends?|halts?|no)\b",
    re.IGNORECASE,
)
_BINDS = re.compile(
    r"\b(?:will|shall|must|undertakes?|agrees?|commits?|to ensure|is to|are to)\b(?!\s+not\b)", re.IGNORECASE
)


@functools.cache
def act_table() -> dict[str, Any]:
    """The packaged table of act classes (``acts.yml``)."""
    table: dict[str, Any] = yaml.safe_load(
        resources.files("pledgewatch.ledger").joinpath("acts.yml").read_text("utf-8")
    )
    return table


def propose_indicators(agreement: Agreement, text: str) -> tuple[Indicator, ...]:
    """Proposes indicators for every commitment; a person edits them afterwards (rule 9).

    A clause is searched for words of the act classes in ``acts.yml``. An act that the clause binds to gives an
    indicator of keeping when done and of breaking when undone; an act that it forbids or must prevent gives the two
    the other way round. A group that the agreement names after "including" stands for "such groups" in every clause.

    Args:
        text: canonical text of the agreement's document.

    Returns:
        Indicators in the order of the commitments; ids are readable (``i_2.3-host-broken``).
    """
    groups = find_named_groups(agreement, text)
    proposed: list[Indicator] = []
    for commitment in agreement.commitments:
        proposed += _propose(agreement, commitment, text, groups)
    return tuple(proposed)


def attach_indicators(agreement: Agreement, indicators: Sequence[Indicator]) -> Agreement:
    """The agreement with each commitment's indicators on it, in the order given."""
    return replace(
        agreement,
        commitments=tuple(
            replace(commitment, indicators=tuple(one for one in indicators if one.commitment == commitment.id))
            for commitment in agreement.commitments
        ),
    )


def find_named_groups(agreement: Agreement, text: str) -> tuple[str, ...]:
    """Groups that the agreement is about: "any group, including the X", "will not host members of the X".

    Parties, and names that stand for a territory in the text, are left out.
    """
    parties = {party.name for party in agreement.parties}
    names: dict[str, None] = {}
    for match in _INCLUDING.finditer(text):
        for name in re.split(r",\s*|\s+and\s+|\s+or\s+", match["names"]):
            bare = re.sub(r"^the\s+", "", name.strip())
            if bare and bare not in parties:
                names[bare] = None
    about_groups = {entry["class"] for entry in act_table()["classes"] if entry["objects"] == "group"}
    for commitment in agreement.commitments:
        if not about_groups & _classes_in(commitment, text).keys():
            continue
        for match in _DEALT_WITH.finditer(commitment.act.text):
            name = match["of"] or match["it"]
            # "members of the Front" are a party's own, under whatever part of its name.
            if not any(name in party or party in name for party in (*parties, *_aliases(agreement))):
                names[name] = None
    return tuple(names)


def _aliases(agreement: Agreement) -> tuple[str, ...]:
    return tuple(alias for party in agreement.parties for alias in party.aliases)


def _propose(agreement: Agreement, commitment: Commitment, text: str, groups: tuple[str, ...]) -> list[Indicator]:
    classes: dict[str, dict[str, Any]] = {entry["class"]: entry for entry in act_table()["classes"]}
    found = _classes_in(commitment, text)
    if not found:
        # "…, and the rest within three months": what is to be done stands in the commitment before.
        siblings = [one for one in agreement.commitments if one.clause == commitment.clause]
        earlier = siblings[: siblings.index(commitment)]
        is_elliptic = earlier and len(commitment.act.text.split()) <= 4
        found = _classes_in(earlier[-1], text) if is_elliptic else {}
    for name, is_forbidden in list(found.items()):
        for other in classes[name].get("with", ()):
            found.setdefault(other, is_forbidden)
    who = _names_of(agreement.parties, commitment.obligor)
    whom = _names_of(agreement.parties, commitment.to)
    indicators = []
    for name, is_forbidden in found.items():
        entry = classes[name]
        objects = _objects(entry["objects"], groups, _names_against(commitment) or whom)
        for side in ("done", "undone"):
            shows: Shows = "broken" if is_forbidden == (side == "done") else "kept"
            indicators.append(_fill(commitment, name, shows, entry[side], who, objects))
    whole = act_table()["whole_agreement"]
    for shows in ("kept", "broken"):
        indicators.append(_fill(commitment, "agreement", shows, whole[shows], who, tuple(whole["objects"])))
    return sorted(indicators, key=lambda one: one.id)


def _fill(
    commitment: Commitment,
    name: str,
    shows: Shows,
    entry: Mapping[str, Any],
    who: tuple[str, ...],
    objects: tuple[str, ...],
) -> Indicator:
    obligor = " and ".join(commitment.obligor) or "The obligor"
    named = tuple(one for one in objects if one[0].isupper())
    words = entry["text"].format(who=obligor, whom=" or ".join(named[:3]) or "such a group")
    return Indicator(
        id=f"i_{commitment.id.removeprefix('c_')}-{name}-{shows}",
        commitment=commitment.id,
        text=words[0].upper() + words[1:],
        shows=shows,
        telling=float(entry["telling"]),
        acts=tuple(str(act) for act in entry["acts"]),
        actors=who,
        objects=objects,
    )


def _objects(kind: object, groups: tuple[str, ...], whom: tuple[str, ...]) -> tuple[str, ...]:
    if kind == "group":
        return (*groups, *act_table()["general_groups"])
    if kind == "counterpart":
        return whom
    return tuple(kind) if isinstance(kind, list) else ()


def _names_of(parties: Sequence[Party], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for party in parties if party.name in names for name in (party.name, *party.aliases))
    )


def _classes_in(commitment: Commitment, text: str) -> dict[str, bool]:
    """The act classes in a commitment's words, in the table's order, and whether each is forbidden there."""
    start, end = _words_of_act(commitment, text)
    hidden = [match.span() for match in _RELATIVE.finditer(text, start, end)]
    for condition in commitment.conditions:
        hidden.append((condition.span.start, condition.span.end))
    words = [word for word in fold_words(text, start, end) if not any(a <= word.start < b for a, b in hidden)]
    found: dict[str, bool] = {}
    for entry in act_table()["classes"]:
        places = [place for phrase in entry["clause"] for place in find_phrase(words, phrase)]
        forbidding = [place for phrase in entry.get("forbids", ()) for place in find_phrase(words, phrase)]
        name = entry["class"]
        if "by_obligor" in entry and not _OTHERS.search(commitment.act.text):
            name = entry["by_obligor"]
        if forbidding:
            found[name] = True
        elif places:
            found[name] = _is_forbidden(commitment, text, words[min(places)[1] - 1])
    return found


def _words_of_act(commitment: Commitment, text: str) -> tuple[int, int]:
    """The place of the words for what is to be done; with the subject where that is a thing ("a ceasefire will …")."""
    start, end = commitment.act.start, commitment.act.end
    subject = text[commitment.span.start : start]
    heads = dict.fromkeys(word for name in commitment.obligor for word in re.findall(r"[A-Z][\w’'-]+", name))
    is_bound = any(re.search(rf"\b{re.escape(word)}", subject) for word in heads)
    return (start if is_bound else commitment.span.start), end


def _names_against(commitment: Commitment) -> tuple[str, ...]:
    """Whom the clause names after "against" ("the use of force against the integrity of Ostrava")."""
    match = _AGAINST.search(commitment.act.text)
    return (match["name"],) if match else ()


def _is_forbidden(commitment: Commitment, text: str, word: Word) -> bool:
    """Whether the last word before that binds or forbids is one that forbids."""
    start = commitment.span.start
    forbids = [match.end() for match in _FORBIDS.finditer(text, start, word.start)]
    binds = [match.end() for match in _BINDS.finditer(text, start, word.start)]
    if commitment.modality == "must not" and not binds:
        return True
    return bool(forbids) and max(forbids) > max(binds, default=-1)
