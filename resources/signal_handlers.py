"""Signals of pages turned into the one signal of this room, `works_changed(keys)`."""
