"""Versions of Kubernetes in EKS: what is known of them without asking an account. Pure."""

from __future__ import annotations

from collectors.aws.logic import Known
from collectors.document import Unknown

# Kubernetes data of all kinds is encrypted from this version on (EKS user guide, "Default envelope
# encryption for all Kubernetes API Data").
_ENCRYPTED_SINCE = (1, 28)
# A version is supported for 26 months from its release (EKS user guide, "Understand the Kubernetes
# version lifecycle on EKS"): older ones than this had ended by the end of 2025.
_OLDEST = (1, 27)


def number_of(version: str) -> tuple[int, int] | None:
    """1.28 as numbers, which compare as versions do."""
    major, _, minor = version.partition(".")
    return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else None


def encrypts_all(version: str) -> Known:
    """Whether a version encrypts secrets with a key of AWS where the cluster names none."""
    number = number_of(version)
    if number is None:
        return Unknown("EKS does not tell the version of the cluster")
    return number >= _ENCRYPTED_SINCE


def has_ended(version: str) -> bool:
    """Whether EKS surely supports a version no longer."""
    number = number_of(version)
    return number is not None and number < _OLDEST
