"""Expressions of ARM templates: what a template decides, and what stays a symbol."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.arm.evaluation import Scope, evaluate, finished, within
from collectors.iac.arm.symbols import is_open, shown
from collectors.iac.blocks import Reference

SCOPE = within(
    Scope(
        parameters={"env": "prod", "zones": ["1", "2"], "rule": {"port": 443, "deep": [{"a": 1}]}},
        variables={
            "name": "[concat('st', parameters('env'), uniqueString(resourceGroup().id))]",
            "a": "[variables('b')]",
            "b": "[variables('a')]",
            "copy": [{"name": "ports", "count": 2, "input": "[add(80, copyIndex('ports'))]"}],
        },
        ids={},
    ),
    "loop",
    3,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain [not] text", "plain [not] text"),
        ("[[brackets]", "[brackets]"),
        ("[parameters('ENV')]", "prod"),
        ("[parameters('rule').port]", 443),
        ("[parameters('rule')['deep'][0].A]", 1),
        ("[parameters('rule').?none]", None),
        ("[concat('it''s ', toUpper(parameters('env')), 1)]", "it's PROD1"),
        ("[concat(parameters('zones'), createArray('3'))]", ["1", "2", "3"]),
        ("[format('{0}-{1}', 'a', true())]", "a-True"),
        ("[if(equals(parameters('env'), 'prod'), 'x', 'y')]", "x"),
        ("[if(equals(variables('name'), variables('name')), 'x', 'y')]", "x"),
        ("[and(true(), equals(uniqueString('a'), 'b'), false())]", False),
        ("[or(equals(uniqueString('a'), 'b'), true())]", True),
        ("[not(empty(parameters('zones')))]", True),
        ("[variables('ports')[1]]", 81),
        ("[copyIndex(1)]", 4),
        ("[copyIndex('loop')]", 3),
        ("[contains(createObject('Key', 1), 'key')]", True),
        ("[split('a,b;c', createArray(',', ';'))]", ["a", "b", "c"]),
        ("[union(createObject('a', createObject('b', 1)), createObject('c', 2))]",
         {"a": {"b": 1}, "c": 2}),
        ("[cidrSubnet('10.0.0.0/16', 24, 5)]", "10.0.5.0/24"),
        ("[coalesce(null(), parameters('rule').?none, 'z')]", "z"),
        ("[sub(mul(3, 4), div(9, 2))]", 8),
        ("[length(range(0, 3))]", 3),
        ("[last(parameters('zones'))]", "2"),
    ],
)  # fmt: skip
def test_what_a_template_decides(text: str, expected: Any) -> None:
    assert evaluate(SCOPE, text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[parameters('none')]", "[parameters('none')]"),
        ("[reference('x').ip]", "[reference(x).ip]"),
        ("[if(equals(reference('x'), 1), 'a', 'b')]", "[if(equals("),
        ("[concat('a-', utcNow())]", "a-[utcnow()]"),
        ("[variables('a')]", "lead in a circle"),
        ("[concat('a'", "[concat('a'"),
        ("[concat('a' 'b')]", ", is missing"),
        ("[1 + 1]", "+ 1 is not understood"),
        ("[" + "concat(" * 80 + "'a'" + ")" * 80 + "]", "nested too deep"),
        ("[mul('a', 1000000000)]", "[mul(a, 1000000000)]"),
        ("[range(0, 1000000000)]", "[range(0, 1000000000)]"),
        ("[cidrSubnet('10.0.0.0/16', 24, 500)]", "cidrsubnet("),
        ("[format('{0:N}', 1)]", "format("),
    ],
)
def test_what_a_template_leaves_open(text: str, words: str) -> None:
    found = evaluate(SCOPE, text)
    if text.endswith("]") or words.startswith("[concat('a'"):
        assert words in shown(str(found))
    assert is_open(found) or not text.endswith("]")


def test_an_id_leads_to_its_resource_though_its_name_is_not_known() -> None:
    made = evaluate(SCOPE, "[resourceId('Microsoft.Storage/storageAccounts', variables('name'))]")
    addresses = {made.lower(): "accounts/x"}
    again = evaluate(SCOPE, "[resourceId('microsoft.storage/storageaccounts', variables('NAME'))]")
    assert finished({"id": again}, addresses) == {"id": Reference("accounts/x")}
    other = finished(evaluate(SCOPE, "[variables('name')]"), addresses)
    assert isinstance(other, Unknown)
    assert other.reason.startswith("uniquestring(")
