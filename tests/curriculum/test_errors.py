from pathlib import Path

from curriculum.errors import BadContent


def test_a_fault_says_where_it_is_and_what_to_do():
    fault = BadContent(Path("questions.yaml"), 7, "blank", "This text is blank.")

    assert str(fault) == "questions.yaml:7: This text is blank. [blank]"
