"""What a history says of findings from run to run, in SQLite and in a real PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from collectors.document import UserError
from collectors.snapshot import FailedCall
from scanner.history.database import reading
from scanner.history.runs import resolve
from scanner.verdict import DeclaredSystem, OutsideResource, ResourceVerdicts
from tests.scanner.history.runs import (
    TEMPLATE,
    Line,
    changes,
    diff,
    failing,
    of_template,
    passing,
    run,
    time,
    unknown,
    waiver,
)
from tests.scanner.made import DENIED, check, line, ref, verdict


@pytest.fixture
def file(tmp_path: Path) -> str:
    """An empty history in a file, for what is no matter of the database."""
    return str(tmp_path / "history.db")


def test_new_fixed_reopened_unchanged_with_their_dates(url: str) -> None:
    first = run(url, 0, failing("web"), failing("db"), passing("mail"))
    assert (first.run, first.new, first.fixed, first.is_new) == (1, 2, 0, True)
    second = run(url, 1, passing("web"), failing("db"), failing("mail"))
    assert (second.new, second.fixed, second.reopened) == (1, 1, 0)
    assert changes(diff(url)) == {"web": "fixed", "db": "unchanged", "mail": "new"}
    third = run(url, 2, failing("web"), failing("db"), failing("mail"))
    assert (third.new, third.fixed, third.reopened) == (0, 0, 1)
    found = diff(url)
    assert changes(found) == {"web": "reopened", "db": "unchanged", "mail": "unchanged"}
    dates = {one.name: (one.first_seen, one.last_seen) for one in found.findings}
    assert dates == {
        "web": (time(0), time(2)),
        "db": (time(0), time(2)),
        "mail": (time(1), time(2)),
    }
    assert changes(diff(url, "1", "2")) == {"web": "fixed", "db": "unchanged", "mail": "new"}
    assert diff(url, "latest", "1") == diff(url, "1", "3")
    assert changes(diff(url, "1", "3"))["web"] == "reopened"


def test_items_that_changed_are_told(url: str) -> None:
    run(url, 0, failing("web"))
    run(url, 1, passing("web"))
    (item,) = [one for one in diff(url).items if one.item == "boundary.access-control"]
    assert (item.system, item.level, item.before) == ("default", 3, "not_met")
    assert item.after not in {"not_met", ""}


def test_the_same_run_is_stored_once(url: str) -> None:
    assert run(url, 0, failing()).is_new
    again = run(url, 0, failing())
    assert (again.run, again.is_new, again.new) == (1, False, 1)


def test_runs_of_the_same_second_are_told_apart(file: str) -> None:
    """A build whose clock stands still (SOURCE_DATE_EPOCH)."""
    run(file, 0, failing("web"))
    assert run(file, 0, passing("web"), failing("db")).fixed == 1
    assert changes(diff(file)) == {"web": "fixed", "db": "new"}
    assert run(file, 0, failing("web"), failing("db")).reopened == 1
    assert changes(diff(file)) == {"web": "reopened", "db": "unchanged"}


def test_what_is_unknown_is_never_fixed(url: str) -> None:
    run(url, 0, failing("web"))
    stored = run(url, 1, unknown("web"))
    assert (stored.fixed, stored.unseen) == (0, 1)
    assert changes(diff(url)) == {"web": "unseen"}
    assert diff(url).incomplete
    assert run(url, 2, failing("web")).new == 0
    assert changes(diff(url)) == {"web": "unchanged"}
    assert run(url, 3, passing("web")).fixed == 1


def failed(operation: str, **changes: str) -> FailedCall:
    """A call of EC2 that was denied, which is about no resource."""
    about = {"service": "ec2", "operation": operation, "resource": "", **changes}
    return msgspec.structs.replace(DENIED, **about)


UNDECIDED: dict[str, tuple[list[Line], dict[str, Any]]] = {
    "error": ([line(ref("web"), verdict("error"))], {}),
    "system in doubt": ([line(ref("web"), verdict("pass"), uncertain=True)], {}),
    "one of two documents": ([passing("web"), unknown("web")], {}),
    "list not read": ([line(ref("unlisted", unlisted=True), verdict("unknown"))], {}),
    "its list failed": ([], {"failed_calls": [failed("DescribeSecurityGroups")]}),
    "its account refused": ([], {"failed_calls": [failed("AssumeRole", code="AccountRefused")]}),
    "a step failed": ([], {"failed_calls": [failed("*", service="security groups")]}),
    "its own call failed": ([], {"failed_calls": [failed("x", resource="security-group/web")]}),
    "part not read": ([failing("web", port=3389, partial=True)], {}),
    "outside of every check": ([line(ref("web"))], {}),
}


@pytest.mark.parametrize("case", UNDECIDED)
def test_what_was_not_judged_stays_open(file: str, case: str) -> None:
    lines, header = UNDECIDED[case]
    run(file, 0, failing("web"))
    stored = run(file, 1, *lines, **header)
    assert (stored.fixed, stored.unseen) == (0, 1)
    assert changes(diff(file))["web"] == "unseen"


ELSEWHERE: dict[str, tuple[dict[str, Any], str]] = {
    "other regions": ({"regions": ["cn-northwest-1"]}, "regions"),
    "no such check": ({"checks": [check("another-check")]}, "checks"),
    "another level": ({"levels": [2]}, "systems"),
    "systems declared": ({"systems": [DeclaredSystem(name="oa", level=3)]}, "systems"),
    "other accounts": ({"accounts": ["444455556666"]}, "accounts"),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_what_a_run_did_not_look_at_is_not_fixed(file: str, case: str) -> None:
    header, differs = ELSEWHERE[case]
    run(file, 0, failing("web"))
    stored = run(file, 1, **header)
    assert (stored.fixed, stored.unseen) == (0, 0)
    found = diff(file, "1", "2")
    assert changes(found) == {"web": "unseen"}
    assert found.differs == [differs]
    assert run(file, 2, failing("web")).new == 0
    assert changes(diff(file, "1", "3")) == {"web": "unchanged"}
    assert run(file, 3).fixed == 1
    assert changes(diff(file, "2", "4")) == {"web": "fixed"}


def test_a_resource_that_is_gone_is_fixed_where_its_list_was_read(url: str) -> None:
    run(url, 0, failing("web"), failing("db"))
    assert run(url, 1, failing("db")).fixed == 1
    assert changes(diff(url)) == {"web": "fixed", "db": "unchanged"}


def test_failures_elsewhere_leave_what_is_gone_fixed(file: str) -> None:
    """Another service, another resource, another account, another region."""
    elsewhere = [
        DENIED,
        failed("ListBuckets", service="s3"),
        failed("DescribeVpcs", account="444455556666"),
        failed("DescribeVpcs", region="cn-northwest-1"),
    ]
    run(file, 0, failing("web"))
    assert run(file, 1, failed_calls=elsewhere).fixed == 1


def test_a_resource_that_moves_to_another_system_is_fixed_in_none(file: str) -> None:
    systems = [DeclaredSystem(name="oa", level=3), DeclaredSystem(name="core", level=3)]
    fail = verdict("fail")
    run(file, 0, line(ref("web"), fail, system="oa"), systems=systems)
    moved = run(file, 1, line(ref("web"), fail, system="core"), systems=systems)
    assert (moved.new, moved.fixed, moved.unseen) == (1, 0, 0)
    assert [(one.system, one.change) for one in diff(file).findings] == [
        ("core", "new"),
        ("oa", "unseen"),
    ]
    assert run(file, 2, OutsideResource(resource=ref("web")), systems=systems).fixed == 0
    back = run(file, 3, line(ref("web"), fail, system="oa"), systems=systems)
    assert (back.new, back.reopened) == (0, 0)


def test_an_account_of_which_nothing_came_has_nothing_fixed(file: str) -> None:
    run(file, 0, failing("web"))
    stored = run(file, 1, answering=False)
    assert (stored.fixed, stored.unseen) == (0, 1)


def test_of_a_cloud_that_lists_whole_accounts_a_region_may_be_gone(file: str) -> None:
    azure = {"provider": "azure", "region": "chinanorth3"}
    fail = verdict("fail")
    run(file, 0, line(ref("web", **azure), fail), providers=["azure"], regions=["chinanorth3"])
    assert run(file, 1, providers=["azure"], regions=[]).fixed == 1
    assert diff(file).differs == []


def test_another_finding_of_the_resource_fixes_the_first(file: str) -> None:
    run(file, 0, failing("web", port=22))
    stored = run(file, 1, failing("web", port=3389))
    assert (stored.new, stored.fixed) == (1, 1)


def test_previous_is_of_the_same_accounts_and_an_organization_may_grow(file: str) -> None:
    run(file, 0, failing("web"), accounts=["1", "2", "111122223333"])
    run(file, 1, accounts=["444455556666"])
    run(file, 2, failing("web"), accounts=["1", "2", "3", "111122223333"])
    assert (diff(file).older, diff(file).newer) == (1, 3)
    with reading(file) as connection, pytest.raises(UserError, match="no run '9'") as caught:
        resolve(connection, "9")
    assert "3, 2, 1" in caught.value.hint


def test_a_waiver_is_told_and_its_end_opens_the_finding_again(url: str) -> None:
    run(url, 0, failing("web"))
    waived = run(url, 1, failing("web"), waivers=[waiver()])
    assert (waived.new, waived.fixed, waived.reopened) == (0, 0, 0)
    assert changes(diff(url)) == {"web": "waived"}
    assert run(url, 5, failing("web"), waivers=[waiver()]).reopened == 1
    assert changes(diff(url)) == {"web": "reopened"}


def test_an_older_run_that_is_stored_late_closes_nothing(url: str) -> None:
    run(url, 5, failing("web"))
    assert run(url, 3, passing("web")).fixed == 0
    assert changes(diff(url, "1", "2")) == {"web": "new"}
    run(url, 1, failing("web"))
    (one,) = diff(url, "3", "1").findings
    assert (one.change, one.first_seen, one.last_seen) == ("unchanged", time(1), time(5))


def test_templates_are_gone_only_with_their_file_read(file: str) -> None:
    both = [of_template(failing("web"), "a.tf"), of_template(failing("db"), "b.tf")]
    run(file, 0, *both, **TEMPLATE)
    stored = run(file, 1, of_template(passing("mail"), "a.tf"), **TEMPLATE)
    assert (stored.fixed, stored.unseen) == (1, 0)
    assert changes(diff(file)) == {"web": "fixed", "db": "unseen"}


def test_what_a_module_declares_is_gone_only_where_its_call_was_read(file: str) -> None:
    """`mlps check modules/net` says nothing of what `mlps check prod` found by way of it."""
    uri = "modules/net/main.tf"

    def declared(made: ResourceVerdicts, address: str) -> ResourceVerdicts:
        made.resource.id = f"{uri}#{address}"
        return of_template(made, uri)

    called = [
        declared(failing("a"), 'module.net["module.x"].aws_security_group.a'),
        declared(failing("b"), "module.net[0].module.dns.aws_security_group.b"),
    ]
    run(file, 0, *called, **TEMPLATE)
    by_itself = declared(passing("a"), "aws_security_group.a")
    assert run(file, 1, by_itself, **TEMPLATE).fixed == 0
    assert run(file, 2, declared(passing(), "module.web.g.web"), **TEMPLATE).fixed == 0
    other_key = declared(passing("a"), 'module.net["y"].aws_security_group.a')
    assert run(file, 3, other_key, **TEMPLATE).fixed == 1


def test_two_repositories_with_the_same_names_are_two(file: str) -> None:
    run(file, 0, of_template(failing("web"), "main.tf"), home="a", **TEMPLATE)
    other = run(file, 1, of_template(passing("web"), "main.tf"), home="b", **TEMPLATE)
    assert (other.fixed, other.new) == (0, 0)
    mine = run(file, 2, of_template(failing("web"), "main.tf"), home="a", **TEMPLATE)
    assert (mine.new, mine.reopened) == (0, 0)
    assert (diff(file).older, diff(file).newer) == (1, 3)
