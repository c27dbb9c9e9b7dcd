"""Vectors: works and passages by their meaning.

`passages` says what is embedded, `store` keeps vectors by the hash of their text in a file beside the index, so that
they outlive rebuilds, `nearest` finds the nearest ones, `meaning` is the door that the service and the worker use.
Nothing here is needed for search by words: without numpy or a model, `meaning.current()` gives None.
"""
