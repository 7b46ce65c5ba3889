"""Sites of App Service: web apps and function apps, of Linux, Windows and of the versions of the
provider before 3, and their deployment slots, each of which has settings of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure.site_exposure import exposure_of
from collectors.azure.site_facts import (
    environment_encryption,
    log_category,
    on_host,
    plain_ftp,
    runtime_of,
    tls_of,
)
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Function
from collectors.iac.blocks import (
    Block,
    Mapping,
    PartOf,
    Project,
    Reference,
    nested,
    read,
)
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.azurerm.site_access import (
    FUNCTION,
    access_of,
    closed_by,
    functions_of,
    sign_in_of,
)
from collectors.iac.mappers.joins import (
    first_of,
    given,
    identity,
    joined,
    target_of,
)
from collectors.logic import Known, some
from collectors.secrets import holds_secrets

WEB = ("azurerm_linux_web_app", "azurerm_windows_web_app", "azurerm_app_service")
FUNCTIONS = (
    "azurerm_linux_function_app", "azurerm_windows_function_app", "azurerm_function_app",
    "azurerm_function_app_flex_consumption",
)  # fmt: skip
WEB_SLOTS = tuple(f"{kind}_slot" for kind in WEB)
FUNCTION_SLOTS = tuple(f"{kind}_slot" for kind in FUNCTIONS[:3])
PLANS = ("azurerm_service_plan", "azurerm_app_service_plan")
SWIFT = "azurerm_app_service_virtual_network_swift_connection"
SLOT_SWIFT = "azurerm_app_service_slot_virtual_network_swift_connection"

_PARENT = ("app_service_id", "function_app_id", "app_service_name", "function_app_name")
_STACKS = {
    "python_version": "Python", "node_version": "Node", "dotnet_version": "DotNetCore",
    "java_version": "Java", "php_version": "PHP", "ruby_version": "Ruby", "go_version": "Go",
    "powershell_core_version": "PowerShell",
}  # fmt: skip
_OLDER = {
    "python_version": "Python", "php_version": "PHP", "java_version": "Java",
    "dotnet_framework_version": "DotNet",
}  # fmt: skip
"""Arguments of `site_config` of azurerm_app_service and azurerm_function_app."""
# Since version 3 of the provider, and before; 1.2 where it is not written.
_LOWEST_TLS = ("minimum_tls_version", "min_tls_version")
_CONTAINERS = ("docker", "docker_image", "docker_image_name", "docker_container_name")
_OLDER_FUNCTIONS = ("azurerm_function_app", "azurerm_function_app_slot")
_LEFT_TO_AZURE = (
    "azurerm_app_service", "azurerm_app_service_slot", "azurerm_function_app_flex_consumption",
)  # fmt: skip
_HOST_SETTING = "FUNCTIONS_EXTENSION_VERSION"
_SUBNET = Unknown("the network is that of the site's subnet")
_PLAN = Unknown("the service plan is not part of this template")
_PRINCIPAL = Unknown("the principal of the site's identity is made at apply")
_VAULT_REFERENCE = "@microsoft.keyvault("


def map_site(block: Block, project: Project) -> Iterator[Document]:
    """A site, or a slot of one."""
    functions = block.type in (*FUNCTIONS, *FUNCTION_SLOTS)
    parent = _parent(block, project)
    settings = then(nested(block.values, "site_config"), lambda found: found[0] if found else {})
    runtime, supported = on_host(
        then(settings, lambda values: _runtime(values, block)), _host(block) if functions else None
    )
    inside = _in_network(block, parent, project)
    facts = Function(
        runtime=runtime,
        runtime_supported=supported,
        vpc_id=then(inside, lambda yes: _SUBNET if yes else None),
        network_kind=cast("Any", then(inside, lambda yes: "vpc" if yes else "public")),
        exposure=exposure_of(
            closed_by(block, functions=functions),
            then(settings, access_of),
            sign_in_of(block),
            functions_of(block, project) if functions else None,
        ),
        tls=tls_of(
            block.read("https_only", bool, default=False),
            then(settings, lambda one: first_of(one, _LOWEST_TLS, str, "1.2")),
        ),
        plain_ftp=then(settings, lambda one: plain_ftp(_ftp(one, block))),
        environment_secrets=_secrets(block),
        environment_encryption=environment_encryption(),
        role=_role(block, project),
        logging=logging_of(block, project, (log_category(functions=functions),)),
    )
    yield azure_document(block, project, facts, region=location_of(parent or block, project))


def _parent(block: Block, project: Project) -> Block | None:
    """The site that a slot is of, which decides where it stands."""
    if not block.type.endswith("_slot"):
        return None
    found = (target_of(project, block.get(name), *WEB, *FUNCTIONS) for name in _PARENT)
    return next((each for each in found if each), None)


def _runtime(settings: dict[str, Any], block: Block) -> str | Unknown | None:
    """The runtime, in the words of App Service; null for a container."""
    text = read(settings, "linux_fx_version", str, "")
    stacks = nested(settings, "application_stack")
    if isinstance(text, Unknown) or isinstance(stacks, Unknown):
        return also(text, stacks)
    stack: dict[str, Any] = stacks[0] if stacks else {}
    contained = given(stack, *_CONTAINERS)
    if contained is not False:
        return contained if isinstance(contained, Unknown) else None
    named = [(name, stack[key]) for key, name in _STACKS.items() if stack.get(key) is not None]
    if not stacks:
        named = [(name, settings[key]) for key, name in _OLDER.items() if settings.get(key)]
    # The plan that scales to none names its runtime beside the settings.
    flexible = block.read("runtime_name", str, "")
    if named and not text:
        return then(read({"v": named[0][1]}, "v", str, ""), lambda it: f"{named[0][0]}|{it}")
    return then(flexible, lambda name: name or runtime_of({"linuxFxVersion": text}))


def _host(block: Block) -> str | Unknown | None:
    """The version of Functions that an app asks for, in its arguments or, in ARM, its settings. The
    provider's default is 4 in newer types, 1 in the older one; null where nothing is told."""
    settings = block.values.get("app_settings")
    written = settings.get(_HOST_SETTING) if isinstance(settings, dict) else None
    if written is not None or block.native_type:
        return read({"v": written}, "v", str, "") or None
    older = block.type in _OLDER_FUNCTIONS
    argument, default = ("version", "~1") if older else ("functions_extension_version", "~4")
    return block.read(argument, str, default)


