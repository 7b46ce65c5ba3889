"""The history: runs and findings in a database, and what changed between runs.

SQLAlchemy is imported by the modules that need it, and only when a history is asked for.
"""
