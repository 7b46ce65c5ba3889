"""Kinds of webhooks, one module each, with its `KIND`. A new one is named in `config.WebhookKind`
besides, which is what mlps.yaml's schema offers; a test holds both equal."""
