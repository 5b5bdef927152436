"""One level up: a ministry asks the provinces, and a province answers out of what it has consolidated itself.

The ministry is a tenant with plans, rounds and parties like any other; its parties are the people's committees of the
provinces. Who holds a role in both tenants pairs the items of the two plans once, and then takes a round's accepted
consolidation into the report to the ministry; each answer keeps from which round, which submissions and which
versions it was taken.
"""
