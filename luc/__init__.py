"""The web application: rooms by floor, see docs/developers/house.md. Importing this package starts nothing."""
