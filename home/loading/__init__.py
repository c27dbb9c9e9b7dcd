"""Loads the site's own content from YAML files: all of it is checked first, and all of it is written or nothing.

`load_site_content` is the one way in. `content` reads and checks, `write_rows` and `write_works` write, `memory` tells
what an editor has changed since the last load.
"""
