"""Mappers of the Terraform provider `alicloud`."""
