"""The people of a preview as a reader meets them: filtered, searched and sorted."""
