"""Obstacles, proposals and questions raised on any day: answered by the focal agency, or passed up to the leaders.

A thread is about a plan, or about one of its tasks. What stands in reports is not here: that belongs to its report.
"""
