"""Makes the models that the product ships: data, training, export, proof. Not part of the product."""
