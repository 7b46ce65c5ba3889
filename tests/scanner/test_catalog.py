"""The catalogue: the items of GB/T 22239-2019, held against a table of their clause numbers."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from collectors.document import UserError
from scanner.catalog import (
    LEVELS,
    Catalogue,
    Item,
    load_catalogue,
    refuse_unknown_items,
)
from scanner.policies import bundled, load
from tests.scanner.made import POLICIES, catalogue, check

GOLDEN = Path(__file__).parent.parent / "golden" / "catalog" / "items.json"
# Chapter of each level: 6 to 9. The first section is the general part, the second the cloud's.
CHAPTER = {1: 6, 2: 7, 3: 8, 4: 9}
# The third number of a clause. Later sections have other numbers at lower levels.
SECTIONS = {"1": "physical", "2": "network", "3": "boundary", "4": "compute"}


@pytest.fixture(scope="module")
def loaded() -> Catalogue:
    return catalogue()


def golden() -> dict[str, dict[str, Any]]:
    parts = json.loads(GOLDEN.read_text())
    return {entry["key"]: entry for part in parts.values() for entry in part}


def test_items_clauses_and_answers_are_those_of_the_standard(loaded: Catalogue) -> None:
    shown = {
        key: {
            "key": item.key,
            "clauses": {str(level): clause for level, clause in item.clauses.items()},
            "domain": item.domain,
            "answered_by": item.answered_by,
            "assessed": item.assessed,
        }
        for key, item in loaded.items.items()
    }
    assert shown == golden()


def test_the_cloud_extension_is_whole_at_each_level(loaded: Catalogue) -> None:
    extension = [item for key, item in loaded.items.items() if not key.startswith("g:")]
    numbers = {level: sum(level in item.clauses for item in extension) for level in LEVELS}
    assert numbers == {1: 11, 2: 29, 3: 46, 4: 49}


def test_at_level_gives_exactly_what_the_level_has(loaded: Catalogue) -> None:
    for level in LEVELS:
        found = loaded.at_level(level)
        assert [item.key for item in found] == [
            key for key, item in loaded.items.items() if level in item.clauses
        ]


def test_levels_build_on_each_other(loaded: Catalogue) -> None:
    """An item that a level has is in every higher one, save what is replaced there."""
    gone = {
        item.key
        for item in loaded.items.values()
        if sorted(item.clauses) != list(range(min(item.clauses), 5))
    }
    # At level 4 data exchange by isolation of protocols takes its place.
    assert gone == {"g:boundary.application-content"}


def test_a_clause_number_tells_level_part_and_domain(loaded: Catalogue) -> None:
    for item in loaded.items.values():
        for level, clause in item.clauses.items():
            match = re.fullmatch(r"([6-9])\.([12])\.(\d+)\.(\d+)(?:\.(\d+))?(?:\.([a-z]))?", clause)
            assert match, clause
            assert int(match[1]) == CHAPTER[level], clause
            assert match[2] == ("1" if item.key.startswith("g:") else "2"), clause
            # From level 3 the standard asks for audit retention in the management centre.
            if (item.key, level >= 3) != ("g:compute.audit-retention", True):
                assert SECTIONS.get(match[3], item.domain) == item.domain, clause
                assert match[3] in SECTIONS or item.domain not in SECTIONS.values(), clause


def test_no_two_items_have_the_same_clause(loaded: Catalogue) -> None:
    clauses = [clause for item in loaded.items.values() for clause in item.clauses.values()]
    twice = {clause for clause in clauses if clauses.count(clause) > 1}
    for clause in twice:
        sharing = [item for item in loaded.items.values() if clause in item.clauses.values()]
        assert all(item.key.startswith("g:") for item in sharing), clause


def test_both_languages_say_something(loaded: Catalogue) -> None:
    for item in loaded.items.values():
        for text in (item.summary, item.control_point, loaded.domains[item.domain]):
            assert re.search(r"[一-鿿]", text.zh), item.key
            assert not re.search(r"[一-鿿]", text.en), item.key
            assert text.en.strip() and text.zh.strip()
            assert text.in_language("zh") == text.zh != text.in_language("en") == text.en


def test_absence_means_something_only_where_one_need_not_have_any(loaded: Catalogue) -> None:
    """Each of these is a way to an item that nobody looked at: the list is short on purpose."""
    assert {key for key, item in loaded.items.items() if item.absence == "not_applicable"} == {
        "compute.image-integrity",
        "compute.image-confidentiality",
    }


def test_every_bundled_check_feeds_items_that_exist(loaded: Catalogue) -> None:
    checks = load(bundled()).checks
    refuse_unknown_items(checks, loaded)
    assert [made.id for made in checks if not made.items] == []


def test_designed_checks_feed_items_that_exist_and_agree_with_the_written(
    loaded: Catalogue,
) -> None:
    assert {key for keys in loaded.designed.values() for key in keys} <= set(loaded.items)
    for written in load(bundled()).checks:
        if written.id in loaded.designed:
            assert set(loaded.designed[written.id]) <= set(written.items), written.id


def test_a_check_of_an_unknown_item_is_refused(loaded: Catalogue) -> None:
    good, bad = check("good"), check("bad", items=["boundary.access-controll"])
    with pytest.raises(UserError) as caught:
        refuse_unknown_items([good, bad], loaded)
    assert caught.value.message == (
        "policies/checks/bad.rego: the check bad feeds the item 'boundary.access-controll',"
        " which the catalogue does not have."
    )
    assert caught.value.hint == "List the items with: mlps items"


def test_a_check_applies_where_a_level_has_one_of_its_items(loaded: Catalogue) -> None:
    late = next(key for key, item in loaded.items.items() if min(item.clauses) == 3)
    assert [loaded.applies_at(check(items=[late]), level) for level in LEVELS] == [
        *(False, False, True, True),
    ]
    assert loaded.applies_at(check(items=["physical.location", late]), 1)
    assert not loaded.applies_at(check(items=[]), 3)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A policy folder that a test may damage."""
    shutil.copytree(POLICIES / "catalog", tmp_path / "catalog")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("extension.yaml", "items: ["),
        ("general.yaml", "items: [{key: g:x}]"),
        ("domains.yaml", "domains: {network: {en: Network}}"),
        ("designed_checks.yaml", "designed: {x: y}"),
        ("general.yaml", None),
    ],
)
def test_a_damaged_file_is_named(name: str, content: str | None, copied: Path) -> None:
    file = copied / "catalog" / name
    file.unlink()
    if content is not None:
        file.write_text(content)
    with pytest.raises(UserError, match=f"The catalogue file .*{name} cannot be used: "):
        load_catalogue(copied)


def test_a_misspelt_field_is_refused(copied: Path) -> None:
    file = copied / "catalog" / "extension.yaml"
    file.write_text(file.read_text().replace("absence:", "absense:", 1))
    with pytest.raises(UserError, match="absense"):
        load_catalogue(copied)


def test_an_item_given_twice_is_refused(copied: Path) -> None:
    """The second would silently take the first one's place, with another level or clause."""
    file = copied / "catalog" / "general.yaml"
    entry = next(item for item in catalogue().items.values() if not item.key.startswith("g:"))
    listed = msgspec.yaml.decode(file.read_bytes())
    listed["items"].append(msgspec.to_builtins(entry))
    file.write_bytes(msgspec.yaml.encode(listed))
    with pytest.raises(UserError, match=entry.key):
        load_catalogue(copied)


def test_an_item_cannot_be_changed(loaded: Catalogue) -> None:
    item: Item = loaded.items["physical.location"]
    with pytest.raises(AttributeError):
        item.assessed = "automated"  # type: ignore[misc]
