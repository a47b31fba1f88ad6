"""`python -m mien.laboratory`: see apart.py."""

from mien.laboratory.apart import main

main()
