"""The catalogue: the items of GB/T 22239-2019, held against a table of their clause numbers."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from collectors.document import UserError
from scanner.catalog import (
    LEVELS,
    Catalogue,
    Item,
    Text,
    load_catalogue,
    refuse_unknown_items,
)
from scanner.checks import CheckMetadata
from scanner.policies import bundled, load
from tests.scanner.made import POLICIES, catalogue, check

GOLDEN = Path(__file__).parent.parent / "golden" / "catalog"
# Chapter of each level: 6 to 9. The first section is the general part, the second the cloud's.
CHAPTER = {1: 6, 2: 7, 3: 8, 4: 9}
# The third number of a clause. Later sections have other numbers at lower levels.
SECTIONS = {"1": "physical", "2": "network", "3": "boundary", "4": "compute"}
PARTIES = ("customer", "shared", "provider")


@pytest.fixture(scope="module")
def loaded() -> Catalogue:
    return catalogue()


@pytest.fixture(scope="module")
def written() -> dict[str, CheckMetadata]:
    """The bundled checks by id."""
    return {check.id: check for check in load(bundled()).checks}


def golden(name: str) -> Any:
    return json.loads((GOLDEN / name).read_text())


def duties(item: Item) -> list[str]:
    """Who answers for an item in IaaS, PaaS and SaaS."""
    return [item.responsibility.iaas, item.responsibility.paas, item.responsibility.saas]


def test_items_clauses_and_answers_are_those_of_the_table(loaded: Catalogue) -> None:
    shown = {
        key: {
            "key": item.key,
            "clauses": {str(level): clause for level, clause in item.clauses.items()},
            "domain": item.domain,
            "responsibility": duties(item),
            "assessed": item.assessed,
        }
        for key, item in loaded.items.items()
    }
    assert shown == {row["key"]: row for part in golden("items.json").values() for row in part}


def test_every_clause_of_the_standard_is_here_or_left_out_with_a_reason(
    loaded: Catalogue,
) -> None:
    """The table has every clause of the cloud extension and of x.1.2 to x.1.5."""
    here = {clause for item in loaded.items.values() for clause in item.clauses.values()}
    out = {clause for left in loaded.left_out for clause in left.clauses.values()}
    assert here & out == set()
    assert here | out == set(golden("clauses.json"))


def test_certainty_and_risks_are_those_of_the_clauses(loaded: Catalogue) -> None:
    table = golden("clauses.json")
    for item in loaded.items.values():
        for level, clause in item.clauses.items():
            assert {
                "numbering": item.numbering[level],
                "high_risk": sorted(item.high_risk_at(level)),
                "major_risk": sorted(item.major_risk_at(level)),
            } == table[clause], (item.key, clause)


def test_every_risk_has_a_text_and_is_some_items(loaded: Catalogue) -> None:
    items = loaded.items.values()
    assert {case for item in items for case in item.high_risk} == set(loaded.high_risk)
    assert {trigger for item in items for trigger in item.major_risk} == set(loaded.major_risk)


def test_a_high_risk_case_begins_where_the_guideline_says(loaded: Catalogue) -> None:
    """Or with the item, where that begins later. The source gives no level for the cases of the
    extension: they count from level 2 on, where assessment begins."""
    for item in loaded.items.values():
        for case, first in item.high_risk.items():
            stated = loaded.high_risk[case].from_level
            assert (stated is None) == case.startswith("7."), case
            assert first == max(stated or 2, min(item.clauses)), (item.key, case)


def test_more_service_never_means_more_for_the_customer(loaded: Catalogue) -> None:
    for item in loaded.items.values():
        order = [PARTIES.index(party) for party in duties(item)]
        assert order == sorted(order), item.key


def test_inherited_items_are_not_the_customers(loaded: Catalogue) -> None:
    for item in loaded.items.values():
        if item.assessed == "inherited":
            assert item.responsibility.iaas != "customer", item.key


def test_every_item_that_is_not_automated_says_what_to_provide(loaded: Catalogue) -> None:
    for item in loaded.items.values():
        assert (item.evidence is None) == (item.assessed == "automated"), item.key


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
    # At level 4 data exchange by isolation of protocols takes the place of the first; the second is
    # in no table of level 4 that was seen.
    assert gone == {"g:boundary.application-content", "g:boundary.audit-remote-access"}


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


def texts(loaded: Catalogue) -> Iterator[Text]:
    """Every text of the catalogue."""
    yield from loaded.domains.values()
    for item in loaded.items.values():
        yield from (item.summary, item.control_point)
        if item.evidence:
            yield item.evidence
    for risk in loaded.high_risk.values():
        yield from (text for text in (risk.text, risk.only, risk.lowered) if text)
    yield from loaded.major_risk.values()
    for left in loaded.left_out:
        yield from (left.subject, left.reason)


def test_both_languages_say_something(loaded: Catalogue) -> None:
    for text in texts(loaded):
        assert re.search(r"[一-鿿]", text.zh), text
        assert not re.search(r"[一-鿿]", text.en), text
        assert text.in_language("zh") == text.zh != text.in_language("en") == text.en


def test_what_is_a_sentence_ends_like_one(loaded: Catalogue) -> None:
    told = [
        text for item in loaded.items.values() for text in (item.summary, item.evidence) if text
    ]
    told += [risk.text for risk in loaded.high_risk.values()]
    told += [*loaded.major_risk.values(), *(left.reason for left in loaded.left_out)]
    assert [text for text in told if not (text.en.endswith(".") and text.zh.endswith("。"))] == []


def test_no_text_is_used_for_two_items_of_a_level(loaded: Catalogue) -> None:
    for level in LEVELS:
        summaries = [item.summary for item in loaded.at_level(level)]
        assert len(summaries) == len(set(summaries))


def test_absence_means_something_only_where_one_need_not_have_any(loaded: Catalogue) -> None:
    """Each of these is a way to an item that nobody looked at: the list is short on purpose."""
    assert {key for key, item in loaded.items.items() if item.absence == "not_applicable"} == {
        "compute.vm-access-policy",
        "compute.hardened-images",
        "compute.image-integrity",
        "compute.image-confidentiality",
        "g:compute.trusted",
    }


def test_every_bundled_check_feeds_items_that_exist(
    loaded: Catalogue, written: dict[str, CheckMetadata]
) -> None:
    refuse_unknown_items(list(written.values()), loaded)
    assert [name for name, check in written.items() if not check.items] == []


def test_designed_checks_feed_items_that_exist(loaded: Catalogue) -> None:
    assert {key for keys in loaded.designed.values() for key in keys} - set(loaded.items) == set()
    assert [name for name, keys in loaded.designed.items() if len(keys) != len(set(keys))] == []


def test_every_written_check_is_designed_and_none_is_dropped(
    loaded: Catalogue, written: dict[str, CheckMetadata]
) -> None:
    assert set(written) - set(loaded.designed) == set()
    assert set(loaded.dropped) & (set(written) | set(loaded.designed)) == set()
    assert [name for name, reason in loaded.dropped.items() if not reason.strip()] == []


def test_a_written_check_feeds_at_least_the_items_of_its_design(
    loaded: Catalogue, written: dict[str, CheckMetadata]
) -> None:
    lacking = {
        name: sorted(set(loaded.designed[name]) - set(check.items))
        for name, check in written.items()
        if not set(loaded.designed.get(name, [])) <= set(check.items)
    }
    assert lacking == {}, "add these to `items` in the metadata of the checks"


def test_what_configuration_shows_has_a_designed_check(loaded: Catalogue) -> None:
    fed = {key for keys in loaded.designed.values() for key in keys}
    for item in loaded.items.values():
        if item.assessed in {"automated", "partial"}:
            assert item.key in fed, item.key
        elif item.assessed == "attested":
            assert item.key not in fed, f"{item.key} is partial: a check shows a part of it"


def test_coverage(loaded: Catalogue, written: dict[str, CheckMetadata]) -> None:
    """Prints, with pytest -s, how many checks each level's items have."""
    report = coverage(loaded, written)
    print(report)
    for level in LEVELS:
        without = [item.key for item in loaded.at_level(level) if not designed_for(item, loaded)]
        kinds = {loaded.items[key].assessed for key in without}
        assert kinds <= {"inherited", "attested"}, report


