"""CPSV-AP, public services as RDF."""
