"""What Terraform files say before evaluation: blocks, their arguments, what each refers to.

tfparse evaluates a project, and tells nothing of what it could not evaluate: a resource whose
`for_each` is unknown is simply not there, and `length(var.unset)` is 0. Only the source says which
values can be believed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import msgspec
import tree_sitter_hcl
from msgspec import Struct
from tree_sitter import Language, Node, Parser

Names = tuple[str, ...]
"""A reference by its steps without indexes: ("var", "x"), ("module", "m", "id")."""

# In these an unknown value does not stay visible in the result.
_DECIDING = frozenset({"conditional", "operation", "for_expr", "splat"})


class Mention(Struct, frozen=True):
    """A reference in an expression. `functions` are the calls that it stands in; `decides`: it
    stands in a condition, an operation, a loop or a splat."""

    names: Names
    functions: frozenset[str]
    decides: bool


class Expression(Struct, frozen=True):
    """The right side of an argument. `null`: it is the literal null. `calls`: it has a function
    call. `text` is its source."""

    line: int
    references: tuple[Mention, ...]
    null: bool
    calls: bool
    text: str


class Dynamic(Struct, frozen=True):
    """A dynamic block: the block that it makes, its iterator's name, over what, its content."""

    label: str
    iterator: str
    for_each: Expression | None
    content: Body


class Body(Struct, frozen=True):
    """What stands between a block's braces. `line` is the line of the block's first word."""

    line: int
    attributes: dict[str, Expression]
    blocks: list[tuple[str, Body]]
    dynamics: list[Dynamic]


class Declaration(Struct, frozen=True):
    """A block at the top of a file: its kind ("resource", "module", …) and labels."""

    kind: str
    labels: Names
    file: Path
    start_line: int
    end_line: int
    body: Body


@functools.cache
def parser() -> Parser:
    """What reads HCL."""
    return Parser(Language(tree_sitter_hcl.language()))


def variable_names(file: Path) -> set[str]:
    """The names that a .tfvars file sets."""
    return set(_body(_root(file.read_bytes()), 1).attributes)


def _root(text: bytes) -> Node | None:
    tree = parser().parse(text).root_node
    return next((child for child in tree.children if child.type == "body"), None)


# Who calls whom is asked before a project is loaded, and several projects share modules: of the
# same files.
@functools.lru_cache(maxsize=1024)
def declared(file: Path, text: bytes) -> tuple[Declaration, ...]:
    """The top blocks of a file."""
    root = _root(text)
    blocks = [block for block in (root.children if root else ()) if block.type == "block"]
    return tuple(_declaration(file, block) for block in blocks)


def _declaration(file: Path, block: Node) -> Declaration:
    kind, labels = _head(block)
    return Declaration(
        kind=kind,
        labels=labels,
        file=file,
        start_line=block.start_point.row + 1,
        end_line=block.end_point.row + 1,
        body=_block_body(block),
    )


def _head(block: Node) -> tuple[str, Names]:
    words = [
        source_of(child).strip('"')
        for child in block.children
        if child.type in {"identifier", "string_lit"}
    ]
    return words[0], tuple(words[1:])


def _block_body(block: Node) -> Body:
    inner = next((child for child in block.children if child.type == "body"), None)
    return _body(inner, block.start_point.row + 1)


def _body(node: Node | None, line: int) -> Body:
    attributes: dict[str, Expression] = {}
    blocks: list[tuple[str, Body]] = []
    dynamics: list[Dynamic] = []
    for child in node.children if node else ():
        if child.type == "attribute":
            name, expression = child.children[0], child.children[-1]
            attributes[source_of(name)] = _expression(expression)
        elif child.type == "block":
            kind, labels = _head(child)
            if kind == "dynamic" and labels:
                dynamics.append(_dynamic(labels[0], _block_body(child)))
            else:
                blocks.append((kind, _block_body(child)))
    return Body(line, attributes, blocks, dynamics)


def _dynamic(label: str, body: Body) -> Dynamic:
    iterator = body.attributes.get("iterator")
    contents = [inner for kind, inner in body.blocks if kind == "content"]
    return Dynamic(
        label=label,
        iterator=iterator.text if iterator else label,
        for_each=body.attributes.get("for_each"),
        content=contents[0] if contents else Body(body.line, {}, [], []),
    )


def _expression(node: Node) -> Expression:
    text = source_of(node)
    return Expression(
        line=node.start_point.row + 1,
        references=tuple(_references(node, frozenset(), frozenset(), decides=False)),
        null=text.strip() == "null",
        calls=any(each.type == "function_call" for each in _walk(node)),
        text=text,
    )


def expression_of(text: str, line: int) -> Expression:
    """An expression that another syntax has at a line."""
    root = _root(f"x = {text}\n".encode())
    found = _body(root, line).attributes.get("x")
    if found is None:
        # A word alone is no value.
        nothing = Mention((text,), frozenset(), decides=False)
        return Expression(line, (nothing,), null=False, calls=True, text=text)
    return msgspec.structs.replace(found, line=line)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _references(
    node: Node, functions: frozenset[str], bound: frozenset[str], *, decides: bool
) -> Iterator[Mention]:
    if node.type == "function_call":
        functions = functions | {source_of(node.children[0])}
    if node.type in _DECIDING or any(child.type == "splat" for child in node.children):
        decides = True
    if node.type in {"for_tuple_expr", "for_object_expr"}:
        intro = next(child for child in node.children if child.type == "for_intro")
        bound = bound | {source_of(each) for each in intro.children if each.type == "identifier"}
    children = node.children
    if node.type == "object_elem" and _is_plain_key(children[0]):
        children = children[1:]
    for index, child in enumerate(children):
        if child.type == "variable_expr":
            names = _names(children, index)
            if names[0] not in bound:
                yield Mention(names, functions, decides)
        else:
            yield from _references(child, functions, bound, decides=decides)


def _is_plain_key(node: Node) -> bool:
    """Whether an object's key is a bare word, which is its own text and refers to nothing."""
    return [child.type for child in node.children] == ["variable_expr"]


def _names(children: list[Node], index: int) -> Names:
    names = [source_of(children[index])]
    for child in children[index + 1 :]:
        if child.type == "get_attr":
            names.append(source_of(child).lstrip("."))
        elif child.type not in {"index", "splat"}:
            break
    return tuple(names)


def source_of(node: Node) -> str:
    """The text of a node."""
    return (node.text or b"").decode(errors="replace")
