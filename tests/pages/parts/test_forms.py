"""What was done is told once, and stays to be read when the club moves on by itself."""

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st  # noqa: PLC0415 - the script is run apart from this file

    from pages.parts import forms  # noqa: PLC0415 - as above

    forms.tell()
    if st.session_state.pop("moved on", False):
        forms.run_anew()


def told(at: AppTest) -> list[str]:
    return [element.value for element in at.success]


def test_a_deed_is_told_once():
    at = AppTest.from_function(script)
    at.session_state["told"] = "Invited."

    assert told(at.run()) == ["Invited."]
    assert [toast.value for toast in at.toast] == ["Invited."]
    assert told(at.run()) == []


def test_what_was_told_stays_when_the_page_is_laid_out_anew_and_goes_with_the_next_deed():
    at = AppTest.from_function(script)
    at.session_state["told"] = "Invited."
    at.session_state["moved on"] = True

    assert told(at.run()) == ["Invited."]
    assert told(at.run()) == []
