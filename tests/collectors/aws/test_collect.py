"""Collecting an account: every region that it has, every step or a stand-in for it, and a snapshot
whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collectors.aws.collect import collect, declared_calls, load_services
from collectors.aws.session import AwsOptions
from collectors.calls import Call
from collectors.document import Document, UserError
from collectors.snapshot import Manifest, open_snapshot
from tests.collectors.aws.conftest import ACCOUNT_ID
from tests.collectors.aws.scripted import XML, Reply, Scripted, error, scripted
from tests.faults.proxy import DENIED, fault_proxy

CHINA = ("cn-north-1", "cn-northwest-1")
OUTSIDE_CHINA = {("registry.repository", "AWS::ECR::PublicRepository")}
ACCOUNT_TYPES = {
    *("account.audit", "account.configuration", "account.identity", "account.threat_detection"),
}


@pytest.fixture(autouse=True)
def _few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")


def collected(path: Path, **options: Any) -> tuple[Manifest, list[Document]]:
    collect(path, AwsOptions(**options), tool_version="1.2.3")
    opened = open_snapshot(path)
    return opened.manifest, [located.document for located in opened]


# --- an account that answers -----------------------------------------------------------------


def test_an_account_in_two_regions(fresh_moto: str, tmp_path: Path) -> None:
    manifest, documents = collected(tmp_path / "one", endpoint_url=fresh_moto, regions=CHINA)
    assert (manifest.providers, manifest.accounts) == (["aws"], [ACCOUNT_ID])
    assert (manifest.regions, manifest.origin) == (list(CHINA), "live")
    assert manifest.tool_version == "1.2.3"
    assert "2020-01-01T00:00:00Z" < manifest.started <= manifest.finished
    assert manifest.counts == Counter(document.type for document in documents)
    assert set(manifest.counts) >= ACCOUNT_TYPES
    assert len({document.id for document in documents}) == len(documents)
    assert {document.region for document in documents} == {*CHINA, "global"}
    for document in documents:
        assert (document.provider, document.account) == ("aws", ACCOUNT_ID)
        assert document.country == "CN"


def test_a_second_snapshot_of_the_same_account_is_the_same(fresh_moto: str, tmp_path: Path) -> None:
    where: dict[str, Any] = {"endpoint_url": fresh_moto, "regions": CHINA[:1]}
    first, _ = collected(tmp_path / "one", **where)
    second, _ = collected(tmp_path / "two", **where)
    assert [file.sha256 for file in first.files] == [file.sha256 for file in second.files]
    assert first.files
    assert first.failed_calls == second.failed_calls


def test_a_region_named_twice_is_read_once(fresh_moto: str, tmp_path: Path) -> None:
    twice = (CHINA[0], CHINA[0])
    manifest, documents = collected(tmp_path / "x", endpoint_url=fresh_moto, regions=twice)
    assert manifest.regions == [CHINA[0]]
    assert len({document.id for document in documents}) == len(documents)


def test_regions_are_told_even_where_the_account_may_not_list_them(
    fresh_moto: str, tmp_path: Path
) -> None:
    with fault_proxy(fresh_moto) as proxy:
        proxy.decide = lambda request: DENIED if request.operation == "DescribeRegions" else None
        manifest, _ = collected(tmp_path / "x", endpoint_url=proxy.url, regions=CHINA[:1])
    assert manifest.regions == [CHINA[0]]
    assert "DescribeRegions" in {call.operation for call in manifest.failed_calls}


def test_progress_counts_every_step(fresh_moto: str, tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    options = AwsOptions(endpoint_url=fresh_moto, regions=CHINA[:1])
    collect(
        tmp_path / "x",
        options,
        tool_version="1",
        progress=lambda done, total, name: steps.append((done, total, name)),
    )
    services = load_services()
    total = sum(bool(s.account) + bool(s.region) for s in services)
    assert [(done, of) for done, of, _ in steps] == [(n, total) for n in range(1, total + 1)]
    names = {f"{s.name} {CHINA[0]}" for s in services if s.region}
    names |= {f"{s.name} global" for s in services if s.account}
    assert {name for _, _, name in steps} == names


# --- an account that says next to nothing ----------------------------------------------------


def _identity(partition: str) -> Reply:
    arn = f"<Arn>arn:{partition}:iam::{ACCOUNT_ID}:user/x</Arn>"
    result = f"<GetCallerIdentityResult>{arn}</GetCallerIdentityResult>"
    return Reply(body=f"<GetCallerIdentityResponse>{result}</GetCallerIdentityResponse>", kind=XML)


def _regions(*names: str) -> Reply:
    items = "".join(f"<item><regionName>{name}</regionName></item>" for name in names)
    body = f"<DescribeRegionsResponse><regionInfo>{items}</regionInfo></DescribeRegionsResponse>"
    return Reply(body=body, kind=XML)


@pytest.fixture
def mute() -> Iterator[Scripted]:
    """A server that says who one is and which regions there are, and denies all else."""
    with scripted() as running:
        running.replies = {
            "GetCallerIdentity": [_identity("aws-cn")],
            "DescribeRegions": [_regions(*CHINA)],
            "*": [error("AccessDeniedException", 403)],
        }
        yield running


def test_when_nothing_may_be_read_nothing_is_known(mute: Scripted, tmp_path: Path) -> None:
    """Each type stands there in each place, unlisted or with facts that are all unknown."""
    manifest, documents = collected(tmp_path / "x", endpoint_url=mute.url, regions=CHINA)
    wanted = set()
    for service in load_services():
        for facts_type, native_type in service.types:
            wanted.add((facts_type.TYPE, native_type))
    wanted -= OUTSIDE_CHINA
    assert {(document.type, document.native_type) for document in documents} == wanted
    for document in documents:
        assert document.unknown, document.id
        assert document.unlisted or document.type in ACCOUNT_TYPES
    by_region = Counter(document.region for document in documents)
    assert by_region[CHINA[0]] == by_region[CHINA[1]] > 0
    assert len(manifest.failed_calls) >= len(documents) / 2
    assert {call.account for call in manifest.failed_calls} == {ACCOUNT_ID}
    order = [(c.account, c.region, c.service, c.operation) for c in manifest.failed_calls]
    assert order == sorted(order)


def test_an_answer_that_a_module_does_not_understand_is_a_stand_in(
    mute: Scripted, tmp_path: Path
) -> None:
    odd = '{"logGroups": [{"logGroupName": "whole", "arn": "a"}, {"odd": 1}]}'
    mute.replies["DescribeLogGroups"] = [Reply(body=odd)]
    manifest, documents = collected(tmp_path / "x", endpoint_url=mute.url, regions=CHINA[:1])
    (store,) = [document for document in documents if document.type == "log.store"]
    assert store.unlisted, "half of the list would look whole"
    assert set(store.unknown.values()) == {"UnexpectedAnswer: CloudWatch Logs"}
    (failed,) = [call for call in manifest.failed_calls if call.code == "UnexpectedAnswer"]
    assert (failed.service, failed.region) == ("CloudWatch Logs", CHINA[0])
    assert "KeyError" in failed.message


# --- which regions ---------------------------------------------------------------------------


def test_without_a_region_every_enabled_one_is_read(mute: Scripted, tmp_path: Path) -> None:
    mute.replies["GetCallerIdentity"] = [_identity("aws")]
    mute.replies["DescribeRegions"] = [_regions("us-east-1", "eu-west-1")]
    manifest, _ = collected(tmp_path / "x", endpoint_url=mute.url)
    assert manifest.regions == ["eu-west-1", "us-east-1"]


def test_a_region_newer_than_the_sdk_is_read_too(mute: Scripted, tmp_path: Path) -> None:
    """Left out, its resources would be missing without a word."""
    mute.replies["DescribeRegions"] = [_regions("cn-north-1", "cn-south-9", "us-east-1", "moon-1")]
    manifest, documents = collected(tmp_path / "x", endpoint_url=mute.url)
    assert manifest.regions == ["cn-north-1", "cn-south-9"]
    new = [document for document in documents if document.region == "cn-south-9"]
    assert new
    assert {document.country for document in new} == {None}


@pytest.mark.parametrize(
    ("regions", "message", "hint"),
    [
        (
            ("cn-north-1", "cn-south-9"),
            "cn-south-9 is not a region of the partition aws-cn.",
            CHINA,
        ),
        (("us-east-1",), "us-east-1 is not a region of the partition aws-cn.", CHINA),
        (
            ("cn-northwest-1",),
            f"The region cn-northwest-1 is not enabled for account {ACCOUNT_ID}.",
            ("cn-north-1",),
        ),
    ],
)
def test_a_region_that_cannot_be_read_is_refused(
    regions: tuple[str, ...],
    message: str,
    hint: tuple[str, ...],
    mute: Scripted,
    tmp_path: Path,
) -> None:
    mute.replies["DescribeRegions"] = [_regions("cn-north-1")]
    with pytest.raises(UserError) as caught:
        collected(tmp_path / "x", endpoint_url=mute.url, regions=regions)
    assert caught.value.message == message
    assert ", ".join(hint) in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_no_region_at_all_is_no_scan(mute: Scripted, tmp_path: Path) -> None:
    """Without a region nothing but the global services would be read, and nothing would fail."""
    mute.replies["DescribeRegions"] = [_regions()]
    with pytest.raises(UserError, match="names no region of the partition aws-cn") as caught:
        collected(tmp_path / "x", endpoint_url=mute.url)
    assert "--region" in caught.value.hint


# --- whole or not at all ---------------------------------------------------------------------


def test_a_defect_leaves_no_snapshot(mute: Scripted, tmp_path: Path) -> None:
    def explode(call: Call) -> None:
        if call.service == "kms":
            raise ZeroDivisionError

    options = AwsOptions(endpoint_url=mute.url, regions=CHINA[:1])
    with pytest.raises(ZeroDivisionError):
        collect(tmp_path / "x", options, tool_version="1", on_call=explode)
    # What was finished is kept, to go on with; it is no snapshot.
    assert list(tmp_path.iterdir()) == [tmp_path / "x.part"]


def test_a_place_that_cannot_be_used_is_refused_before_anything_is_read(
    mute: Scripted, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    asked: list[str] = []
    options = AwsOptions(endpoint_url=mute.url, regions=CHINA[:1])
    with pytest.raises(UserError, match="is not a snapshot"):
        collect(
            tmp_path, options, tool_version="1", on_call=lambda call: asked.append(call.operation)
        )
    assert asked in ([], ["DescribeRegions"])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


# --- what there is to collect ----------------------------------------------------------------


def test_services_have_names_of_their_own() -> None:
    services = load_services()
    assert len({service.name for service in services}) == len(services)
    for service in services:
        assert service.account or service.region
        assert service.types
        assert service.calls


def test_every_call_is_declared_once_sorted() -> None:
    names = [call.name for call in declared_calls()]
    assert names == sorted(set(names))
    assert "ec2:DescribeRegions" in names
