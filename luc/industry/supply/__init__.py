"""How much of what is needed in a field the registry's own offers can give: demand, supply, the share, its coverage.

Supply is what verified public offers can give in a year, in the measure of the demand; an officer may state it from
another source instead. A share is worked out by an action, written to the ledger as accepted, and corrected, never
edited, when it is worked out again. Not here: where goods come from, prices, who buys.
"""
