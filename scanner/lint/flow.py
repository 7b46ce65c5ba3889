"""What a check reads of its input: its rules followed through variables, helpers and libraries.

An expression has a `Value`: the paths of the input that it may stand for. Lists are crossed without
a step, as in the `facts` of the metadata, so that `rule` in `some rule in input.facts.rules` stands
for the path facts.rules. Using a value is a `Use` of its paths.
"""

from __future__ import annotations

from typing import Any

from scanner.lint.queries import (
    expressions,
    is_assignment,
    is_empty,
    is_reference,
    required,
    variables,
)
from scanner.lint.syntax import (
    Definition,
    Node,
    Tree,
    canonical,
    dotted,
    line,
    only,
    references,
    steps,
    string,
    variable,
)
from scanner.lint.values import NOTHING, Scope, Slip, Use, Value

SHALLOW = frozenset(
    {"count", "is_array", "is_boolean", "is_null", "is_number", "is_object", "is_string"}
    | {"object.get", "object.keys", "type_name"}
)
"""Built-ins that look at a value without looking into it."""


# A tag that a resource does not have is known to be none: tags are known together or not at all.
_TAGS = frozenset({("tags",)})


class Flow:
    """Follows the rules of one check. `uses` and `slips` gather while it walks."""

    def __init__(self, trees: dict[str, Tree], check: Tree) -> None:
        self._trees = trees
        self._check = check
        self._line = 0
        self._active: list[tuple[str, str]] = []
        self.uses: set[Use] = set()
        self.slips: set[Slip] = set()

    def definition(self, found: Definition) -> set[Use]:
        """Walk one definition of the check's own; what it uses, helpers included."""
        before = self.uses
        self.uses = set()
        self._definition(self._check, found, [], Scope(self._check, {}))
        mine = self.uses
        self.uses = before | mine
        return mine

    # Rules and queries

    def _definition(
        self, owner: Tree, found: Definition, arguments: list[Value], caller: Scope
    ) -> Value:
        names: dict[str, Value] = {}
        for parameter, value in zip(found.parameters, arguments, strict=False):
            names |= dict.fromkeys(variables(parameter), Value(value.paths))
        scope = Scope(owner, names, hidden=caller.hidden or caller.negated)
        result = Value()
        for body in found.bodies or [{}]:
            term = (body.get("assign") or {}).get("value", found.value)
            inner = self._query(body["query"], scope) if body else scope
            if term is not None:
                result = self._head(found, term, inner.also(hidden=caller.hidden), result)
        return result

    def _head(self, found: Definition, value: Node, scope: Scope, other: Value) -> Value:
        if scope.tree is self._check:
            self._line = found.line
        if found.head == "Set":
            self._member(value, scope)
        got = self._value(value, scope)
        if is_reference(value):
            self._use(got, line(only(value)[1]), scope, deep=found.head == "Set")
        bare = got.bare and found.head == "Compr"
        return Value(other.paths | got.paths, other.bare or bare, other.defaulted)

    def _query(self, query: Node, scope: Scope) -> Scope:
        """Walk a query's statements in a scope of its own, and give that scope."""
        statements = query["stmts"]
        inner = scope.also(
            variables=dict(scope.variables),
            required=scope.required | required(statements),
            negated=False,
            sought=False,
            inside=False,
        )
        # Rego has no order: a first walk binds the variables that the second one meets.
        uses, slips = set(self.uses), set(self.slips)
        for statement in statements:
            self._statement(statement, inner)
        self.uses, self.slips = uses, slips
        for statement in statements:
            self._statement(statement, inner)
        return inner

    def _statement(self, statement: Node, scope: Scope) -> None:
        kind, content = only(statement["literal"])
        if scope.tree is self._check:
            self._line = line(content)
        for change in statement.get("with_mods", []):
            self._use(self._value(change["as"], scope), line(change), scope, deep=True)
        match kind:
            case "SomeIn":
                self._iterate(content, scope)
            case "Every":
                self._every(content, scope)
            case "NotExpr":
                self._negation(content, scope)
            case "Expr":
                expression = content["expr"]
                got = self._value(expression, scope.also(tested=not is_assignment(expression)))
                self._use(got, line(content), scope, deep=False, tested=True)

    def _iterate(self, content: Node, scope: Scope) -> None:
        collection = self._value(content["collection"], scope.also(sought=True))
        self._use(collection, line(content), scope, deep=False)
        if content["key"]:
            scope.variables |= dict.fromkeys(variables(content["key"]), Value())
        scope.variables |= dict.fromkeys(variables(content["value"]), Value(collection.paths))

    def _every(self, content: Node, scope: Scope) -> None:
        domain = self._value(content["domain"], scope)
        self._use(domain, line(content), scope, deep=False)
        names = {scope.tree.text(content["value"]): Value(domain.paths)}
        if content["key"]:
            names[scope.tree.text(content["key"])] = Value()
        self._query(content["query"], scope.also(variables=scope.variables | names))

    def _negation(self, content: Node, scope: Scope) -> None:
        for reference in references(content["expr"]):
            if _is_tag(reference):
                continue
            if self._may_be_absent(reference, scope) and not _is_required(reference, scope):
                self._slip("negated-fact", line(content), _written(reference, scope), scope)
        inner = scope.also(negated=True, tested=True)
        got = self._value(content["expr"], inner)
        self._use(got, line(content), inner, deep=False, tested=True)

    # Expressions

    def _value(self, node: Any, scope: Scope) -> Value:
        """What an expression stands for; its parts are used, the whole is left to the caller."""
        kind, content = only(node)
        match kind:
            case "Var" | "RefDot" | "RefBrack":
                return self._reference(node, scope)
            case "Call":
                return self._call(content, scope)
            case "AssignExpr":
                return self._assignment(content, scope)
            case "BoolExpr":
                for side, other in (("lhs", "rhs"), ("rhs", "lhs")):
                    got = self._value(content[side], scope)
                    deep = not is_empty(content[other])
                    self._use(got, line(content), scope, deep=deep, tested=True)
                return Value()
            case "Membership":
                got = self._value(content["collection"], scope.also(sought=not scope.negated))
                self._use(got, line(content), scope.also(tested=False), deep=True)
                self._parts(kind, {**content, "collection": None}, scope)
                return Value()
            case "ArrayCompr" | "SetCompr" | "ObjectCompr":
                return self._comprehension(content, scope)
            case _:
                self._parts(kind, content, scope)
                return Value()

    def _parts(self, kind: str, content: Node, scope: Scope) -> None:
        """Use every expression within another."""
        inner = scope.also(inside=True) if kind in {"Object", "Array", "Set"} else scope
        tested = kind not in {"Object", "Array", "Set"}
        for part in expressions(content):
            self._use(self._value(part, inner), line(content), inner, deep=True, tested=tested)

    def _assignment(self, content: Node, scope: Scope) -> Value:
        got = self._value(content["rhs"], scope.also(tested=False))
        left = variables(content["lhs"])
        new = [name for name in left if content["op"] == "ColEq" or name not in scope.variables]
        if left and len(new) == len(left):
            scope.variables |= dict.fromkeys(left, got)
            self._use(got, line(content), scope, deep=False)
        else:
            for value in (self._value(content["lhs"], scope), got):
                self._use(value, line(content), scope, deep=True, tested=True)
        return Value()

    def _comprehension(self, content: Node, scope: Scope) -> Value:
        hides = scope.hidden or not scope.sought
        inner = self._query(content["query"], scope.also(hidden=hides, tested=False))
        key = content.get("key")
        if key is not None:
            self._member(key, inner)
            self._use(self._value(key, inner), line(content), inner, deep=True)
        term = content["value"] if key is not None else content["term"]
        self._member(term, inner)
        got = self._value(term, inner)
        self._use(got, line(content), inner, deep=False)
        return Value(got.paths, whole=hides)

    def _member(self, node: Node, scope: Scope) -> None:
        """A member of a set or list that may be absent: the compiled engine keeps a hole there."""
        for reference in references(node):
            if self._may_be_absent(reference, scope) and not _is_required(reference, scope):
                at = line(only(reference)[1])
                self._slip("absent-member", at, _written(reference, scope), scope)

    def _may_be_absent(self, node: Node, scope: Scope) -> bool:
        """Whether a reference ends at a fact that the document need not have."""
        found = steps(node)
        if found is None:
            return False
        uses, slips = set(self.uses), set(self.slips)
        got = self._reference(node, scope)
        self.uses, self.slips = uses, slips
        if not any(path[:1] == ("facts",) or len(path) > 1 for path in got.paths):
            return False
        return got.bare if not found[1] else any(isinstance(step, str) for step in found[1])

    def _reference(self, node: Node, scope: Scope) -> Value:
        found = steps(node)
        if found is None:
            return Value()
        start, path = found
        for step in path:
            if not isinstance(step, str):
                self._use(self._value(step, scope), line(only(step)[1]), scope, deep=True)
        base, path = self._root(start, path, scope)
        paths = base.paths
        for step in path:
            if isinstance(step, str):
                paths = frozenset((*one, step) for one in paths)
            elif paths & {(), ("facts",)}:
                self._slip("dynamic-reference", line(only(node)[1]), _written(node, scope), scope)
                paths = NOTHING
        bare = base.bare or (bool(paths) and any(isinstance(step, str) for step in path))
        return Value(paths, bare, base.defaulted, base.whole)

    def _root(self, start: Node, path: list[Any], scope: Scope) -> tuple[Value, list[Any]]:
        """What a reference begins with, and the steps that are left after it."""
        name = variable(start)
        if not name:
            return self._value(start, scope), path
        if name in scope.variables:
            return scope.variables[name], path
        if name == "input":
            return Value(frozenset({()})), path
        if name in scope.tree.rules:
            return self._rule(scope.tree, name, [], scope), path
        return self._imported(name, path, scope)

    def _imported(self, name: str, path: list[Any], scope: Scope) -> tuple[Value, list[Any]]:
        full = [*scope.tree.imports.get(name, name).split("."), *path]
        if full[0] == "input":
            return Value(frozenset({()})), full[1:]
        for length in range(1, len(full)):
            names = full[:length]
            if all(isinstance(part, str) for part in names):
                owner = self._trees.get(".".join(names).removeprefix("data."))
                if owner and full[0] == "data" and full[length] in owner.rules:
                    return self._rule(owner, full[length], [], scope), full[length + 1 :]
        return Value(), path

    def _rule(self, owner: Tree, name: str, arguments: list[Value], scope: Scope) -> Value:
        """Walk every definition of a rule or function that is referred to."""
        key = (owner.module.package, name)
        if key in self._active:
            return Value()
        self._active.append(key)
        found = owner.rules[name]
        has_default = any(one.head == "Default" for one in found)
        whole = (has_default and scope.tested) or (
            any(one.head == "Set" for one in found) and not scope.sought
        )
        # What a function makes of its arguments is its own matter: nothing of that is hidden.
        is_function = any(argument.paths for argument in arguments)
        caller = scope.also(
            hidden=not is_function and (scope.hidden or whole),
            negated=not is_function and scope.negated,
        )
        result = Value()
        for one in found:
            got = self._definition(owner, one, arguments, caller)
            result = Value(result.paths | got.paths, result.bare or got.bare)
        self._active.pop()
        return Value(result.paths, result.bare and not has_default, whole=whole)

    def _call(self, content: Node, scope: Scope) -> Value:
        name = dotted(content["fcn"])
        owner, rule = self._function(name, scope)
        if owner is not None:
            arguments = [self._value(part, scope) for part in content["params"]]
            for value in arguments:
                self._use(value, line(content), scope, deep=False)
            return self._rule(owner, rule, arguments, scope)
        if name == "object.get":
            return self._get(content, scope)
        for part in content["params"]:
            got = self._value(part, scope)
            self._use(got, line(content), scope, deep=name not in SHALLOW, tested=True)
        return Value()

    def _function(self, name: str, scope: Scope) -> tuple[Tree | None, str]:
        """The module and the name of a function of the bundle; None for a built-in."""
        if name in scope.tree.rules:
            return scope.tree, name
        head, dot, rest = name.partition(".")
        package, _, rule = f"{scope.tree.imports.get(head, head)}{dot}{rest}".rpartition(".")
        is_data = package.startswith("data.")
        owner = self._trees.get(package.removeprefix("data.")) if is_data else None
        return (owner, rule) if owner and rule in owner.rules else (None, "")

    def _get(self, content: Node, scope: Scope) -> Value:
        """object.get(fact, "name", default): for what a finding shows, never for what decides."""
        target, key, default = content["params"]
        got = self._value(target, scope)
        self._use(self._value(default, scope), line(content), scope, deep=True)
        name = string(key)
        if not got.paths:
            return Value()
        if got.paths == _TAGS:
            return Value(_TAGS)
        whole = bool(got.paths & {(), ("facts",)})
        if whole or name is None or (scope.tested and not scope.inside):
            self._slip("default-for-fact", line(content), "object.get", scope)
        if name is None:
            return Value()
        found = Value(frozenset((*path, name) for path in got.paths), defaulted=True)
        self._use(found, line(content), scope, deep=True)
        return found

    # Notes

    def _use(
        self, value: Value, at: int, scope: Scope, *, deep: bool, tested: bool = False
    ) -> None:
        if value.defaulted and tested and not scope.inside:
            self._slip("default-for-fact", at, "object.get", scope)
        own = scope.tree is self._check
        if own:
            self._line = at
        hidden = scope.hidden or (value.whole and tested and scope.tested)
        for path in value.paths:
            self.uses.add(Use(path, at if own else self._line, deep, hidden))

    def _slip(self, rule: str, at: int, text: str, scope: Scope) -> None:
        self.slips.add(Slip(scope.tree.module.name, at, rule, text))


def _is_tag(node: Node) -> bool:
    return dotted(node).startswith("input.tags.")


def _is_required(node: Node, scope: Scope) -> bool:
    return canonical(node) in scope.required


def _written(node: Node, scope: Scope) -> str:
    """A reference as it stands in the source; its own span is that of its last step."""
    start = node
    while start.keys() & {"RefDot", "RefBrack"}:
        start = only(start)[1]["refr"]
    first, last = only(start)[1]["span"], only(node)[1]["span"]
    return scope.tree.text({"start": first["start"], "end": last["end"]})
