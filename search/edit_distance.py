"""How far apart two words are, as people mistype them."""


def edit_distance(first: str, second: str) -> float:
    """Edits between two words (optimal string alignment); swapped and doubled letters are the likeliest, so cheaper."""
    before: list[float] = []
    row = [float(at) for at in range(len(second) + 1)]
    for i, letter in enumerate(first, 1):
        last, row_before = row, before
        row = [float(i)]
        for j, other in enumerate(second, 1):
            deletion = 0.7 if i > 1 and first[i - 2] == letter else 1.0
            insertion = 0.7 if j > 1 and second[j - 2] == other else 1.0
            cost = min(last[j] + deletion, row[j - 1] + insertion, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, row_before[j - 2] + 0.7)
            row.append(cost)
        before = last
    return row[-1]
