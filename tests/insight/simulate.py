"""Cohorts with known faults, by chance from a seed: nobody here is real."""

from math import exp, log

from grader.insight.cohort import Mark
from grader.reports.item_analysis import Answer

LETTERS = "ABCDE"


def bank(dice, count=30):
    """Questions with five options; every key and every distractor draws somebody."""
    return {
        f"q{number:02}": Question_(f"q{number:02}", dice.choice(LETTERS), dice.choice((0.5, 0.6, 0.7, 0.8)))
        for number in range(count)
    }


class Question_:
    """What item analysis asks of a card."""

    def __init__(self, name, key, difficulty):
        self.name, self.key, self.difficulty, self.single = name, (key,), difficulty, True
        self.options = LETTERS


def cohort(questions, size, dice, *, faults=()):
    """Trainee -> question -> answer. `faults`: question -> `wrong key`, `dead` or `leaked`."""
    faults = dict(faults)
    pulls = {
        name: {letter: dice.uniform(0.5, 1.5) for letter in LETTERS if letter not in card.key}
        for name, card in questions.items()
    }
    for name, fault in faults.items():
        if fault == "dead":
            pulls[name][min(pulls[name])] = 0.0
    sheets = {}
    for number in range(size):
        skill = dice.gauss(0, 0.8)
        own = {}
        for name, card in questions.items():
            p = card.difficulty
            reached = 1 / (1 + exp(-(log(p / (1 - p)) + skill)))
            if faults.get(name) == "leaked":
                reached = 0.97
            truth = card.key[0]
            if faults.get(name) == "wrong key":  # the best answer is the option before the key in the alphabet
                truth = LETTERS[LETTERS.index(card.key[0]) - 1]
            if dice.random() < 0.03:
                own[name] = Answer(0.0, (), True)
                continue
            wrong = [letter for letter in LETTERS if letter != truth]
            weights = [pulls[name].get(letter, 1.0) for letter in wrong]
            letter = truth if dice.random() < reached else dice.choices(wrong, weights)[0]
            own[name] = Answer(float(letter in card.key), (letter,))
        sheets[f"t{number:03}"] = own
    return sheets


def marks(dice, people, each=60, reflections=4):
    """Everybody marks `each` answers of the same reflections, four criteria of 0 to 4. `people`: name -> `lenient`,
    `severe`, `drifting`, `halo` or nothing."""
    found = []
    for who, kind in people.items():
        for order in range(each):
            worth = dice.gauss(2.4, 0.7)
            lean = {"lenient": 0.6, "severe": -0.6}.get(kind, 0.0) + (0.8 * order / each if kind == "drifting" else 0)
            spread = 0.0 if kind == "halo" else 0.7
            levels = tuple(
                float(min(4, max(0, round(worth + lean + (dice.gauss(0, spread) if spread else 0))))) for _ in range(4)
            )
            found.append(Mark(who, "one", f"r{order % reflections}", f"{who}{order}", levels, (4.0,) * 4, order))
    return found
