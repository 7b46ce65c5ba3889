"""SageMaker: the volumes of notebook instances. What else is read of machines, SageMaker does not
tell of a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import told
from collectors.aws.service_volumes import notebook_volume
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Disk
from collectors.facts.shared import Encryption

NOTEBOOK = "AWS::SageMaker::NotebookInstance"
_KEPT = (
    "NotebookInstanceArn",
    "NotebookInstanceStatus",
    "InstanceType",
    "SubnetId",
    "SecurityGroups",
    "RoleArn",
    "KmsKeyId",
    "DirectInternetAccess",
    "RootAccess",
    "VolumeSizeInGB",
    "InstanceMetadataServiceConfiguration",
)
_GIB = 1024**3

Item = dict[str, Any]


def _sagemaker(
    operation: str, result: str, scope: Scope = "resource", *, paged: bool = False
) -> Call:
    return Call(
        provider="aws",
        service="sagemaker",
        operation=operation,
        permission=f"sagemaker:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        not_everywhere=scope == "region",
    )


LIST_NOTEBOOKS = _sagemaker("ListNotebookInstances", "NotebookInstances", "region", paged=True)
DESCRIBE_NOTEBOOK = _sagemaker("DescribeNotebookInstance", "")
LIST_TAGS = _sagemaker("ListTags", "Tags", paged=True)


def disks(account: Account, region: str) -> Iterable[Document]:
    """A document for the volume of each notebook instance of a region."""
    found = account.read(LIST_NOTEBOOKS, region)
    if found is None:
        return
    if isinstance(found, Unknown):
        yield account.unlisted(Disk, found, region, NOTEBOOK)
        return
    yield from account.map(lambda item: _document(account, region, item), found)


def _document(account: Account, region: str, item: Item) -> Document:
    name, arn = item["NotebookInstanceName"], item["NotebookInstanceArn"]
    notebook: Item | Unknown = account.read(
        DESCRIBE_NOTEBOOK, region, name, NotebookInstanceName=name
    )
    size = then(notebook, lambda known: told(known, "VolumeSizeInGB"))
    return account.document(
        notebook_volume(_encryption(account, region, notebook), then(size, lambda gib: gib * _GIB)),
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, name, ResourceArn=arn), tags_of),
        native_type=NOTEBOOK,
        native=_native(notebook),
    )


def _encryption(account: Account, region: str, notebook: Item | Unknown) -> Encryption:
    """Always: with a key of the system unless one is named (SageMaker developer guide, "Notebook
    instances, SageMaker jobs, and Endpoints")."""
    if isinstance(notebook, Unknown):
        return Encryption(enabled=True, key_manager=notebook, key_id=notebook, algorithm="AES-256")
    return at_rest(account, region, True, notebook.get("KmsKeyId"))


def _native(notebook: Item | Unknown) -> Item:
    if isinstance(notebook, Unknown):
        return {}
    return {key: notebook[key] for key in _KEPT if key in notebook}


SERVICE = Service(
    name="SageMaker",
    types=((Disk, NOTEBOOK),),
    calls=(LIST_NOTEBOOKS, DESCRIBE_NOTEBOOK, LIST_TAGS, DESCRIBE_KEY),
    region=disks,
)
