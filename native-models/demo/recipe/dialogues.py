"""Writes short conversations in five languages for the demo model: one JSON list of messages a line.

Everything comes from `dialogue_tables.json`: greetings, identity, capitals, translations, small sums, counting, opposites,
facts about Lucie, and retrieval ("the secret code of the cat is 4821 ... what was it?"), which asks the model to look
something up in its own context. In the tables a question given as a list is drawn from; a single text is taken as it is.

The same arguments give the same bytes: the order of the random draws is part of this program, so keep it when you edit.

usage: dialogues.py COUNT SEED [FRENCH_PROSE_FILE ENGLISH_PROSE_FILE] > dialogues.jsonl
"""

import json
import random
import sys
from pathlib import Path

TABLES = json.loads((Path(__file__).parent / "dialogue_tables.json").read_text(encoding="utf-8"))
LANGUAGES = TABLES["languages"]

# How often a turn is of each kind, in the order that `make_turns` draws from.
KIND_WEIGHTS = {
    "capital": 22,
    "translation": 22,
    "arithmetic": 10,
    "counting": 5,
    "opposite": 5,
    "retrieval": 16,
    "name": 6,
    "greeting": 4,
    "identity": 4,
    "fact": 5,
    "thanks": 1,
}
# One, two or three turns a conversation.
LENGTH_WEIGHTS = [60, 28, 12]


class Filler:
    """Sentences of prose that separate the facts of a retrieval task; empty where no prose was given."""

    def __init__(self, files):
        self.sentences = {language: sentences_of(path) for language, path in files.items()}

    def draw(self, rng, language):
        if language not in self.sentences:
            return ""
        return rng.choice(self.sentences[language])


def sentences_of(path):
    text = Path(path).read_text(encoding="utf-8").replace("\n", " ")
    return [sentence.strip() + "." for sentence in text.split(".") if 20 < len(sentence) < 160]


def pick(rng, texts):
    """Draws from a list; a single text costs no draw."""
    return texts if isinstance(texts, str) else rng.choice(texts)


def of_country(language, country):
    """'of France' with the article that the language wants."""
    if language == "de":
        return "der Schweiz" if country == "die Schweiz" else f"von {country}"
    prefixes = TABLES["country_prefixes"].get(language, {})
    for article, contracted in prefixes.items():
        if country.startswith(article):
            return contracted + country[len(article):]
    return ("di " if language == "it" else "de ") + country


def capital(rng, language):
    country, city = rng.choice(TABLES["countries"])[language]
    texts = TABLES["capital"][language]
    values = {"country": country, "city": city, "of": of_country(language, country)}
    return pick(rng, texts["ask"]).format(**values), texts["say"].format(**values)


def translation(rng, language):
    row = rng.choice(TABLES["words"])
    target = rng.choice([other for other in LANGUAGES if other != language])
    name = TABLES["language_names"][language][target]
    texts = TABLES["translation"][language]
    values = {
        "word": row[language],
        "translated": row[target],
        "language": name,
        "into": name.replace("in ", "into "),
    }
    return pick(rng, texts["ask"]).format(**values), texts["say"].format(**values)


def arithmetic(rng, language):
    a, b = rng.randint(0, 20), rng.randint(0, 20)
    if rng.random() < 0.7:
        operation, value = f"{a} + {b}", a + b
    else:
        a, b = max(a, b), min(a, b)
        operation, value = f"{a} - {b}", a - b
    texts = TABLES["arithmetic"][language]
    values = {"sum": operation, "value": value}
    return pick(rng, texts["ask"]).format(**values), texts["say"].format(**values)


def counting(rng, language):
    first = rng.randint(0, 5)
    last = rng.randint(first + 2, 10)
    answer = ", ".join(TABLES["numbers"][language][first : last + 1]) + "."
    return TABLES["counting"][language].format(first=first, last=last), answer


def opposite(rng, language):
    language = language if language in TABLES["opposites"] else "fr"
    word, other = rng.choice(TABLES["opposites"][language])
    if rng.random() >= 0.5:
        word, other = other, word
    texts = TABLES["opposite"][language]
    return texts["ask"].format(word=word), texts["say"].format(word=word, other=other)


def retrieval(rng, language, filler):
    """One code for each of a few people or things, prose in between, then a question about one of them."""
    language = language if language in TABLES["things"] else "fr"
    people, texts = TABLES["people"], TABLES["retrieval"][language]
    owners = rng.sample(people + TABLES["things"][language], rng.randint(1, 4))
    codes = {owner: str(rng.randint(1000, 9999)) for owner in owners}

    def fill(text, owner):
        of = texts["person" if owner in people else "thing"].format(name=owner)
        return text.format(of=of, code=codes[owner])

    parts = [fill(texts["fact"], owner) for owner in owners]
    for _ in range(rng.randint(0, 3)):
        position = rng.randint(0, len(parts))
        parts.insert(position, filler.draw(rng, language))
    asked = rng.choice(owners)
    return " ".join(parts) + "\n\n" + fill(texts["ask"], asked), fill(texts["say"], asked)


def name_memory(rng, language):
    """Two turns: a name given, a name asked for; sometimes a capital between them."""
    name = rng.choice(TABLES["people"])
    given, greeted, asked, answered = (text.format(name=name) for text in TABLES["name"][language])
    between = [capital(rng, language)] if rng.random() < 0.4 else []
    return [(given, greeted), *between, (asked, answered)]


def recital(rng, rows):
    """A fixed question and answer."""
    return pick(rng, rows["ask"]), pick(rng, rows["say"])


def fact(rng, language):
    facts = [row for row in TABLES["facts"] if row["language"] == language] or TABLES["facts"]
    return recital(rng, rng.choice(facts))


def make_turns(rng, language, filler):
    """One or more (question, answer) pairs of a kind that is drawn here."""
    kind = rng.choices(list(KIND_WEIGHTS), list(KIND_WEIGHTS.values()))[0]
    if kind == "name":
        return name_memory(rng, language)
    if kind == "retrieval":
        return [retrieval(rng, language, filler)]
    if kind == "greeting":
        return [recital(rng, TABLES["greetings"][language])]
    if kind in ("identity", "thanks"):
        return [recital(rng, TABLES[kind][language])]
    makers = {
        "capital": capital,
        "translation": translation,
        "arithmetic": arithmetic,
        "counting": counting,
        "opposite": opposite,
        "fact": fact,
    }
    return [makers[kind](rng, language)]


def conversation(rng, filler):
    language = rng.choices(LANGUAGES, TABLES["language_weights"])[0]
    turns = []
    for _ in range(rng.choices([1, 2, 3], LENGTH_WEIGHTS)[0]):
        turns += make_turns(rng, language, filler)
    messages = []
    for question, answer in turns:
        messages.append({"role": "user", "content": question})
        messages.append({"role": "assistant", "content": answer})
    return messages


def main():
    if len(sys.argv) not in (3, 5):
        sys.exit(__doc__)
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    filler = Filler(dict(zip(("fr", "en"), sys.argv[3:])))
    rng = random.Random(seed)
    for _ in range(count):
        print(json.dumps(conversation(rng, filler), ensure_ascii=False))


if __name__ == "__main__":
    main()
