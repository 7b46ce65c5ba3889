"""Regions that Azure replicates to from other regions. Pure."""

from __future__ import annotations

from collectors.document import Unknown

# Microsoft's list of paired regions, both directions unless the list says otherwise.
_PAIRS = {
    "chinanorth": "chinaeast", "chinanorth2": "chinaeast2", "chinanorth3": "chinaeast3",
    "eastasia": "southeastasia", "australiaeast": "australiasoutheast",
    "australiacentral": "australiacentral2", "canadacentral": "canadaeast",
    "northeurope": "westeurope", "francecentral": "francesouth",
    "germanywestcentral": "germanynorth", "centralindia": "southindia",
    "japaneast": "japanwest", "koreacentral": "koreasouth", "eastus": "westus",
    "eastus2": "centralus", "northcentralus": "southcentralus", "westus2": "westcentralus",
    "norwayeast": "norwaywest", "southafricanorth": "southafricawest",
    "swedencentral": "swedensouth", "switzerlandnorth": "switzerlandwest",
    "ukwest": "uksouth", "uaenorth": "uaecentral",
}  # fmt: skip
_ONE_WAY = {
    "brazilsouth": "southcentralus", "brazilsoutheast": "brazilsouth",
    "westindia": "southindia", "westus3": "eastus",
}  # fmt: skip
PAIRED = _PAIRS | {second: first for first, second in _PAIRS.items()} | _ONE_WAY


def paired_region(region: str | Unknown) -> str | Unknown:
    """The region that Azure replicates to from a region."""
    if isinstance(region, Unknown):
        return region
    return PAIRED.get(region) or Unknown(f"no paired region of {region} is documented")
