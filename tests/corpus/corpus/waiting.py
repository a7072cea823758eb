"""What aimline does not do yet: each file with the reason in one sentence. Its expectation stays as it was written; the test
reports the file, and fails when it begins to pass, so that its line here is removed."""

NOT_YET = {
    "containers/semicolons.csv": "a decimal comma is set aside as no score, even where semicolons separate the cells",
    "anatomy/unit in the header - Score  of 10.csv": "7 under \"Score /10\" stays 7 points and is said to be (H012): a target of 8 elsewhere would be taken for 8 %",
    "later/pandas two titles.xlsx": "the row for the name of the index below two rows of titles is not understood",
}


def mark(cases):
    named = {case.file: case for case in cases}
    for file, why in NOT_YET.items():
        named[file].not_yet(why)
