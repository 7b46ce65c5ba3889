"""What a machine of EC2 starts with: its metadata service and its start script."""

from __future__ import annotations

from collectors.aws.logic import Known, some
from collectors.aws.user_data import has_secrets
from collectors.document import Unknown, then
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.aws.shared import is_same_place
from collectors.iac.mappers.start_script import looked_at, provisions_secret
from collectors.secrets import script_holds_secret

METADATA_DEFAULTS = "aws_ec2_instance_metadata_defaults"


def token_required(block: Block, project: Project, unless: Unknown | None) -> Known:
    """Whether the metadata service is off or asks for a token. Without a word in the template, the
    account's default decides, and where it has none the image (EC2 API reference, HttpTokens)."""
    options = nested(block.values, "metadata_options")
    if isinstance(options, Unknown):
        return options
    option = options[0] if options else {}
    endpoint = read(option, "http_endpoint", str, unless or "enabled")
    if endpoint == "disabled":
        return True
    default = unless or _default_tokens(block, project)
    tokens = read(option, "http_tokens", str, default)
    return some(
        [
            then(endpoint, lambda text: text == "disabled"),
            then(tokens, lambda text: text == "required"),
        ]
    )


def _default_tokens(block: Block, project: Project) -> str | Unknown:
    for defaults in project.of_type(METADATA_DEFAULTS):
        if is_same_place(defaults, block, project):
            tokens = project.take(defaults).read("http_tokens", str, "no-preference")
            if tokens != "no-preference":
                return tokens
    return Unknown("http_tokens is not written: the account's default or the image decides")


def user_data_secrets(block: Block, unless: Unknown | None) -> Known:
    """Whether the start script holds secrets; it may stand there in base64 already."""
    if provisions_secret(block.values):
        return True
    plain = block.read("user_data", str, "")
    encoded = block.read("user_data_base64", str, "")
    if plain == "" and encoded == "":
        return unless or False
    return some([looked_at(plain, script_holds_secret), looked_at(encoded, has_secrets)])
