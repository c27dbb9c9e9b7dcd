"""The nodes of a plan (see `search.engines.plan`): what to look for, in the words of no engine."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """Works with a term in a field, scored by how telling it is there."""

    field: str
    term: str


@dataclass(frozen=True)
class Phrase:
    """Works with terms at these distances from each other in a field."""

    field: str
    terms: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Constant:
    """What a node finds, every work with the same score."""

    node: "Node"
    score: float


@dataclass(frozen=True)
class Weighted:
    """What a node finds, its score multiplied."""

    node: "Node"
    weight: float


@dataclass(frozen=True)
class Best:
    """Works that any of the nodes finds: the best score, and a little of the others'."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Sum:
    """Works that all of `must`, or without these any of `should`, find, and none of `must_not`: scores added up."""

    must: tuple["Node", ...] = ()
    should: tuple["Node", ...] = ()
    must_not: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Everything:
    """Every work."""


@dataclass(frozen=True)
class Nothing:
    """No work."""


Node = Term | Phrase | Constant | Weighted | Best | Sum | Everything | Nothing
