"""The face on paper: a preview as HTML, XLSX or CSV. Text comes from `presentation`."""
