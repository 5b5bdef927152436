"""What everybody may see: the public page of a plan, its data and pictures, questions of strangers, comparison.

A page shows editions only: what a focal officer looked at and published, frozen word for word. No public page asks the
rows that people work on, so nothing unpublished can stand there. How a plan is read, reported on and judged is not
known here.
"""
