"""Links of sources and contacts are asked for once, and named with all that have them."""

from assistant.guidance.check import link_problems, read_data


class Checker:
    """Finds every address dead that it is asked for."""

    def __init__(self):
        self.asked = []

    def check(self, urls, progress=None):
        for url in urls:
            self.asked.append(url)
            yield url, ("dead_link", "the server answers 404")


def test_a_dead_link_is_named_with_every_source_and_contact_that_has_it(folder):
    folder.contact(url="https://112.fi/en")
    checker = Checker()
    problems = list(link_problems(read_data(folder.root), 1, checker))
    assert checker.asked == ["https://112.fi/en"]
    assert [(problem.file, problem.need) for problem in problems] == [
        ("data/guidance/sources.yml", "112"),
        ("data/catalogue/national.yml", "help"),
    ]
    assert problems[0].detail == "https://112.fi/en: the server answers 404"
    assert {problem.severity for problem in problems} == {"warning"}


def test_no_more_addresses_are_asked_for_than_wanted(folder):
    checker = Checker()
    list(link_problems(read_data(folder.root), 2, checker))
    assert len(checker.asked) == 2
