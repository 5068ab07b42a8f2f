"""The progress bar."""

from assistant.progress import progress_bar


def test_nothing_is_printed_where_there_is_no_terminal(capsys):
    with progress_bar("Importing") as advance:
        advance(1, 2)
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")
