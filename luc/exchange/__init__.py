"""The read API `/api/v1/`: what is public, for other programs, page by page, described by OpenAPI.

It asks only what everybody sees; rooms above bring their own part (`rooms.brings`). Not here: writing, signing in, what
people read (that is `portal`).
"""
