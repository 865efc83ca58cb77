"""A package for an archive: texts, codebook, tables, codings, metadata and checksums in one zip."""
