"""A report that an agency wrote in its own Word: read beside its source, taken over item by item into the draft."""
