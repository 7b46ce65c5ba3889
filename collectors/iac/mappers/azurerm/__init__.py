"""Mappers of the Terraform provider `azurerm` (versions 3 to 5)."""
