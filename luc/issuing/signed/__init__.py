"""The paper comes back signed: kept, read and held beside the version it was made of, before it counts as issued.

A job of the worker does it (cryptography and reading are not for processes that answer pages); a person then looks at
what it says. Nothing here counts: what is issued for ever is `luc.issuing.issued`.
"""
