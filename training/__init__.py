"""Makes the models that come with the product: data, training, export. Not part of the product."""
