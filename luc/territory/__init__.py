"""Administrative units through time: provinces, districts (ended 1/7/2025), communes, their succession.

Reference data, the same for every tenant; no agencies here.
"""
