"""Administrative units through time: provinces, districts (ended 1/7/2025), communes, and what became of them.

Reference data, the same for every tenant; no agencies here.
"""
