"""The pages of the plain wizard. Each is a function of the sitting that ends by raising a class of `words`."""
