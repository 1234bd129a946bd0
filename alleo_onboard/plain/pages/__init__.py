"""What is told and asked at each step. Every page is a function of the sitting that ends with a word of `words`."""
