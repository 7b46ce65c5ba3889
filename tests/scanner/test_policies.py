"""Reading policies: what is loaded, and that nothing broken is, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.document import UserError
from scanner.catalog import load_catalogue, refuse_unknown_items
from scanner.checks import Remediation
from scanner.policies import REFUSED_BUILTINS, Bundle, bundled, load
from tests.scanner.lint_bundle import CHECK, edited, line_of

CONDITION = "	input.facts.versioning == false\n"


def loaded(folder: Path, text: str = CHECK, **more: str) -> Bundle:
    """Load a check of a user's folder, with further files, beside the bundled ones."""
    for name, source in {"versions": text, **more}.items():
        (folder / f"{name}.rego").write_text(source, encoding="utf-8")
    return load(bundled(), folder)


def refused(folder: Path, text: str = CHECK, **more: str) -> UserError:
    with pytest.raises(UserError) as caught:
        loaded(folder, text, **more)
    return caught.value


def test_the_bundled_checks_are_loaded() -> None:
    bundle = load(bundled())
    assert len(bundle.checks) >= 57
    assert [check.id for check in bundle.checks] == sorted(check.id for check in bundle.checks)
    assert bundle.own == frozenset()
    assert {module.package for module in bundle.modules} > {"mlps.lib.network", "mlps.lib.time"}
    assert not any(module.name.endswith("_test.rego") for module in bundle.modules)
    by_package = bundle.check_by_package()
    check = by_package["mlps.checks.boundary.admin_ports"]
    assert check.id == "boundary-admin-ports"
    assert check.file == "policies/checks/boundary/admin_ports.rego"
    assert load(bundled()).digest == bundle.digest


def test_an_own_check_is_loaded_with_its_metadata(tmp_path: Path) -> None:
    bundle = loaded(tmp_path, helper="package own.helper\n\nyes := true\n")
    assert bundle.own == {"mlps.checks.own.versions", "own.helper"}
    check = bundle.check_by_package()["mlps.checks.own.versions"]
    assert check.file == str(tmp_path / "versions.rego")
    assert (check.id, check.severity, check.native) == ("own-versions", "medium", False)
    assert (check.title, check.title_zh) == ("Buckets keep versions", "存储桶开启版本控制")
    assert check.description == "Without versions, what is overwritten is lost."
    assert check.targets == ["storage.bucket"]
    assert check.facts == ["versioning", "replication.region"]
    assert check.remediation == Remediation(en="Turn versioning on.", zh="开启版本控制。")
    assert bundle.digest != load(bundled()).digest
    paths = {module.name: module.path for module in bundle.modules}
    assert paths[check.file] == tmp_path / "versions.rego"
    assert paths["policies/lib/time.rego"] == bundled() / "lib" / "time.rego"


