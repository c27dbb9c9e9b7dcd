"""How good the search is: judged queries, what the library answers, and the figures. See `command`."""
