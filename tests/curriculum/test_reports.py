import json
from fractions import Fraction

from curriculum.reports import as_json, as_table
from curriculum.statistics import statistics


def told(n, ids=("潮", "ebb")):
    rows = [
        {id: Fraction((row + place) % 3, 2) for place, id in enumerate(ids)} for row in range(n)
    ]
    return statistics(rows, points_by_question=dict.fromkeys(ids, 1))


def test_json_holds_numbers_and_of_each_missing_one_the_reason():
    quiz = json.loads(as_json(told(7)))["quiz"]

    few = "too few answers (n=7)"
    assert quiz == {
        "n": 7,
        "points": 2,
        "mean": 0.928571428571,
        "median": 1,
        "standard_deviation": 0.449867705421,
        "skewness": None,
        "kurtosis": None,
        "coefficient_of_internal_consistency": None,
        "error_ratio": None,
        "standard_error": None,
        "untold": {
            "skewness": few,
            "kurtosis": few,
            "coefficient_of_internal_consistency": few,
            "error_ratio": few,
            "standard_error": few,
        },
    }


def test_json_of_enough_answers_lacks_only_the_guess_score():
    document = json.loads(as_json(told(15)))

    assert document["enough_answers"] == 15
    assert document["quiz"]["untold"] == {}
    first = document["questions"][0]
    assert (first["question_id"], first["facility"]) == ("潮", 0.5)
    assert first["untold"]["random_guess_score"] == "not known"


def test_the_table_sets_wide_and_narrow_marks_in_the_same_columns():
    header, *rows = as_table(told(15)).split("\n\n")[1].splitlines()

    assert header.startswith("question   n  facility")
    assert [row.split()[:3] for row in rows] == [["潮", "15", "0.5000"], ["ebb", "15", "0.5000"]]
    assert rows[0].index("15") == rows[1].index("15") - 1


def test_the_table_says_where_answers_are_too_few():
    assert as_table(told(7)).count("too few answers (n=7)") == 5 + 2 * 3
