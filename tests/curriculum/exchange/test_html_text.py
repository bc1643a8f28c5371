import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.exchange.html_text import as_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p>\n<p>two<br>three</p>", "One\n\ntwo\nthree"),
        ("<b>a</b> <em>b</em> <code>c</code>", "**a** *b* `c`"),
        ("<ol><li>a</li><li>b</li></ol>", "- a\n- b"),
        ('<img src="x" alt="A tide"> &lt;b&gt; &nbsp;', "[A tide] <b>"),
        ("<span style='x'>plain</span>", "plain"),
        ("a <![CDATA[b]]>", "a <![CDATA[b]]>"),
        ("a<!-- <b>no</b> -->b <!-- c", "ab <!-- c"),
        ("1 < 2 > 1 <b", "1 < 2 > 1 <b"),
    ],
)
def test_what_markdown_can_say_is_kept(html, markdown):
    assert as_markdown(html) == markdown


@given(st.text(alphabet="/!-[];ab ?=\"'", max_size=40))
def test_a_text_without_tags_and_entities_stays_as_it_is(text):
    assert as_markdown(text) == text.strip()
