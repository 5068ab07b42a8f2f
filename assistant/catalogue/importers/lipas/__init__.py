"""LIPAS, the national register of sports places."""
