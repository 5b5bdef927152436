import sys

from luc.cli import main

sys.exit(main())
