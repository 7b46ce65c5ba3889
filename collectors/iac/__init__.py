"""Reading templates before deployment."""
