"""Properties that a template gives all resources of a type at once (SAM's section Globals)."""

from __future__ import annotations

from typing import Any

from collectors.iac.located import Located


def with_shared(shared: Any, own: Any) -> Any:
    """A resource's own value over the shared one: mappings are merged, lists follow the shared one,
    everything else takes its place (SAM specification, "Globals"). What a function gives is left
    alone: it is not known which of them it is."""
    if own is None:
        return shared
    if isinstance(shared, list) and isinstance(own, list):
        return [*shared, *own]
    if not isinstance(shared, Located) or not isinstance(own, Located):
        return own
    if _is_function(shared) or _is_function(own):
        return own
    found = Located(own.start_line, own.end_line)
    found.lines = {**shared.lines, **own.lines}
    for name in {**shared, **own}:
        found[name] = with_shared(shared.get(name), own.get(name))
    return found


def _is_function(value: Located) -> bool:
    return any(name == "Ref" or name.startswith("Fn::") for name in value)
