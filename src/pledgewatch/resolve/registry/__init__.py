"""The actor registry: who is who above the lists, written by us. Facts about the world, one YAML file a kind."""

from __future__ import annotations

import functools
from importlib import resources

from pledgewatch.errors import Bug
from pledgewatch.model.actor import Actor
from pledgewatch.resolve.actors_file import parse_actors

FILES: tuple[str, ...] = ("movements.yml", "leaders.yml", "states.yml", "bodies.yml", "offices.yml")
"""The files of the registry, in the order in which they are read."""


@functools.cache
def load_registry() -> tuple[Actor, ...]:
    """Every actor of the registry, in the order of its files.

    Raises:
        Bug: two files use one id, or a tie leads to nobody.
    """
    actors: dict[str, Actor] = {}
    for name in FILES:
        text = resources.files(__package__).joinpath(name).read_text("utf-8")
        for actor in parse_actors(text, name):
            if actor.id in actors:
                raise Bug(f"the id {actor.id!r} stands in two files of the registry", where=name)
            actors[actor.id] = actor
    for actor in actors.values():
        for tie in actor.ties:
            if tie.to not in actors:
                raise Bug(f"the tie of {actor.id!r} to {tie.to!r} leads to nobody")
    return tuple(actors.values())
