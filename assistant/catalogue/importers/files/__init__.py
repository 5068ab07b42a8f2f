"""Getting records out of files, folders, archives and web addresses."""
