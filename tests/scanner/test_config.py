"""`mlps.yaml`: what is not as documented is refused with its line; nothing is dropped silently."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from collectors.document import UserError
from scanner.config import Config, Waiver, load_config

WAIVER = """\
  - check: boundary-admin-ports
    resource: "arn:aws-cn:ec2:*:*:security-group/sg-0a1"
    reason: 堡垒机建成前的唯一入口
    approver: wang.fang@example.com
    expires: 2027-01-31
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "配置 #1.yaml"


def load(path: Path, text: str) -> Config:
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def refused(path: Path, text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        load(path, text)
    assert str(path) in caught.value.message
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message
    return caught.value


def test_waivers_are_read(path: Path) -> None:
    assert load(path, "waivers:\n" + WAIVER) == Config(
        waivers=[
            Waiver(
                check="boundary-admin-ports",
                resource="arn:aws-cn:ec2:*:*:security-group/sg-0a1",
                reason="堡垒机建成前的唯一入口",
                approver="wang.fang@example.com",
                expires=date(2027, 1, 31),
            )
        ]
    )


def test_a_quoted_date_is_the_same_date(path: Path) -> None:
    text = "waivers:\n" + WAIVER
    assert load(path, text.replace("2027-01-31", "'2027-01-31'")) == load(path, text)


def test_an_expired_waiver_is_read_for_the_report_to_name(path: Path) -> None:
    config = load(path, "waivers:\n" + WAIVER.replace("2027", "2019"))
    assert config.waivers[0].expires == date(2019, 1, 31)


def test_no_file_and_an_empty_one_declare_nothing(path: Path) -> None:
    assert load_config(None) == Config()
    for text in ("", "# nothing yet\n", "---\n", "\ufeff", "waivers: []\n"):
        assert load(path, text) == Config(), repr(text)


def test_a_missing_file_is_an_error_and_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.yaml cannot be read: ") as caught:
        load_config(tmp_path / "nowhere.yaml")
    assert "--config" in caught.value.hint
    with pytest.raises(UserError, match=r"cannot be read: .*Is a directory"):
        load_config(tmp_path)


def test_another_encoding_is_named(path: Path) -> None:
    path.write_bytes("waivers: [] # 豁免".encode("gb18030"))
    with pytest.raises(UserError, match=r"cannot be read: .*utf-8"):
        load_config(path)


LINES = {
    "a key that does not exist": ("waivers: []\n\nsystem:  []\n", 3, "`system`"),
    "a key of a waiver that does not exist": (
        f"waivers:\n{WAIVER}    until: 2027-01-01\n",
        7,
        "`until`",
    ),
    "a missing key": ("waivers:\n" + WAIVER.replace("    approver: w", "    # "), 2, "`approver`"),
    "a missing key of the second": (f"waivers:\n{WAIVER}  - check: x\n", 7, "`resource`"),
    "a date that no calendar has": (
        "waivers:\n" + WAIVER.replace("2027-01-31", "2027-02-30"),
        6,
        "date",
    ),
    "a month that no calendar has": (
        "waivers:\n" + WAIVER.replace("2027-01-31", "2027-13-01"),
        6,
        "date",
    ),
    "a date in words": ("waivers:\n" + WAIVER.replace("2027-01-31", "next year"), 6, "date"),
    "a time": ("waivers:\n" + WAIVER.replace("2027-01-31", "2027-01-31T10:00:00Z"), 6, "date"),
    "a number for a date": ("waivers:\n" + WAIVER.replace("2027-01-31", "20270131"), 6, "date"),
    "no date": ("waivers:\n" + WAIVER.replace("2027-01-31", ""), 6, "date"),
    "a number for a text": (
        "waivers:\n" + WAIVER.replace("boundary-admin-ports", "22"),
        2,
        "`str`",
    ),
    "a list for a text": (
        "waivers:\n" + WAIVER.replace("boundary-admin-ports", "[a, b]"),
        2,
        "`str`",
    ),
    "a mapping for the list": ("waivers:\n  check: x\n", 2, "`array`"),
    "nothing for the list": ("\nwaivers:\n", 2, "`array`"),
    "a text for a waiver": (f"waivers:\n{WAIVER}  - boundary-admin-ports\n", 7, "`object`"),
    "a list for the file": ("[]\n", 1, "`object`"),
    "a text for the file": ("waivers\n", 1, "`object`"),
    "a falsehood for the file": ("false\n", 1, "`object`"),
    "a reason of spaces": (
        "waivers:\n" + WAIVER.replace("堡垒机建成前的唯一入口", "'  '"),
        2,
        "needs a check, a resource, a reason and an approver",
    ),
    "an approver of spaces": (
        "waivers:\n" + WAIVER.replace("wang.fang@example.com", '"\\t"'),
        2,
        "needs a check",
    ),
    "a check of nothing": (
        f"waivers:\n{WAIVER}" + WAIVER.replace("boundary-admin-ports", "''"),
        7,
        "needs a check",
    ),
    "the same list twice": (f"waivers:\n{WAIVER}waivers: []\n", 7, "'waivers' is already given"),
    "the same key twice": (f"waivers:\n{WAIVER}    check: '*'\n", 7, "'check' is already given"),
    "not YAML": ("waivers:\n  - check: [\n", 3, "not valid YAML"),
    "a tab": ("waivers:\n\t- check: x\n", 2, "not valid YAML"),
    "two documents": ("waivers: []\n---\nwaivers: []\n", 2, "not valid YAML"),
    "an alias of nothing": ("waivers: *mine\n", 1, "not valid YAML"),
    "an object of a program": ("waivers: !!python/object:os.system x\n", 1, "not valid YAML"),
    "a key that is a list": ("? [a]\n: b\n", 1, "not valid YAML"),
}


@pytest.mark.parametrize(("text", "line", "words"), LINES.values(), ids=LINES)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, words: str, path: Path) -> None:
    message = refused(path, text).message
    assert message.startswith(f"{path}:{line}: ")
    assert words in message


