"""Proposes what would show a commitment kept or broken, from a table of the acts that such agreements deal in."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources
from typing import Any

import yaml

from pledgewatch.ledger.cues import word_table
from pledgewatch.model.agreement import Agreement, Commitment, Indicator, Party, Shows
from pledgewatch.text.wordforms import Word, find_phrase, fold_word, fold_words

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


_NAME = re.compile(r"\b(?:[A-Z][\w’'-]+\s+){1,5}[A-Z][\w’'-]+")
_PREVENTS = re.compile(r"\b(?:prevent|hinder|obstruct|impede|refuse|deny|delay|block|stop|keep)\w*\b")
_AVOIDED = re.compile(r"\b(?:avoided|prevented|prohibited|excluded|forbidden|stopped|ended|brought to an end)\b")
_PHRASES = re.compile(
    r"\s+(?:of|in|on|to|for|with|by|at|from|under|within|into|between|along|through|against|that|which|who"
    r"|and|or|as|a|an|the|its|their|all|any)\b|[,;:.()]"
)
_SAID_IN_PASSIVE = re.compile(r"\b(?:shall|will|must|is to|are to)(?: not)? be\b")
_NO_HEADS = frozenset(
    [
        "each",
        "other",
        "both",
        "one",
        "them",
        "it",
        "such",
        "same",
        "time",
        "day",
        "days",
        "further",
        "free",
        "cost",
        "manner",
        "over",
        "up",
        "upon",
        "out",
        "off",
        "back",
        "down",
        "aside",
        "again",
        "immediately",
    ]
)


@functools.lru_cache(maxsize=1)
def _verb_list() -> re.Pattern[str]:
    verbs = "|".join(sorted(word_table()["verbs"], key=lambda verb: (-len(verb), verb)))
    return re.compile(
        rf"(?:jointly |also |immediately |not )?(?:{verbs})(?:s|es|ing)?(?:(?:, | and | or "
        rf"|, and )(?:{verbs})(?:ing)?)*(?= )"
    )


@functools.cache
def act_table() -> dict[str, Any]:
    """The packaged table of act classes (``acts.yml``)."""
    table: dict[str, Any] = yaml.safe_load(
        resources.files("pledgewatch.ledger").joinpath("acts.yml").read_text("utf-8")
    )
    return table


def act_sides() -> dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """What shows each class of acts done, and undone; of the agreement as a whole, kept and broken ("agreement")."""
    table = act_table()
    whole = table["whole_agreement"]
    sides = {str(row["class"]): (row["done"], row["undone"]) for row in table["classes"]}
    return sides | {"agreement": (whole["kept"], whole["broken"])}


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
    # What somebody may do can be neither kept nor broken.
    if commitment.modality == "may":
        return []
    classes: dict[str, dict[str, Any]] = {entry["class"]: entry for entry in act_table()["classes"]}
    found = _classes_in(commitment, text, groups)
    if not found:
        # "…, and the rest within three months": what is to be done stands in the commitment before.
        siblings = [one for one in agreement.commitments if one.clause == commitment.clause]
        earlier = siblings[: siblings.index(commitment)]
        is_elliptic = earlier and len(commitment.act.text.split()) <= 4
        found = _classes_in(earlier[-1], text, groups) if is_elliptic else {}
    for name, is_forbidden in list(found.items()):
        for other in classes[name].get("with", ()):
            found.setdefault(other, is_forbidden)
    who = _names_of(agreement.parties, commitment.obligor)
    others = [party.name for party in agreement.parties if party.name not in commitment.obligor]
    # Where all are bound, each owes it to the rest.
    whom = _names_of(agreement.parties, commitment.to if others else commitment.obligor)
    indicators = []
    for name, is_forbidden in found.items():
        entry = classes[name]
        objects = _objects(entry["objects"], groups, _names_against(commitment) or whom)
        for side in ("done", "undone"):
            shows: Shows = "broken" if is_forbidden == (side == "done") else "kept"
            indicators.append(_fill(commitment, name, shows, entry[side], who, objects, entry["objects"]))
    if not found:
        indicators += propose_from_verb(commitment, text, who)
    whole = act_table()["whole_agreement"]
    for shows in ("kept", "broken"):
        indicators.append(_fill(commitment, "agreement", shows, whole[shows], who, tuple(whole["objects"]), None))
    return sorted(indicators, key=lambda one: one.id)


def _fill(
    commitment: Commitment,
    name: str,
    shows: Shows,
    entry: Mapping[str, Any],
    who: tuple[str, ...],
    objects: tuple[str, ...],
    kind: object,
) -> Indicator:
    named = tuple(one for one in objects if one[0].isupper() and one not in commitment.obligor)
    anybody = "the other side" if kind == "counterpart" else "such a group"
    words = entry["text"].format(who=_name_obligor(commitment, shows), whom=" or ".join(named[:3]) or anybody)
    return Indicator(
        id=f"i_{commitment.id.removeprefix('c_')}-{name}-{shows}",
        commitment=commitment.id,
        text=words[0].upper() + words[1:],
        shows=shows,
        telling=float(entry["telling"]),
        acts=tuple(str(act) for act in entry["acts"]),
        actors=who or commitment.obligor,
        objects=objects,
    )


def _name_obligor(commitment: Commitment, shows: Shows) -> str:
    """Those bound as one subject: any of them breaks a duty, all of them keep it."""
    names = commitment.obligor
    if len(names) < 2:
        return names[0] if names else "the obligor"
    if shows == "broken":
        return f"{', '.join(names[:-1])} or {names[-1]}"
    return f"each of {', '.join(names[:-1])} and {names[-1]}"


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


def _classes_in(commitment: Commitment, text: str, groups: tuple[str, ...] | None = None) -> dict[str, bool]:
    """The act classes in a commitment's words, in the table's order, and whether each is forbidden there.

    Args:
        groups: named groups; ``None`` while they are looked for, when a class of dealing with groups always counts.
    """
    start, end = _words_of_act(commitment, text)
    hidden = [match.span() for match in _RELATIVE.finditer(text, start, end)]
    # The "Joint Ceasefire Commission" is no ceasefire.
    hidden += [match.span() for match in _NAME.finditer(text, start, end)]
    for condition in commitment.conditions:
        hidden.append((condition.span.start, condition.span.end))
    words = [word for word in fold_words(text, start, end) if not any(a <= word.start < b for a, b in hidden)]
    is_of_others = groups is None or _is_of_others(commitment.act.text, groups)
    found: dict[str, bool] = {}
    for entry in act_table()["classes"]:
        places = [place for phrase in entry["clause"] for place in find_phrase(words, phrase)]
        forbidding = [place for phrase in entry.get("forbids", ()) for place in find_phrase(words, phrase)]
        name = entry["class"]
        if "by_obligor" in entry and not _OTHERS.search(commitment.act.text):
            name = entry["by_obligor"]
        elif entry["objects"] == "group" and not is_of_others:
            continue
        if forbidding:
            found[name] = True
        elif places:
            found[name] = _is_forbidden(commitment, text, words[min(places)[1] - 1], bool(entry.get("is_restraint")))
        if name in found:
            for other in entry.get("instead_of", ()):
                found.pop(other, None)
    return found


def _is_of_others(act: str, groups: tuple[str, ...]) -> bool:
    """Whether an act deals with groups other than the one bound."""
    return (
        _OTHERS.search(act) is not None
        or any(group in act for group in groups)
        or (bool(groups) and re.search(r"\b(?:them|it)\b", act) is not None)
    )


def propose_from_verb(commitment: Commitment, text: str, who: tuple[str, ...]) -> list[Indicator]:
    """Indicators from the clause's own verbs, where its act is in no class: done, left undone, and done to the
    contrary.

    "Mark and fence all minefields" gives one for marking and one for fencing. A clause without a verb that a passage
    could
    hold gives none.
    """
    table = act_table()["own_act"]
    verbs, objects, rest = read_act(commitment, text)
    made = []
    for verb in verbs if objects else ():
        is_forbidden = commitment.modality == "must not"
        said = " ".join(commitment.act.text.split())
        is_passive = _SAID_IN_PASSIVE.search(said) is not None
        sides: tuple[tuple[Shows, tuple[str, ...]], ...] = (
            ("broken" if is_forbidden else "kept", (verb,)),
            ("kept" if is_forbidden else "broken", _find_contrary(verb, is_forbidden, table)),
        )
        for shows, acts in sides:
            is_done = acts == (verb,)
            who_acts = _name_obligor(commitment, shows)
            sentence = f"{who_acts} is reported {'' if is_done else 'not '}to {verb} {rest}."
            if is_passive:
                sentence = f"What {who_acts} owes is reported {'done' if is_done else 'not done'}: {said}."
            made.append(
                Indicator(
                    id=f"i_{commitment.id.removeprefix('c_')}-{verb}-{shows}",
                    commitment=commitment.id,
                    text=sentence[0].upper() + sentence[1:],
                    shows=shows,
                    telling=float(table["telling"]["done" if is_done else "undone"]),
                    acts=tuple(dict.fromkeys(acts)),
                    actors=who or commitment.obligor,
                    objects=objects,
                )
            )
    return made


def _find_contrary(verb: str, is_forbidden: bool, table: Mapping[str, Any]) -> tuple[str, ...]:
    """What shows that an act is left undone, or that its opposite is done."""
    opposites = tuple(str(word) for word in table["opposites"].get(verb, ()))
    if is_forbidden:
        return (f"refrain from … {verb}", f"stop … {verb}", f"no longer {verb}", *opposites)
    return (*(f"{word} … {verb}" for word in ("refuse", "fail", "delay")), *table["undone"], *opposites)


def read_act(commitment: Commitment, text: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The verbs of a commitment's act, in base form, the heads of what they are done to, and the words behind the
    verbs.

    In the passive, what stands before the verb is the thing. Empty where there is no verb of the list.
    """
    start, end = commitment.act.start, commitment.act.end
    act = " ".join(text[start:end].split())
    passive = re.search(r"\b(?:shall|will|must|may|is to|are to)(?: not)? be (?P<verb>[a-z]+)", act)
    bases = {fold_word(verb): verb for verb in sorted(word_table()["verbs"])}
    if passive:
        known = [bases[fold]] if (fold := fold_word(passive["verb"])) in bases else []
        rest = act[: passive.start()]
    else:
        lead = _verb_list().match(act)
        known = [
            bases[fold]
            for word in re.findall(r"[a-z]+", lead.group() if lead else "")
            if (fold := fold_word(word)) in bases
        ]
        rest = act[lead.end() :] if lead else act
    heads = [phrase.split()[-1] for phrase in _PHRASES.split(rest) if phrase.split()]
    nouns = [head for head in heads if len(head) > 2 and head.lower() not in _NO_HEADS and not head.isdigit()]
    return tuple(dict.fromkeys(known)), tuple(dict.fromkeys(nouns[:4])), rest.strip()


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


def _is_forbidden(commitment: Commitment, text: str, word: Word, is_restraint: bool) -> bool:
    """Whether a class of acts is one that the commitment forbids: by its modality, or by the last word before that
    prevents.

    "Will prevent them from training" forbids training; "shall not prevent civilians from leaving" does not forbid
    leaving.
    """
    start = commitment.act.start
    prevents = _PREVENTS.search(text, start, word.start) is not None
    if commitment.modality == "must not":
        return not prevents
    if is_restraint:
        return False
    if _AVOIDED.search(text, word.end, commitment.act.end):
        return True
    forbids = [match.end() for match in _FORBIDS.finditer(text, commitment.span.start, word.start)]
    binds = [match.end() for match in _BINDS.finditer(text, commitment.span.start, word.start)]
    return bool(forbids) and max(forbids) > max(binds, default=-1)
