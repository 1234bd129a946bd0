"""One sitting of a wizard, drawn or in lines: how far a person got, and what was found on the way."""
