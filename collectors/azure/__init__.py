"""Reading Azure: subscriptions through Resource Manager, directories through Microsoft Graph."""
