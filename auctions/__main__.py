"""`python -m auctions share|matrix|clear`: a question on standard input, the answer on output;
`python -m auctions verify FILE`: the record of a round, checked.
"""

import gc
import sys

from auctions.doors import answer
from auctions.verifying import door


def main() -> int:
    if sys.argv[1:2] == ["verify"]:
        return door.main(sys.argv[2:])
    gc.disable()  # One question, and out: looking for garbage in a million rows finds none.
    told, status = answer(sys.argv[1:], sys.stdin.buffer)
    sys.stdout.buffer.write(told)
    return status


if __name__ == "__main__":
    sys.exit(main())