def test_tests_and_other_files_are_no_policies(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no Rego")
    (tmp_path / "versions_test.rego").write_text("this is not parsed")
    assert loaded(tmp_path).own == {"mlps.checks.own.versions"}


def test_a_file_in_a_folder_below_is_loaded(tmp_path: Path) -> None:
    below = tmp_path / "own" / "deep"
    below.mkdir(parents=True)
    (below / "versions.rego").write_text(CHECK, encoding="utf-8")
    assert load(bundled(), tmp_path).own == {"mlps.checks.own.versions"}


def test_several_folders_are_loaded(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, name in ((one, "versions"), (two, "copies")):
        folder.mkdir()
        text = CHECK.replace("own.versions", f"own.{name}").replace("own-versions", f"own-{name}")
        (folder / f"{name}.rego").write_text(text, encoding="utf-8")
    assert load(bundled(), one, two).own == {"mlps.checks.own.versions", "mlps.checks.own.copies"}


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load(bundled(), tmp_path / "nowhere")
    assert caught.value.message == f"The policy folder {tmp_path / 'nowhere'} does not exist."


def test_a_folder_without_rego(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load(bundled(), tmp_path)
    assert caught.value.message == f"There is no Rego file in {tmp_path}."
    assert caught.value.hint == "--policies takes a folder with *.rego files."


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "versions.rego"
    file.write_text(CHECK, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load(bundled(), file)
    assert str(file) in caught.value.message


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "versions.rego"
    file.write_bytes(CHECK.encode("gb18030"))
    with pytest.raises(UserError) as caught:
        load(bundled(), tmp_path)
    assert caught.value.message.startswith(f"The policy {file} cannot be read: ")


def test_a_file_with_a_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    file = tmp_path / "versions.rego"
    file.write_bytes(b"\xef\xbb\xbf" + CHECK.replace("\n", "\r\n").encode())
    assert load(bundled(), tmp_path).own == {"mlps.checks.own.versions"}


BROKEN: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "not Rego",
        [(CONDITION, CONDITION + "	some in\n")],
        "some in\n",
        "not valid Rego: ",
    ),
    (
        "no package",
        [("package mlps.checks.own.versions\n", "")],
        "import data.mlps.lib.location",
        "not valid Rego: ",
    ),
    (
        "no metadata",
        [("# METADATA\n", "# Metadata\n")],
        "package ",
        "the check has no metadata.",
    ),
    (
        "metadata far from the package",
        [("package mlps", "\npackage mlps")],
        "package ",
        "the check has no metadata.",
    ),
    (
        "metadata that is not YAML",
        [("items: [backup.replicas]", "items: [backup.replicas")],
        "message:",
        "the metadata is not valid YAML: ",
    ),
    (
        "metadata without a key",
        [("#   severity: medium\n", "")],
        "# title:",
        "the metadata of the check: Object missing required field `severity` - at `$.custom`.",
    ),
    (
        "metadata without a title",
        [("# title: Buckets keep versions\n", "")],
        "# description:",
        "the metadata of the check: Object missing required field `title`.",
    ),
    (
        "an unknown key",
        [("severity: medium", "severity: medium\n#   weight: 3")],
        "# title:",
        "the metadata of the check: Object contains unknown field `weight` - at `$.custom`.",
    ),
    (
        "an unknown key of what to do",
        [("en: Turn versioning on.", "en: Turn it on.\n#     gcp: Turn it on.")],
        "# title:",
        "the metadata of the check: Object contains unknown field `gcp`",
    ),
    (
        "an unknown severity",
        [("severity: medium", "severity: grave")],
        "# title:",
        "the metadata of the check: Invalid enum value 'grave' - at `$.custom.severity`.",
    ),
    (
        "a text in place of a list",
        [("targets: [storage.bucket]", "targets: storage.bucket")],
        "# title:",
        "the metadata of the check: Expected `array`, got `str` - at `$.custom.targets`.",
    ),
    (
        "an unknown target",
        [("targets: [storage.bucket]", "targets: [storage.bucket, storage.box]")],
        "# title:",
        "'storage.box' is not a resource type.",
    ),
    (
        "messages with different places",
        [('message_zh: "{region} 未', 'message_zh: "{place} 未')],
        "# title:",
        "message and message_zh differ in their places: place, region.",
    ),
]


@pytest.mark.parametrize(
    ("edits", "marker", "message"), [pytest.param(*rest, id=name) for name, *rest in BROKEN]
)
def test_a_broken_check_is_refused_with_file_and_line(
    tmp_path: Path, edits: list[tuple[str, str]], marker: str, message: str
) -> None:
    text = edited(CHECK, *edits)
    error = refused(tmp_path, text)
    assert error.message.startswith(
        f"{tmp_path}/versions.rego:{line_of(text, marker.strip())}: {message}"
    )


@pytest.mark.parametrize("builtin", sorted(REFUSED_BUILTINS))
def test_a_builtin_that_reaches_outside_is_refused(tmp_path: Path, builtin: str) -> None:
    text = edited(CHECK, (CONDITION, f"{CONDITION}	count({builtin}(input.name)) > 0\n"))
    error = refused(tmp_path, text)
    assert error.message == (
        f"{tmp_path}/versions.rego:{line_of(text, builtin)}: {builtin} may not be used: a check"
        " reads its input only."
    )


def test_a_builtin_is_refused_in_a_helper_too(tmp_path: Path) -> None:
    error = refused(tmp_path, helper="package own.helper\n\nnow := time.now_ns()\n")
    assert error.message.startswith(f"{tmp_path}/helper.rego:3: time.now_ns may not be used")
    assert error.hint == "The time of the scan is input.now."


def test_a_changed_input_is_no_way_around_it(tmp_path: Path) -> None:
    condition = "	true with input.now as opa.runtime().env\n"
    error = refused(tmp_path, edited(CHECK, (CONDITION, CONDITION + condition)))
    assert "opa.runtime may not be used" in error.message


def test_a_builtin_in_the_place_of_another_is_refused_too(tmp_path: Path) -> None:
    condition = "	count(input.name) > 0 with count as http.send\n"
    text = edited(CHECK, (CONDITION, CONDITION + condition))
    assert refused(tmp_path, text).message == (
        f"{tmp_path}/versions.rego:{line_of(text, 'http.send')}: http.send may not be used: a check"
        " reads its input only."
    )


def test_a_folder_without_a_check(tmp_path: Path) -> None:
    (tmp_path / "other.rego").write_text("package own.checks\n\ndeny contains 1\n")
    with pytest.raises(UserError) as caught:
        load(bundled(), tmp_path)
    assert caught.value.message == (
        f"There is no check in {tmp_path}: no package there begins with mlps.checks."
    )


@pytest.mark.parametrize(
    ("package", "file"),
    [
        ("mlps.lib.network", "lib/network.rego"),
        ("mlps.lib.network.more", "lib/network.rego"),
        ("mlps.lib", "lib/administration.rego"),
    ],
)
def test_bundled_packages_cannot_be_added_to(tmp_path: Path, package: str, file: str) -> None:
    """An own `admits` in mlps.lib.network would change what bundled checks find."""
    error = refused(tmp_path, more=f"package {package}\n\nadmits(_) := true\n")
    assert error.message == (
        f"{tmp_path}/more.rego: the package {package} is taken by policies/{file}."
    )


def test_a_file_of_the_name_of_a_bundled_one_takes_nothing_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "policies" / "lib" / "network.rego"
    own.parent.mkdir(parents=True)
    own.write_text(CHECK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    bundle = load(bundled(), Path("policies"))
    names = {module.name: module.package for module in bundle.modules}
    assert names["policies/lib/network.rego"] == "mlps.lib.network"
    assert names["./policies/lib/network.rego"] == "mlps.checks.own.versions"


def test_a_package_in_brackets(tmp_path: Path) -> None:
    text = edited(
        CHECK, ("package mlps.checks.own.versions", 'package mlps.checks.own["versions"]')
    )
    assert refused(tmp_path, text).message == (
        f"{tmp_path}/versions.rego:{line_of(text, 'package')}: the package's name must be letters,"
        " digits, _ and dots."
    )


def test_an_id_that_is_taken(tmp_path: Path) -> None:
    text = CHECK.replace("id: own-versions", "id: boundary-admin-ports")
    assert refused(tmp_path, text).message == (
        f"{tmp_path}/versions.rego: boundary-admin-ports is already taken by"
        " policies/checks/boundary/admin_ports.rego."
    )


def test_a_package_that_is_taken(tmp_path: Path) -> None:
    text = CHECK.replace("id: own-versions", "id: own-copies")
    assert refused(tmp_path, copy=text).message == (
        f"{tmp_path}/versions.rego: mlps.checks.own.versions is already taken by"
        f" {tmp_path}/copy.rego."
    )


def test_an_item_that_the_catalogue_lacks(tmp_path: Path) -> None:
    bundle = loaded(tmp_path, edited(CHECK, ("[backup.replicas]", "[backup.copies]")))
    with pytest.raises(UserError) as caught:
        refuse_unknown_items(bundle.checks, load_catalogue(bundled()))
    assert caught.value.message == (
        f"{tmp_path}/versions.rego: the check own-versions feeds the item 'backup.copies', which"
        " the catalogue does not have."
    )


def test_checks_and_catalogue_agree() -> None:
    """Each check answers items that exist. It is one of the designed checks, with at least the
    items of the design; designed ones without a file are unwritten."""
    catalogue = load_catalogue(bundled())
    checks = {check.id: check for check in load(bundled()).checks}
    refuse_unknown_items(list(checks.values()), catalogue)
    assert set(checks) <= set(catalogue.designed)
    unlike = {
        name: (sorted(designed), sorted(checks[name].items))
        for name, designed in catalogue.designed.items()
        if name in checks and not set(designed) <= set(checks[name].items)
    }
    assert unlike == {}
