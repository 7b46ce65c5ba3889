"""Azure Resource Manager templates: read, evaluated, and put as the resources that mappers know."""
