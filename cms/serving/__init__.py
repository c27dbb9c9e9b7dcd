"""Brings the site up from one command: what stands in the way, what is left to prepare, the server itself."""
