"""Runs checks on one candidate engine. Alone: it imports nothing of this project, so that the
interpreter that runs it needs only the candidate.

    python bench/candidate.py KIND JOB ANSWERS

JOB is {"modules": [[name, source], …], "rules": [rule, …], "tasks": [[input, [rule, …]], …]};
ANSWERS becomes {"start": seconds, "seconds": seconds, "answers": [[value | null, …], …],
"errors": [text, …]}, with null for what is undefined or an error.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Give = Callable[[str], None]
Value = Callable[[str], str]
Modules = list[tuple[str, str]]


def regorus_interpreter(modules: Modules, _: list[str]) -> tuple[Give, Value]:
    """The interpreter of either regorus wheel."""
    import regorus  # noqa: PLC0415

    engine = regorus.Engine()
    for name, source in modules:
        engine.add_policy(name, source)
    return engine.set_input_json, engine.eval_rule_as_json


def regorus_rvm(modules: Modules, rules: list[str]) -> tuple[Give, Value]:
    """The compiled form of gordon-to-regorus."""
    import regorus  # noqa: PLC0415

    machine = regorus.Rvm()
    machine.load_program(regorus.Program.compile_from_modules("{}", modules, rules))
    return machine.set_input_json, machine.execute_entry_point


def regopy(modules: Modules, rules: list[str]) -> tuple[Give, Value]:
    """rego-cpp, with a bundle that has an entry point for each rule."""
    rego = importlib.import_module("regopy")  # not installed where types are checked
    builder = rego.Interpreter()
    for name, source in modules:
        builder.add_module(name, source)
    paths = {rule: rule.removeprefix("data.").replace(".", "/") for rule in rules}
    bundle = builder.build(None, list(paths.values()))
    if not bundle.ok:
        sys.exit("regopy: the policies do not build")
    runner = rego.Interpreter()

    def value(rule: str) -> str:
        output = runner.query_bundle_entrypoint(bundle, paths[rule])
        if not output.ok:
            raise RuntimeError(str(output))
        return json.dumps(output[0][0]) if len(output) else "null"

    return runner.set_input_term, value


KINDS = {"regorus-interpreter": regorus_interpreter, "regorus-rvm": regorus_rvm, "regopy": regopy}


def main() -> None:
    """Run the job of the command line."""
    kind, job_path, answers_path = sys.argv[1:]
    job = json.loads(Path(job_path).read_text(encoding="utf-8"))
    started = time.perf_counter()
    give, value = KINDS[kind]([(name, source) for name, source in job["modules"]], job["rules"])
    start = time.perf_counter() - started
    answers: list[list[str | None]] = []
    errors: list[str] = []
    started = time.perf_counter()
    for text, rules in job["tasks"]:
        give(text)
        values: list[str | None] = []
        for rule in rules:
            try:
                values.append(value(rule))
            except Exception as error:  # noqa: BLE001 - any error of a candidate is a finding
                values.append(None)
                errors.append(str(error).split("Stack backtrace")[0].strip())
        answers.append(values)
    seconds = time.perf_counter() - started
    decoded = [[_decoded(value) for value in values] for values in answers]
    result = {"start": start, "seconds": seconds, "answers": decoded, "errors": errors}
    Path(answers_path).write_text(json.dumps(result), encoding="utf-8")


def _decoded(value: str | None) -> Any:
    """The value of JSON; regorus writes undefined as a text, also as the member of a set."""
    decoded = None if value is None else json.loads(value)
    if decoded == "<undefined>":
        return None
    if isinstance(decoded, list):
        return [member for member in decoded if member != "<undefined>"]
    return decoded


if __name__ == "__main__":
    main()
