"""`python -m auctions share|matrix|clear`: a question on standard input, the answer on output."""

import sys

from auctions.doors import answer


def main() -> int:
    told, status = answer(sys.argv[1:], sys.stdin.buffer)
    sys.stdout.buffer.write(told)
    return status


if __name__ == "__main__":
    sys.exit(main())
