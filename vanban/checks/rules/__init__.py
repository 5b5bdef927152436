"""The rules, one a file: the module's name is the code of its findings."""
