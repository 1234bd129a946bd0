"""The people of a preview for display: filtered, searched and sorted."""
