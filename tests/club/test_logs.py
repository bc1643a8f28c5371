"""The log says where something failed, and nothing about anybody."""

import json

from club import logs


def test_a_failure_is_logged_with_its_trace_and_without_what_stood_in_variables(capsys):
    logs.configure(readable=False)

    def fail():
        email = "haru@aoba-foods.example"
        raise KeyError(len(email))

    try:
        fail()
    except KeyError as error:
        logs.log("screen").error("script_failed", reference="ab12", exc_info=error)
    line = capsys.readouterr().err

    told = json.loads(line)
    assert (told["event"], told["reference"]) == ("script_failed", "ab12")
    assert told["exception"][0]["frames"][-1]["name"] == "fail"
    assert "aoba" not in line


def test_a_failure_is_logged_without_its_message_which_may_hold_an_address(capsys):
    logs.configure(readable=False)

    error = LookupError("haru@aoba-foods.example")
    error.__cause__ = ValueError("Key (email)=(haru@aoba-foods.example) already exists.")
    error.add_note("haru")

    logs.log("screen").error("script_failed", reference="ab12", exc_info=error)
    line = capsys.readouterr().err

    assert json.loads(line)["exception"][0]["exc_type"] == "LookupError"
    assert "haru" not in line
