"""Whether the subject (`sub`) that a trust policy asks of an identity provider's tokens names
somebody.

GitHub Docs, "OpenID Connect reference"; GitLab Docs, "OpenID Connect (OIDC) authentication"; HCP
Terraform, "Workload identity tokens".
"""

from __future__ import annotations

import re

GITHUB = "token.actions.githubusercontent.com"

_ENDS = {
    "repo:": "/",
    "repository:": "/",
    "job_workflow_ref:": "/",
    "project_path:": "/",
    "organization:": ":",
    "repository_id:": ":",
    "repository_owner:": ":",
    "repository_owner_id:": ":",
    "enterprise:": ":",
    "enterprise_id:": ":",
    "project:": "",
}
"""What a subject begins with, and what ends the name of an owner there: before a wildcard the name
has to be complete, as `repo:acme*` is also the repositories of acme-of-somebody-else."""


def stem(value: str) -> str:
    """What stands before the first wildcard."""
    return re.split(r"[*?]", value, maxsplit=1)[0]


def names_somebody(value: str, provider: str = "") -> bool:
    """Whether a subject, or a pattern of subjects, names an owner: `repo:acme/*` does, `repo:*` is
    every repository that there is. The tokens of a provider of everybody, GitHub, may begin with
    what everybody can choose, such as the name of a workflow."""
    fixed = stem(value)
    for claim, end in _ENDS.items():
        if fixed.startswith(claim):
            name = fixed.removeprefix(claim)
            return name != "" and (fixed == value or name.find(end) > 0 or end == "")
    return fixed != "" and not provider.startswith(GITHUB)


def names_owner(value: str) -> bool:
    """The same of the name of a repository or workflow: `acme/*`, not `acme*`."""
    fixed = stem(value)
    return fixed != "" and (fixed == value or fixed.find("/") > 0)
