"""Launch templates and launch configurations, joined with the Auto Scaling groups that use them:
machines that are scaled away while a scan looks are judged by what they are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.ec2_calls import DESCRIBE_IMAGES
from collectors.aws.launch_data import (
    disks_encrypted,
    metadata_token_required,
    public_address,
    user_data_secrets,
)
from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, read_ground
from collectors.aws.scaling_groups import DESCRIBE_GROUPS, Use, read_uses
from collectors.aws.services.account_configuration import GET_EBS_ENCRYPTION_BY_DEFAULT
from collectors.aws.services.ec2_instances import image_of, read_images
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import InstanceImage, LaunchTemplate

TEMPLATE = "AWS::EC2::LaunchTemplate"
CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration"


def _call(
    service: str,
    operation: str,
    result: str,
    scope: Scope = "region",
    *,
    paged: bool = True,
    may_omit: bool = False,
) -> Call:
    return Call(
        provider="aws",
        service=service,
        operation=operation,
        permission=f"{service}:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        may_omit=may_omit,
    )


DESCRIBE_TEMPLATES = _call("ec2", "DescribeLaunchTemplates", "LaunchTemplates")
DESCRIBE_VERSIONS = _call(
    "ec2", "DescribeLaunchTemplateVersions", "LaunchTemplateVersions", "resource"
)
# Empty where the account sets no defaults.
GET_METADATA_DEFAULTS = _call(
    "ec2", "GetInstanceMetadataDefaults", "AccountLevel", paged=False, may_omit=True
)
DESCRIBE_CONFIGURATIONS = _call(
    "autoscaling", "DescribeLaunchConfigurations", "LaunchConfigurations"
)

_NO_IMAGE = Unknown("the launch template names no image")
_KEPT = (
    "ImageId",
    "InstanceType",
    "IamInstanceProfile",
    "KeyName",
    "MetadataOptions",
    "BlockDeviceMappings",
    "NetworkInterfaces",
    "SecurityGroupIds",
    "SecurityGroups",
)

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the templates of a region are joined with; each part may be unknown."""

    uses: list[Use] | Unknown
    ground: Ground
    defaults: Item | Unknown | None
    encrypted: Known


class _Launch(Struct, frozen=True):
    """What machines are made from: launch data, and the image that stands in for theirs."""

    data: Item
    image: str | None


def templates(account: Account, region: str) -> Iterator[Document]:
    """A document for each launch template of a region, and for each launch configuration."""
    around: _Around | None = None
    for call, kind, made in (
        (DESCRIBE_TEMPLATES, TEMPLATE, _template),
        (DESCRIBE_CONFIGURATIONS, CONFIGURATION, _configuration),
    ):
        found = account.read(call, region)
        if isinstance(found, Unknown):
            yield account.unlisted(LaunchTemplate, found, region, kind)
        elif found:
            here = around = around or _read_around(account, region)
            yield from account.map(partial(made, account, region, here), found)


def _read_around(account: Account, region: str) -> _Around:
    return _Around(
        uses=read_uses(account, region),
        ground=read_ground(account, region),
        defaults=account.read(GET_METADATA_DEFAULTS, region),
        encrypted=account.read(GET_EBS_ENCRYPTION_BY_DEFAULT, region),
    )


def _template(account: Account, region: str, around: _Around, item: Item) -> Document:
    name = item["LaunchTemplateId"]
    used = _uses_of(around, name)
    versions = sorted({_number(item, "$Default"), *(_number(item, one.version) for one in used)})
    found = account.read(DESCRIBE_VERSIONS, region, name, LaunchTemplateId=name, Versions=versions)
    data = then(found, lambda known: _by_version(versions, known))
    launches = then(
        data,
        lambda known: [
            *(_Launch(one, None) for one in known.values()),
            *(_Launch(known[_number(item, use.version)], use.image) for use in used if use.image),
        ],
    )
    return account.document(
        _facts(account, region, launches, used, around),
        id=account.arn("ec2", region, f"launch-template/{name}"),
        region=region,
        name=item["LaunchTemplateName"],
        tags=tags_of(item.get("Tags")),
        native_type=TEMPLATE,
        native={
            "versions": {} if isinstance(data, Unknown) else _map_kept(data),
            "groups": sorted({use.group for use in used}),
        },
    )


