"""What the walk over a check's rules passes along: values, uses, and where it is."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from scanner.lint.shapes import Path
from scanner.lint.syntax import Tree

Paths = frozenset[Path]
NOTHING: Paths = frozenset()


class Value(Struct, frozen=True):
    """The paths that an expression stands for. `bare`: it is nothing but a reference to them, and
    so absent where they are. `defaulted`: an object.get that hides that they are absent; `whole`: a
    set, list or rule with a default that is there where they are absent."""

    paths: Paths = NOTHING
    bare: bool = False
    defaulted: bool = False
    whole: bool = False


class Use(Struct, frozen=True):
    """A path of the input that is used. `deep`: with all below it. `hidden`: the rule goes on where
    it is absent, as under `not`. `line` is the check's own, also for what a library reads."""

    path: Path
    line: int
    deep: bool
    hidden: bool


class Slip(Struct, frozen=True, order=True):
    """A construct that the walk came by and that a check may not have."""

    file: str
    line: int
    rule: str
    text: str


class Scope(Struct):
    """Where the walk is: the module, the variables, what the query requires to be there.

    `hidden`: the rule goes on where what is read here is absent. `negated`: under `not`, where that
    holds of what helpers read. `sought`: the collection of an iteration or of `in`, where it does
    not hold of sets. `tested`: in a condition. `inside`: within an object or list.
    """

    tree: Tree
    variables: dict[str, Value]
    required: frozenset[str] = frozenset()
    hidden: bool = False
    negated: bool = False
    sought: bool = False
    tested: bool = False
    inside: bool = False

    def also(self, **changes: Any) -> Scope:
        """The same with changes."""
        fields = {name: getattr(self, name) for name in self.__struct_fields__}
        return Scope(**{**fields, **changes})
