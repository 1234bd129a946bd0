"""The people of a preview as a reader meets them: filtered, searched, sorted and explained. Free of Textual."""
