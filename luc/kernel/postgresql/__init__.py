"""PostgreSQL as Django has it, with a cheaper look at a kept connection (the name of the module is Django's)."""