def _by_version(asked: list[str], found: list[Item]) -> dict[str, Item] | Unknown:
    """The launch data of each version that was asked for."""
    known = {str(one["VersionNumber"]): one["LaunchTemplateData"] for one in found}
    for version in asked:
        if version not in known:
            return Unknown(f"EC2 does not describe version {version} of the launch template")
    return known


def _number(item: Item, version: str) -> str:
    """The number of a version that may be named by its place."""
    places = {"$Default": "DefaultVersionNumber", "$Latest": "LatestVersionNumber"}
    return str(item[places[version]]) if version in places else version


def _configuration(account: Account, region: str, around: _Around, item: Item) -> Document:
    name = item["LaunchConfigurationName"]
    used = _uses_of(around, name)
    data = dict(item)
    if item.get("AssociatePublicIpAddress") is not None:
        data["NetworkInterfaces"] = [{"AssociatePublicIpAddress": item["AssociatePublicIpAddress"]}]
    return account.document(
        _facts(account, region, [_Launch(data, None)], used, around),
        id=item["LaunchConfigurationARN"],
        region=region,
        name=name,
        native_type=CONFIGURATION,
        native={**_kept(data), "groups": sorted({use.group for use in used})},
    )


def _uses_of(around: _Around, name: str) -> list[Use]:
    if isinstance(around.uses, Unknown):
        return []
    return [use for use in around.uses if use.template == name]


def _facts(
    account: Account,
    region: str,
    launches: list[_Launch] | Unknown,
    used: list[Use],
    around: _Around,
) -> LaunchTemplate:
    """Of several versions the worst; which of them count is open where the groups are."""
    if isinstance(launches, Unknown):
        return LaunchTemplate(
            metadata_token_required=launches,
            disks_encrypted=launches,
            public_address=launches,
            user_data_secrets=launches,
            image=launches,
        )
    open_ = [around.uses] if isinstance(around.uses, Unknown) else []
    images = [_image(account, region, one) for one in launches]
    pairs = list(zip(launches, images, strict=True))
    subnets = sorted({name for use in used for name in use.subnets})
    return LaunchTemplate(
        metadata_token_required=every(
            [
                *open_,
                *(metadata_token_required(one.data, around.defaults, im) for one, im in pairs),
            ]
        ),
        disks_encrypted=every(
            [*open_, *(disks_encrypted(one.data, around.encrypted, im) for one, im in pairs)]
        ),
        public_address=some(
            [*open_, *(public_address(one.data, subnets, around.ground) for one in launches)]
        ),
        user_data_secrets=some([*open_, *(user_data_secrets(one.data) for one in launches)]),
        image=_worst([*open_, *(then(im, _told_image) for im in images)]),
    )


def _image(account: Account, region: str, launch: _Launch) -> Item | Unknown:
    name = launch.image or launch.data.get("ImageId")
    if not name:
        return _NO_IMAGE
    if not name.startswith("ami-"):
        return Unknown(f"the image is looked up at launch: {name}")
    gone = Unknown("the image no longer exists or is no longer shared with this account")
    return then(read_images(account, region, {name}), lambda known: known.get(name, gone))


def _told_image(image: Item) -> InstanceImage | Unknown:
    return image_of(image, datetime.now(UTC))


def _worst(images: Iterable[InstanceImage | Unknown]) -> InstanceImage | Unknown:
    """An image that is withdrawn or not approved, else one that is not known, else any."""
    found = list(images)
    known = [one for one in found if isinstance(one, InstanceImage)]
    for one in known:
        if one.deprecated is True or one.approved is False:
            return one
    return also(None, *found) or known[0]


def _map_kept(data: dict[str, Item]) -> dict[str, Item]:
    return {version: _kept(one) for version, one in data.items()}


def _kept(data: Item) -> Item:
    return {key: data[key] for key in _KEPT if key in data}


SERVICE = Service(
    name="Launch templates",
    types=((LaunchTemplate, TEMPLATE), (LaunchTemplate, CONFIGURATION)),
    calls=(
        DESCRIBE_TEMPLATES,
        DESCRIBE_VERSIONS,
        DESCRIBE_CONFIGURATIONS,
        DESCRIBE_GROUPS,
        DESCRIBE_IMAGES,
        GET_METADATA_DEFAULTS,
        GET_EBS_ENCRYPTION_BY_DEFAULT,
        *REACHABILITY_CALLS,
    ),
    region=templates,
)
