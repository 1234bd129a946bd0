"""A preview on paper: sentences, charts and tables of a report, for the faces that lay it out."""
