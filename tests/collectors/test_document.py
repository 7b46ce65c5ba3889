"""The resource document: what was not read is named with its reason, and is never a value."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.document import (
    NOT_COLLECTED,
    Document,
    Facts,
    Place,
    Source,
    Unknown,
    UserError,
    also,
    document,
    then,
    unlisted,
)
from collectors.facts import fact_types
from collectors.facts.network import Firewall
from collectors.facts.shared import Encryption, Exposure, Rule
from collectors.facts.storage import Bucket
from tests.collectors.fact_values import facts_of, unknown_paths

DENIED = Unknown("AccessDenied: ec2:DescribeNetworkInterfaces")
ID = "arn:aws-cn:ec2:cn-north-1:111122223333:security-group/sg-1"


def made(facts: Any, **envelope: Any) -> Document:
    """A document of these facts in an account of the China partition."""
    usual: dict[str, Any] = {
        "id": ID,
        "provider": "aws",
        "account": "111122223333",
        "region": "cn-north-1",
        "country": "CN",
        "name": "web",
    }
    return document(facts=facts, **(usual | envelope))


def whole_rule(**changes: Any) -> Rule:
    values: dict[str, Any] = {
        "direction": "ingress",
        "action": "allow",
        "priority": 0,
        "protocol": "tcp",
        "from_port": 22,
        "to_port": 22,
        "sources": ["10.0.0.0/8"],
        "destinations": [],
        "description": "",
    }
    return Rule(**(values | changes))


def whole_firewall(**changes: Any) -> Firewall:
    values: dict[str, Any] = {
        "vpc_id": "vpc-1",
        "rules": [],
        "default_ingress": "deny",
        "default_egress": "deny",
        "is_default": False,
        "attached": 1,
    }
    names = {field.name for field in msgspec.structs.fields(Firewall)}
    return Firewall(**{k: v for k, v in (values | changes).items() if k in names})


def test_a_document_that_was_read_whole_names_nothing_unknown() -> None:
    whole = made(whole_firewall(rules=[whole_rule()]), tags={"system": "core-bank"})
    assert whole.unknown == {}
    assert whole.type == "network.firewall"
    assert whole.facts["rules"][0]["sources"] == ["10.0.0.0/8"]
    assert whole.tags == {"system": "core-bank"}


def test_an_unknown_fact_is_left_out_and_named() -> None:
    part = made(whole_firewall(attached=DENIED))
    assert "attached" not in part.facts
    assert part.unknown == {"attached": DENIED.reason}


def test_an_unknown_deep_inside_leaves_the_rest_known() -> None:
    rules = [whole_rule(), whole_rule(sources=DENIED, protocol="udp")]
    part = made(whole_firewall(rules=rules))
    assert part.unknown == {"rules/1/sources": DENIED.reason}
    assert "sources" not in part.facts["rules"][1]
    assert part.facts["rules"][1]["protocol"] == "udp"
    assert part.facts["rules"][0]["sources"] == ["10.0.0.0/8"]


def test_an_unknown_element_keeps_its_place_in_the_list() -> None:
    part = made(whole_firewall(rules=[DENIED, whole_rule()]))
    assert part.facts["rules"][0] is None
    assert part.facts["rules"][1]["to_port"] == 22
    assert part.unknown == {"rules/0": DENIED.reason}


def test_an_unknown_element_of_a_plain_list() -> None:
    part = made(whole_firewall(rules=[whole_rule(sources=["10.0.0.0/8", DENIED])]))
    assert part.facts["rules"][0]["sources"] == ["10.0.0.0/8", None]
    assert part.unknown == {"rules/0/sources/1": DENIED.reason}


def test_a_fact_that_nobody_set_is_unknown_and_not_false() -> None:
    part = made(Bucket(versioning=True, encryption=Encryption(enabled=True)))
    assert part.facts == {"versioning": True, "encryption": {"enabled": True}}
    unset = {field.name for field in msgspec.structs.fields(Bucket)} - {"versioning", "encryption"}
    parts = {f"encryption/{name}" for name in ("key_manager", "key_id", "algorithm")}
    assert part.unknown == dict.fromkeys(unset | parts, NOT_COLLECTED)


def test_null_is_known_to_be_none() -> None:
    part = made(whole_firewall(rules=[whole_rule(from_port=None, to_port=None)]))
    assert part.facts["rules"][0]["from_port"] is None
    assert part.unknown == {}


def test_values_of_a_mapping_can_be_unknown() -> None:
    class Probe(msgspec.Struct):
        TYPE: ClassVar[str] = "probe"
        by_name: dict[str, Any]

    part = made(Probe(by_name={"good": 1, "bad": DENIED, "deep": {"x": DENIED, "y": [2]}}))
    assert part.facts == {"by_name": {"good": 1, "deep": {"y": [2]}}}
    assert part.unknown == {"by_name/bad": DENIED.reason, "by_name/deep/x": DENIED.reason}


def test_unknown_tags_are_not_no_tags() -> None:
    part = made(whole_firewall(), tags=Unknown("AccessDenied: tag:GetResources"))
    assert part.tags == {}
    assert part.unknown == {"tags": "AccessDenied: tag:GetResources"}


def test_reasons_for_the_envelope_stand_beside_those_of_facts() -> None:
    reasons = {"region": "known after apply"}
    part = made(whole_firewall(attached=DENIED), region="", unknown=reasons)
    assert part.unknown == {"region": "known after apply", "attached": DENIED.reason}
    assert reasons == {"region": "known after apply"}, "the caller's mapping is its own"


def test_a_resource_without_a_name_is_called_by_its_id() -> None:
    assert made(whole_firewall(), name="").name == ID


def test_no_tags_and_no_native_are_empty() -> None:
    bare = made(whole_firewall())
    assert (bare.tags, bare.native, bare.source) == ({}, {}, None)


def test_a_document_reads_back_as_it_was_written() -> None:
    places = {"rules": Place(line=4, argument="ingress")}
    source = Source(
        uri="网络/主 机.tf",
        start_line=3,
        end_line=9,
        address="x.y",
        lines=places,
    )
    before = made(
        whole_firewall(rules=[whole_rule(sources=DENIED)]),
        tags={"系统": "核心"},
        source=source,
        native={"GroupId": "sg-1"},
        native_type="AWS::EC2::SecurityGroup",
    )
    assert msgspec.json.decode(msgspec.json.encode(before), type=Document) == before


@pytest.mark.parametrize("facts_type", fact_types().values(), ids=fact_types())
def test_the_stand_in_has_no_fact_and_a_reason_for_each(facts_type: type[Facts]) -> None:
    reason = Unknown("AccessDenied: any:List")
    stand_in = unlisted(
        facts_type,
        reason,
        provider="aws",
        account="111122223333",
        region="cn-north-1",
        country="CN",
        native_type="AWS::X::Y",
    )
    names = [field.name for field in msgspec.structs.fields(facts_type)]
    assert stand_in.unlisted is True
    assert stand_in.facts == {}
    assert stand_in.tags == {}
    assert stand_in.unknown == dict.fromkeys([*names, "tags"], reason.reason)
    assert stand_in.name == "AWS::X::Y (could not be listed)"


def test_stand_ins_of_different_places_have_different_ids() -> None:
    def one(facts_type: type[Facts], region: str, native_type: str) -> str:
        where: dict[str, Any] = {"provider": "aws", "account": "1", "country": "CN"}
        return unlisted(facts_type, DENIED, region=region, native_type=native_type, **where).id

    ids = {
        one(Firewall, "cn-north-1", "A"),
        one(Firewall, "cn-northwest-1", "A"),
        one(Firewall, "cn-north-1", "B"),
        one(Bucket, "cn-north-1", "A"),
    }
    assert len(ids) == 4


@settings(deadline=None)
@given(data=st.data())
def test_nothing_unknown_is_ever_among_the_facts(data: st.DataObject) -> None:
    facts_type = data.draw(st.sampled_from(list(fact_types().values())))
    facts = data.draw(facts_of(facts_type))
    result = made(facts)

    named = unknown_paths(facts)
    assert result.unknown == {path: why or NOT_COLLECTED for path, why in named.items()}
    for path in named:
        assert _at(result.facts, path) is None, f"{path} is unknown and has a value"
    text = json.dumps(result.facts)
    assert '"reason"' not in text
    assert msgspec.json.decode(msgspec.json.encode(result), type=Document) == result


@settings(deadline=None)
@given(data=st.data())
def test_whatever_is_known_is_kept_to_the_letter(data: st.DataObject) -> None:
    facts_type = data.draw(st.sampled_from(list(fact_types().values())))
    facts = data.draw(facts_of(facts_type, known=True))
    result = made(facts)
    assert result.unknown == {}
    assert result.facts == msgspec.to_builtins(facts)


def _at(facts: Any, path: str) -> Any:
    """What stands at a path of unknowns: nothing, or the null that keeps an element's place."""
    value = facts
    *above, last = path.split("/")
    for step in above:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value[int(last)] if isinstance(value, list) else value.get(last)


def test_then_passes_an_unknown_through_and_does_not_call() -> None:
    def explode(value: bool) -> bool:
        raise AssertionError(value)

    unread: bool | Unknown = DENIED
    assert then(unread, explode) is DENIED


def test_then_applies_to_falsy_values_too() -> None:
    assert then(0, lambda n: n + 1) == 1
    assert then(False, lambda value: not value) is True
    assert then("", lambda _: DENIED) is DENIED


def test_also_is_the_first_unknown_of_what_a_fact_needs() -> None:
    second = Unknown("Throttling: s3:GetBucketAcl")
    assert also(None, False, 0, "", []) is None
    assert also(True, second, DENIED) is second
    assert also(DENIED) is DENIED


def test_an_unknown_is_equal_to_no_value() -> None:
    values: list[object] = [None, False, True, 0, "", [], DENIED.reason, Exposure(public=False)]
    for value in values:
        assert value != DENIED
    assert Unknown("a") == Unknown("a") != Unknown("b")


def test_a_user_error_has_a_sentence_and_a_next_step() -> None:
    error = UserError("It is so.", "Do this.")
    assert (error.message, error.hint, str(error)) == ("It is so.", "Do this.", "It is so.")
    assert UserError("It is so.").hint == ""
