"""Parties of a tenant through time, people and their roles, invitations, and who the viewer is.

Says who can owe and who may do what; knows nothing of plans or reports.
"""
