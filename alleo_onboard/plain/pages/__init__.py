"""The pages of the plain wizard. Each is a function that takes the Sitting and ends by raising a class of `words`."""
