"""The environmental industry: who is in it, what they offer, where it can be found, and who keeps that true.

An enterprise is a party, so that rounds can bind it; its people see their own entry and nothing of the tenant. What
somebody says of an enterprise or an offer is a `Value` with its source and day; the columns of the entry are what was
verified, and only these are public. Not here: the public pages (portal), rounds of confirmation, demand, the market.
"""
