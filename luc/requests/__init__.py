"""Ad-hoc requests (báo cáo đột xuất): a round opened by hand, with its own questions, addressees and due moment.

A request is drafted as typed, sent to parties and groups, answered on a form, read at any moment with its coverage.
Due moments, obligations, frozen answers and verdicts are of `rounds`; a plan's own reports are `reporting`.
"""
