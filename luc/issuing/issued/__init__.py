"""Papers that are issued: kept for ever with their file, hash, number, day, signature and comparison.

Nothing here is ever changed: a mistake is put right by a further paper that names the one it corrects.
"""
