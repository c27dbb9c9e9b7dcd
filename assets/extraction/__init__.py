"""The text of uploaded files, page by page, read in a process of its own so that no file can hurt the site.

`service` is the door for the rest of the site. Nothing that the child process imports (`child`, `readers`,
`confinement`, `cleaning`, `limits`) may import Django: it must start fast and hold no secrets.
"""
