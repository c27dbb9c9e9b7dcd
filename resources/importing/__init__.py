"""Import and export of works as tables: one row a work, in CSV, Excel or JSON lines."""
