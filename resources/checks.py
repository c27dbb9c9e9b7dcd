"""System checks of our own rules about page types."""
