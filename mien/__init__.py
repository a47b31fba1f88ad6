"""Mien: self-hosted digital experience analytics on one PostgreSQL. Start reading at ARCHITECTURE.md."""

__version__ = "0.1.0"