def test_every_designed_check_is_written(
    loaded: Catalogue, written: dict[str, CheckMetadata]
) -> None:
    missing = set(loaded.designed) - set(written)
    assert missing == set(), f"{len(missing)} are not: {', '.join(sorted(missing))}"


def designed_for(item: Item, loaded: Catalogue) -> list[str]:
    """The designed checks of an item, written or not."""
    return [name for name, keys in loaded.designed.items() if item.key in keys]


def coverage(loaded: Catalogue, written: dict[str, CheckMetadata]) -> str:
    """The checks of each item at each level: written, and missing of the designed ones."""
    lines = [f"{len(set(loaded.designed) & set(written))} of {len(loaded.designed)} checks written"]
    for level in LEVELS:
        items = loaded.at_level(level)
        lines += ["", f"level {level}: {len(items)} items"]
        for item in items:
            feeding = sum(item.key in check.items for check in written.values())
            missing = [name for name in designed_for(item, loaded) if name not in written]
            more = f", missing: {', '.join(missing)}" if missing else ""
            name = f"{item.clauses[level]:<10} {item.key:<36} {item.assessed:<9}"
            lines.append(f"  {name} {feeding:>2} written{more}")
        bare = [item.key for item in items if not designed_for(item, loaded)]
        lines.append(f"  without a check ({len(bare)}): {', '.join(bare)}")
    missing = [name for name in loaded.designed if name not in written]
    return "\n".join([*lines, "", f"missing ({len(missing)}): {', '.join(missing)}"])


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
        ("risks.yaml", "high_risk: {}"),
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


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("4: stated}", "4: sure}", "Invalid enum value 'sure'"),
        (", 4: stated}", "}", "physical.location does not say of each of its clauses"),
        ('"7.1.1.1": 2', '"7.9.9.9": 2', "risks.yaml does not have 7.9.9.9"),
        ("saas: provider", "saas: nobody", "Invalid enum value 'nobody'"),
    ],
)
def test_a_gap_in_an_item_is_refused(before: str, after: str, reason: str, copied: Path) -> None:
    file = copied / "catalog" / "extension.yaml"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after, 1))
    with pytest.raises(UserError, match=f"The catalogue file .*extension.yaml .*{reason}"):
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
