"""The JSON documents of product.md, which scripts rely on."""
