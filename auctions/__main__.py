"""`python -m auctions share|matrix|clear`: a question on standard input, the answer on output;
`python -m auctions verify FILE`: the record of a round, checked.
"""

import gc
import os
import sys
from typing import BinaryIO

from auctions.doors import answer
from auctions.verifying import door


def main() -> int:
    if sys.argv[1:2] == ["verify"]:
        return door.main(sys.argv[2:])
    gc.disable()  # One question, and out: looking for garbage in a million rows finds none.
    with _kept_for_the_answer() as output:
        told, status = answer(sys.argv[1:], sys.stdin.buffer)
        output.write(told)
    return status


def _kept_for_the_answer() -> BinaryIO:
    """Take standard output; what HiGHS prints there now and then goes to standard error."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


if __name__ == "__main__":
    sys.exit(main())
