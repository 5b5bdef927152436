"""Boards over rounds of any source: on the map of the communes, and body by body over the last rounds."""
