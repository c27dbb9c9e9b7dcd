"""A made library of any size for measuring: bilingual works with text of files and transcripts, the same for a seed."""
