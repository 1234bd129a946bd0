"""Reports as files: a preview as HTML, XLSX or CSV. Text comes from `presentation`."""
