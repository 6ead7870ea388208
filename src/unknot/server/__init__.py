"""
Runs Unknot: the embedded PostgreSQL, roles and migrations, the web's processes, and the checks.

`docs/architecture.md` says what each module is for; import-linter keeps their order.
"""
