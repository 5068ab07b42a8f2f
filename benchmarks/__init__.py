"""Measurements that are repeated before a release; `make bench` runs them."""
