"""What a cohort must have, computed from the cards and the marks alone: no line of the grader's is used here."""


def share(kind: str, key: set[str], count: int, chosen: set[str]) -> float:
    """One best answer: all or nothing. All that apply: hits less false alarms, not below 0."""
    if kind == "one-best-answer":
        return float(len(chosen) == 1 and chosen <= key)
    return max(0.0, len(chosen & key) / len(key) - len(chosen - key) / (count - len(key)))


def total(cards: dict, answers: dict[str, str], marks: dict[str, float]) -> float:
    """`cards`: question -> (kind, key, number of options, points, how it is waived). `answers`: question -> letters.
    `marks`: cell -> a person's mark."""
    sum_ = 0.0
    for name, (kind, key, count, points, waived) in cards.items():
        if waived == "dropped":
            continue
        if name in marks:
            sum_ += marks[name]
        elif waived == "full-marks":
            sum_ += points
        else:
            sum_ += points * share(kind, set(key), count, set(answers.get(name, "")))
    return sum_ + sum(mark for cell, mark in marks.items() if cell not in cards)
