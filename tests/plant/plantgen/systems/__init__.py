"""One module per part of the plant; each offers `tables()` and, where it has any, `views()`."""
