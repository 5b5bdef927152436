"""The forms of all agencies of a cycle as workbooks: given out and taken back together, each whole or not."""
