"""What is wrong with a content file: where, which rule, and a sentence its author can act on."""

from pathlib import Path


class BadContent(ValueError):
    """A lesson, a question or a module breaks a rule of the content format."""

    def __init__(self, path: Path, line: int, code: str, sentence: str) -> None:
        super().__init__(path, line, code, sentence)
        self.path = path
        self.line = line
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence} [{self.code}]"
