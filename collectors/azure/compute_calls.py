"""Calls of virtual machines, their disks and images that several services make."""

from __future__ import annotations

from collectors.azure.calls import child, listing

_COMPUTE = "Microsoft.Compute"
MACHINE = f"{_COMPUTE}/virtualMachines"
SCALE_SET = f"{_COMPUTE}/virtualMachineScaleSets"
DISK = f"{_COMPUTE}/disks"

LIST_VIRTUAL_MACHINES = listing(MACHINE, "VirtualMachines_ListAll")
LIST_SCALE_SETS = listing(SCALE_SET, "VirtualMachineScaleSets_ListAll")
LIST_DISKS = listing(DISK, "Disks_List")
GET_INSTANCE_VIEW = child(
    f"{MACHINE}/instanceView", "VirtualMachines_InstanceView", "{id}/instanceView", proof="statuses"
)
LIST_EXTENSIONS = child(
    f"{MACHINE}/extensions", "VirtualMachineExtensions_List", "{id}/extensions", paged=True
)
