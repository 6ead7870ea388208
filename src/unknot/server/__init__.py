"""
Runs Unknot: the embedded PostgreSQL, roles and migrations, the web's processes, and the checks.

From below: `addresses` (where a database is), `places` (the folders of an installation), `processes`
(children that die with us), `ownership` (locks that the kernel frees), `binaries`, `embedded`,
`roles`, `prepare` (one child that migrates), `web`, `supervisor`, `checks`.
"""
