"""Numbers in Spanish as they are written in California and Mexico: 1,009,066 and 5.1 MB."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
