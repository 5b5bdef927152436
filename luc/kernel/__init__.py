"""The ground floor: tenant and user, rights, history, jobs, text, time, mail, the registry of sources.

Knows no domain: no agency, no plan, no report. Everything above stands on it.
"""