def _ftp(settings: dict[str, Any], block: Block) -> str | Unknown | None:
    """The newer types of the provider switch FTP off where it is not written, the older functions
    allow all of it; the others and ARM leave it to Azure."""
    default = "AllAllowed" if block.type in _OLDER_FUNCTIONS else "Disabled"
    told = not block.native_type and block.type not in _LEFT_TO_AZURE
    return read(settings, "ftps_state", str, "") or (default if told else None)


def _in_network(block: Block, parent: Block | None, project: Project) -> Known:
    """Whether the site runs in a network of the account: by a subnet, or in an environment that its
    plan names."""
    links = (joined(project, block, "app_service_id", SWIFT), _slot_links(block, parent, project))
    plan = next(
        (value for each in (block, parent) if each and (value := _plan(each)) is not None), None
    )
    return some(
        [
            given(block.values, "virtual_network_subnet_id"),
            *(bool(each.blocks) for each in links if each),
            *(each.doubt for each in links if each and each.doubt),
            _in_environment(plan, project),
        ]
    )


def _slot_links(block: Block, parent: Block | None, project: Project) -> Any:
    """The connections of a slot name it by its site and its name."""
    if parent is None:
        return None
    found = joined(project, parent, "app_service_id", SLOT_SWIFT)
    own = [one for one in found.blocks if one.get("slot_name") == block.get("name")]
    open_ = [one.get("slot_name") for one in found.blocks]
    return found._replace(blocks=own, doubt=found.doubt or also(None, *open_))


def _plan(site: Block) -> Any:
    for argument in ("service_plan_id", "app_service_plan_id"):
        if site.values.get(argument) is not None:
            return site.values[argument]
    return None


def _in_environment(value: Any, project: Project) -> Known:
    plan = target_of(project, value, *PLANS)
    if plan is None:
        return value if isinstance(value, Unknown) else _PLAN
    return given(plan.values, "app_service_environment_id")


def _secrets(block: Block) -> Known:
    """Whether a setting or connection string is a secret, by its name or value. References to Key
    Vault are looked up there."""
    settings = block.values.get("app_settings")
    strings = nested(block.values, "connection_string")
    doubt: Unknown | None = also(settings, strings)
    variables: dict[str, Any] = dict(settings) if isinstance(settings, dict) else {}
    if settings and not isinstance(settings, dict | Unknown):
        doubt = Unknown("the settings of the site are known after apply")
    for each in strings if isinstance(strings, list) else ():
        variables[f"connection {each.get('name')}"] = each.get("value")
    plain = {name: value for name, value in variables.items() if _is_plain(value)}
    if holds_secrets(plain):
        return True
    for value in variables.values():
        # A plan tells of a text that is put together only what it is made of.
        if isinstance(value, Unknown | Reference | list):
            doubt = doubt or Unknown("the settings of the site are known after apply")
    return doubt or False


def _is_plain(value: Any) -> bool:
    if value is None or isinstance(value, Unknown | Reference | list):
        return False
    return not str(value).strip().lower().startswith(_VAULT_REFERENCE)


def _role(block: Block, project: Project) -> str | Unknown | None:
    identities = nested(block.values, "identity")
    if isinstance(identities, Unknown) or not identities:
        return identities if isinstance(identities, Unknown) else None
    ids = identities[0].get("identity_ids")
    if isinstance(ids, Unknown):
        return ids
    return identity(project, ids[0]) if isinstance(ids, list) and ids else _PRINCIPAL


MAPPINGS = [
    Mapping(
        types=(*WEB, *WEB_SLOTS, *FUNCTIONS, *FUNCTION_SLOTS),
        facts=Function,
        map=map_site,
        joined=(FUNCTION, SWIFT, SLOT_SWIFT, *LOGGING_TYPES),
    )
]

PART_OF = {
    "azurerm_function_app_function": PartOf("azurerm_linux_function_app", ("function_app_id",)),
}

LINK_TYPES = frozenset(
    {
        "azurerm_app_service_slot_virtual_network_swift_connection",
        "azurerm_app_service_virtual_network_swift_connection",
    }
)
