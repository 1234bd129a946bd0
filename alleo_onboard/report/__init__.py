"""The face on paper: a preview as HTML, XLSX or CSV. Lays out what `presentation` says, and says nothing itself."""
