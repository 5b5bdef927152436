"""Stored files, kept for ever as they came in, and the register of legal papers.

Understands nothing of their words.
"""
