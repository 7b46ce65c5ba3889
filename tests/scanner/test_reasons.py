"""Reasons in Chinese: every text that the code writes as a reason has its Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.document import NOT_COLLECTED
from collectors.regions import unknown_country
from collectors.snapshot import FailedCall
from scanner import reasons
from scanner.reasons import HOLE, ReasonFile, failure_in_chinese, in_chinese
from scanner.yaml_file import read_yaml

ROOT = Path(__file__).parents[2]
MAKERS = {"Unknown", "Failure", "_MalformedError"}
"""Calls whose first argument is a reason."""

CODES = "{}: {}"
"""The shape of the reasons of failed calls: a code and a permission, told by the list of codes."""

BUILT = {
    ("collectors/iac/documents.py", "reason"),
    ("collectors/iac/stacks/template.py", "reason"),
    ("collectors/iac/values.py", "self._module.doubt(dynamic.for_each, scope)"),
    ("collectors/iac/values.py", "self._module.doubt(expression, scope)"),
}
"""Reasons that are no text where the call is written; their texts stand in ELSEWHERE."""

ELSEWHERE = {
    "collectors/document.py": [NOT_COLLECTED],
    "collectors/regions.py": ["the country of region {region} is not known"],
    "collectors/iac/arm/declared.py": [
        "{place}: the deployment {name} was not read: its template is not a local file.",
        "{place}: the deployment {name} is nested too deep.",
        "{place}: a resource has no type.",
    ],
    "collectors/iac/finding.py": ["{file}: it could not be read: {why}."],
    "collectors/iac/certainty.py": [
        "{expression} could not be evaluated",
        "{name} has no value here",
        "{name} is declared again by an override file",
        "{name} is known after apply",
    ],
    "collectors/iac/documents.py": [
        "could not be read ({error})",
        "{place}: {address} could not be read ({error}).",
    ],
    "collectors/iac/stacks/nested.py": [
        "{place}: the nested stack {name} was not read: its template is not a local file.",
        "{place}: the nested stack {name} was not read: {url} lies outside {root}.",
        "{place}: the nested stack {name} was not read: {url} is nested too deep.",
        "{place}: the nested stack {name} was not read: {url} nests itself.",
        "{place}: the nested stack {name} was not read: {url} is no template.",
        "{place}: the nested stack {name} was not read: {url}: {why}.",
    ],
    "collectors/iac/stacks/template.py": [
        "{place}: the macro {name} changes the template at deployment.",
        "{place}: {name} has no Type.",
        "{place}: {name}: over what it loops is decided at deployment.",
    ],
    "collectors/iac/terraform_files.py": [
        "{file}: the module calls itself, by way of others or at once.",
        "{file}: the *.tf file of its name is read, not this one; check a plan.",
        "{file}: the Terraform parser failed: {error}. Check a plan file instead.",
        "{place}: module {name} ({source}) was not read: it is not in .terraform.",
        "{place}: module {name} ({source}) was not read: its folder does not exist.",
    ],
    "scanner/context.py": [
        "{reference}: it belongs to no declared system",
        "{reference}: the resource that it refers to is not in the snapshot",
    ],
    "scanner/decide.py": [
        "no type that the check is for has such a fact",
        "the document does not have it",
    ],
    "scanner/tally.py": [
        "no reason was given",
        "whether the resource belongs to the system is not known",
    ],
}
"""Texts that become reasons in other ways: name yours here, so that its Chinese is asked for."""


def shape(template: str) -> str:
    """A template without the names of its holes."""
    return HOLE.sub("{}", template)


def templates() -> dict[Path, ReasonFile]:
    """Every file, read as strictly as what people write."""
    return {path: read_yaml(path, "templates", "").convert(ReasonFile) for path in reasons.files()}


def written() -> Iterator[tuple[str, int, str]]:
    """File, line and shape of each reason in the code; the code itself where it is no text."""
    for package in ("collectors", "scanner"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            constants = {
                target.id: node.value.value
                for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
                for target in node.targets
                if isinstance(target, ast.Name) and isinstance(node.value.value, str)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _name(node.func) in MAKERS:
                    for found in _shapes(node, constants):
                        yield path.relative_to(ROOT).as_posix(), node.lineno, found


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)


def _shapes(call: ast.Call, constants: dict[str, str]) -> Iterator[str]:
    pending = [*call.args, *(keyword.value for keyword in call.keywords)][:1]
    while pending:
        value = pending.pop()
        if isinstance(value, ast.IfExp):
            pending += [value.body, value.orelse]
        elif isinstance(value, ast.Constant):
            yield str(value.value)
        elif isinstance(value, ast.Name) and value.id in constants:
            yield constants[value.id]
        elif isinstance(value, ast.JoinedStr):
            yield "".join(_part(part, constants) for part in value.values)
        else:
            yield f"`{ast.unparse(value)}`"


def _part(part: ast.expr, constants: dict[str, str]) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    return constants.get(ast.unparse(part.value), "{}")


def nearest(file: str) -> str:
    """The file of templates for the texts of a module: beside it, or in the folder above."""
    known = {path.parent.relative_to(ROOT) for path in reasons.files()}
    for folder in Path(file).parents:
        if folder in known and folder != Path("collectors"):
            return f"{folder.as_posix()}/{reasons.FILE}"
    # A new room of collectors: a file of its own.
    room = Path(*Path(file).parts[:2]) if len(Path(file).parts) > 2 else Path("collectors")
    return f"{room.as_posix()}/{reasons.FILE}"


def test_every_reason_has_its_chinese() -> None:
    known = {shape(text) for file in templates().values() for text in file.reasons} | {CODES}
    problems = []
    for file, line, found in written():
        if found.startswith("`"):
            if (file, found.strip("`")) not in BUILT:
                problems.append(
                    f"{file}:{line}: {found} is no text. Write the text into the call, or name the"
                    " call in BUILT and its texts in ELSEWHERE, both in this test."
                )
        elif found not in known:
            problems.append(
                f"{file}:{line}: no Chinese. Add to {nearest(file)}, under `reasons:`, each {{}} as"
                f' a named hole in both languages:  "{found}": ...'
            )
    for file, texts in ELSEWHERE.items():
        problems += [
            f'{file}: no Chinese. Add to {nearest(file)}, under `reasons:`:  "{text}": ...'
            for text in texts
            if shape(text) not in known
        ]
    assert not problems, "\n" + "\n".join(problems)


def test_no_chinese_is_left_of_a_reason_that_is_gone() -> None:
    used = {found for _, _, found in written()}
    used |= {shape(text) for texts in ELSEWHERE.values() for text in texts}
    left = [
        f'{path.relative_to(ROOT)}: nothing writes "{text}" now. Delete it; if it is built in'
        " another way, name it in ELSEWHERE in this test."
        for path, file in templates().items()
        for text in file.reasons
        if shape(text) not in used
    ]
    assert not left, "\n" + "\n".join(left)


def test_both_languages_have_the_same_holes_and_each_text_stands_once() -> None:
    seen: dict[str, Path] = {}
    for path, file in templates().items():
        for english, chinese in file.reasons.items():
            holes = HOLE.findall(english)
            assert sorted(holes) == sorted(HOLE.findall(chinese)), (path, english)
            assert len(set(holes)) == len(holes), (path, english)
            assert re.search(r"[\u4e00-\u9fff]", HOLE.sub("", chinese)) or (
                reasons.REASON in holes
            ), (path, english)
            assert shape(english) not in seen, f"{english!r}: {path} and {seen[shape(english)]}"
            seen[shape(english)] = path
        for codes in file.codes:
            assert set(HOLE.findall(codes.zh)) <= {"code", "permission"}, (path, codes)


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        ("AccessDenied: ec2:DescribeVpcs", "无权限：需要 ec2:DescribeVpcs（AccessDenied）"),
        ("ACCESS_DENIED: inspector2:X", "无权限：需要 inspector2:X（ACCESS_DENIED）"),
        ("UnauthorizedOperation: ec2:X", "无权限：需要 ec2:X（UnauthorizedOperation）"),
        ("Forbidden.RAM: ecs:X", "无权限：需要 ecs:X（Forbidden.RAM）"),
        ("NoPermission: ram:GetUser", "无权限：需要 ram:GetUser（NoPermission）"),
        (
            "AuthorizationFailed: Microsoft.Storage/storageAccounts/read",
            "无权限：需要 Microsoft.Storage/storageAccounts/read（AuthorizationFailed）",
        ),
        ("Throttling.User: rds:X", "被限流（Throttling.User）：rds:X"),
        ("SlowDown: s3:X", "被限流（SlowDown）：s3:X"),
        ("ConnectTimeoutError: s3:X", "连接失败或超时（ConnectTimeoutError）：s3:X"),
        ("EndpointConnectionError: s3:X", "连接失败或超时（EndpointConnectionError）：s3:X"),
        ("MalformedResponse: iam:X", "返回内容无法识别（MalformedResponse）：iam:X"),
        ("UnexpectedAnswer: iam", "返回内容无法识别：iam"),
        ("ServiceUnavailable: sls:X", "云服务暂时异常（ServiceUnavailable）：sls:X"),
        ("NotActivated: sls:X", "服务未开通（NotActivated）：sls:X"),
        ("ExpiredToken: sts:X", "凭据无效或已过期（ExpiredToken）：sts:X"),
        (
            "Forbidden.AccessKeyDisabled: ecs:X",
            "凭据无效或已过期（Forbidden.AccessKeyDisabled）：ecs:X",
        ),
        ("CredentialReportNotReady: iam:X", "调用失败（CredentialReportNotReady）：iam:X"),
        ("NoSuchThing: s3:X", "调用失败（NoSuchThing）：s3:X"),
    ],
)
def test_a_failed_call_is_told_by_its_code(reason: str, chinese: str) -> None:
    assert in_chinese(reason) == chinese


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        (NOT_COLLECTED, "本版本尚未采集"),
        ("the bucket logs does not belong to account 1", "存储桶 logs 不属于账号 1"),
        ("aws_vpc.a.id is known after apply", "aws_vpc.a.id 在部署后才能确定"),
        ("aws_eip.a.tags: known after apply", "aws_eip.a.tags：部署后才能确定"),
        ("sg-1: it belongs to no declared system", "sg-1：不属于任何已声明的定级对象"),
        (
            "the policy document cannot be read: it has no Statement",
            "无法读取策略文档：没有 Statement",
        ),
        ("engine: a\nb", "策略引擎出错：a\nb"),
        ("could not be read (KeyError: {name})", "无法读取（KeyError: {name}）"),
        ("words of somebody's own collector", "words of somebody's own collector"),
        ("", ""),
    ],
)
def test_a_reason_is_told_with_its_particulars(reason: str, chinese: str) -> None:
    assert in_chinese(reason) == chinese


def test_an_unlisted_region_is_told() -> None:
    (reason,) = unknown_country("aws", "xx-1").values()
    assert in_chinese(reason) == "无法确定地域 xx-1 所属的国家或地区"


def failed(code: str, message: str, permission: str = "") -> FailedCall:
    return FailedCall(
        provider="aws",
        account="1",
        region="",
        service="s3",
        operation="GetBucketAcl",
        permission=permission,
        code=code,
        message=message,
    )


@pytest.mark.parametrize(
    ("call", "chinese"),
    [
        (
            failed("AccessDenied", "Access Denied", "s3:GetBucketAcl"),
            "无权限：需要 s3:GetBucketAcl（AccessDenied）；原文：Access Denied",
        ),
        (failed("SlowDown", ""), "被限流（SlowDown）：s3:GetBucketAcl"),
        (
            failed(
                "TofuFile", "a.tofu: the *.tf file of its name is read, not this one; check a plan."
            ),
            "文件未读取（TofuFile）：a.tofu：读取的是同名 *.tf 文件而非此文件，请改为检查部署计划",
        ),
    ],
)
def test_a_failed_call_is_told_with_the_words_of_the_cloud(call: FailedCall, chinese: str) -> None:
    assert failure_in_chinese(call) == chinese
