"""Reading configuration: live accounts and templates. Knows clouds, knows nothing of MLPS."""
