"""Evidence beside configuration: whose word counts, until when, and for which system."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scanner.config import Attestation, Config, Platform
from scanner.evidence import Evidence, Host, evidence_for
from tests.scanner.items import item
from tests.scanner.made import attestation, platform

TODAY = date(2026, 6, 15)
BEIJING = Host("aws", "cn-north-1", "CN")
AZURE = Host("azure", "chinanorth3", "CN")
ABROAD = Host("aws", "us-east-1", "US")


def found(
    *attestations: Attestation, platforms: list[Platform] | None = None, **changes: Any
) -> Evidence | None:
    values: dict[str, Any] = {"system": "core", "level": 3, "hosts": {BEIJING}, "today": TODAY}
    values |= {name: changes.pop(name) for name in list(changes) if name in values}
    config = Config(attestations=list(attestations), platforms=platforms or [])
    return evidence_for(item(**changes), config=config, **values)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"item": "network.y"}, False),
        ({"systems": ["core", "office"]}, True),
        ({"systems": ["co*"]}, True),
        ({"systems": ["office"]}, False),
        ({"systems": ["*", "!core"]}, False),
        ({"systems": ["!office"]}, True),
        ({"expires": TODAY}, True),
        ({"expires": date(2026, 6, 14)}, False),
        ({"stated": TODAY}, True),
        ({"stated": date(2026, 6, 16)}, False),
    ],
)
def test_an_attestation(changes: dict[str, Any], counts: bool) -> None:
    made = attestation(**changes)
    assert found(made) == (Evidence(attestation=made) if counts else None)


def test_an_expired_attestation_does_not_hide_a_valid_one() -> None:
    valid = attestation()
    assert found(attestation(expires=date(2026, 4, 1)), valid) == Evidence(attestation=valid)


INHERITED: dict[str, tuple[list[Platform], dict[str, Any], bool]] = {
    "of the system's level": ([platform()], {}, True),
    "above it": ([platform(level=4)], {}, True),
    "below it": ([platform(level=2)], {}, False),
    "on its last day": ([platform(expires=TODAY)], {}, True),
    "expired": ([platform(expires=date(2026, 6, 14))], {}, False),
    "of another cloud": ([platform(provider="azure")], {}, False),
    "of one of two clouds": ([platform()], {"hosts": {BEIJING, AZURE}}, False),
    "of both": ([platform(), platform(provider="azure")], {"hosts": {BEIJING, AZURE}}, True),
    "of the region's operator": ([platform(regions=["cn-north-*"])], {}, True),
    "of another operator of the cloud": ([platform(regions=["cn-northwest-1"])], {}, False),
    "of a region abroad": ([platform()], {"hosts": {BEIJING, ABROAD}}, False),
    "with nothing hosted": ([platform()], {"hosts": set()}, False),
    "none": ([], {}, False),
}


@pytest.mark.parametrize(("platforms", "changes", "counts"), INHERITED.values(), ids=INHERITED)
def test_a_certificate_answers_what_is_inherited(
    platforms: list[Platform], changes: dict[str, Any], counts: bool
) -> None:
    evidence = found(platforms=platforms, assessed="inherited", **changes)
    assert evidence == (Evidence(platforms=platforms) if counts else None)


@pytest.mark.parametrize("assessed", ["automated", "partial", "attested"])
def test_a_certificate_answers_nothing_else(assessed: str) -> None:
    assert found(platforms=[platform()], assessed=assessed) is None


def test_a_persons_word_comes_before_the_certificate() -> None:
    made = attestation(result="not_met")
    evidence = found(made, platforms=[platform()], assessed="inherited")
    assert evidence == Evidence(attestation=made)


def test_the_words_name_who_and_what() -> None:
    text = Evidence(attestation=attestation()).text
    for language in (text.en, text.zh):
        assert all(part in language for part in ("wang.fang", "contract 7", "2027-02-28"))
    text = Evidence(platforms=[platform()]).text
    for language in (text.en, text.zh):
        assert all(part in language for part in ("aws", "110000-26001"))


def test_of_several_attestations_the_least_favourable_counts() -> None:
    good, bad = attestation(), attestation(result="not_met", by="auditor")
    assert found(good, bad) == found(bad, good) == Evidence(attestation=bad)