def test_a_wrong_date_is_met_with_a_right_one(path: Path) -> None:
    text = "waivers:\n" + WAIVER.replace("2027-01-31", "31.1.2027")
    assert refused(path, text).hint == "Write a date like 2027-01-31."


@pytest.mark.parametrize("text", ["a: \x00", "[" * 5000, "a: !!int x"], ids=["nul", "deep", "int"])
def test_what_yaml_itself_stumbles_over_is_no_internal_error(text: str, path: Path) -> None:
    assert "not valid YAML" in refused(path, text).message


def test_a_mapping_that_holds_itself_ends(path: Path) -> None:
    assert "`mine`" in refused(path, "mine: &x\n  again: *x\n").message


COVERS = {
    "the very resource": ("boundary-admin-ports", "sg-1", True),
    "by its name": ("boundary-admin-ports", "web", True),
    "another resource": ("boundary-admin-ports", "sg-11", False),
    "a prefix is no match": ("boundary-admin-ports", "sg", False),
    "any resource": ("boundary-admin-ports", "*", True),
    "any check of a family": ("boundary-*", "sg-?", True),
    "another check": ("boundary-any-port", "sg-1", False),
    "capitals matter": ("Boundary-admin-ports", "sg-1", False),
    "capitals of a resource matter": ("boundary-admin-ports", "SG-1", False),
}


@pytest.mark.parametrize(("check", "resource", "covers"), COVERS.values(), ids=COVERS)
def test_a_waiver_covers_by_globs(check: str, resource: str, covers: bool) -> None:
    waiver = Waiver(
        check=check, resource=resource, reason="r", approver="a", expires=date(2027, 1, 1)
    )
    assert waiver.covers("boundary-admin-ports", "sg-1", "web") is covers
