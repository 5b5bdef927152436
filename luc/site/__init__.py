"""The roof: settings, root addresses, base templates, style tokens and components. No logic."""
