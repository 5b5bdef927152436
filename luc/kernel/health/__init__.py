"""Whether an installation is well: what `luc doctor` finds, what machines ask (`/suc-khoe/`, `/metrics`), what a page
says while the database, the store or the disk is gone.

For: findings as data, each one sentence with its way out; rooms register their own. Not for: mending anything, or
telling what people do.
"""
