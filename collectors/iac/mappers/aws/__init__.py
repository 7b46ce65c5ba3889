"""Mappings of the Terraform provider aws."""
