"""The demonstration: one real province, invented people and reports. In the list of rooms only when
LUC_DEMONSTRATION is set; it tells its story through the same actions as everybody else.
"""
