"""`python -m mien.findings`: see apart.py."""

from mien.findings.apart import main

main()
