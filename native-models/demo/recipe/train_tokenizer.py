"""Trains the demo model's tokenizer: a small byte-pair encoding laid out exactly as Lucie's.

Normaliser, decoder, byte fallback and special-token ids are taken over from the published Lucie tokenizer, so that the
workbench treats both models alike; only the vocabulary is smaller and learnt here.

usage: train_tokenizer.py LUCIE_TOKENIZER_FOLDER OUT_FOLDER VOCABULARY_SIZE TEXT_FILE...
"""

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

# Lucie's normaliser puts a space after these, so that a word gets the same token there as after a space.
SPACED_CHARACTERS = "\n\t([{/<'’\"«“‘‚‹—–―"

# Pieces that a merge never crosses in training: line breaks, tabs, single digits, punctuation runs, words.
PIECE = re.compile(r"\n+|\t+|▁+(?=▁)|▁?\d|▁?[^\w\s▁]+|▁?(?:[^\W\d_])+|▁+|.", re.S)

# Ids 0 to 267 are Lucie's: special tokens, bytes, unused places, chat tags.
LUCIE_FIXED_IDS = 268
SMALLEST_CHARACTER_COUNT = 40
LARGEST_ALPHABET = 220


def normalise(text):
    text = re.sub(r"[\r\x00]", "", unicodedata.normalize("NFC", text))
    for character in SPACED_CHARACTERS:
        text = re.sub(re.escape(character) + r"(?=[ \w])", character + " ", text)
    return (" " + text).replace(" ", "▁").replace("\u00a0", "▁")


def count_pieces(texts):
    counts = Counter()
    for text in texts:
        for paragraph in text.split("\n\n"):
            for piece in PIECE.findall(normalise(paragraph)):
                if len(piece) == 2 and piece[-1].isdigit():
                    # A digit is always a token of its own, also after a space.
                    counts["▁"] += 1
                    counts[piece[1]] += 1
                else:
                    counts[piece] += 1
    return counts


def choose_alphabet(pieces, fixed):
    characters = Counter()
    for piece, count in pieces.items():
        for character in piece:
            characters[character] += count
    return [
        character
        for character, count in characters.most_common()
        if count >= SMALLEST_CHARACTER_COUNT and character not in fixed and character not in "0123456789"
    ][:LARGEST_ALPHABET]


def merge_in(word, pair):
    """`word` with every occurrence of `pair` joined."""
    merged, i = [], 0
    while i < len(word):
        if i + 1 < len(word) and (word[i], word[i + 1]) == pair:
            merged.append(word[i] + word[i + 1])
            i += 2
        else:
            merged.append(word[i])
            i += 1
    return merged


def train(texts, size, fixed):
    """Joins the most frequent pair, again and again, until the vocabulary has `size` tokens. Ties go to the larger pair."""
    pieces = count_pieces(texts)
    alphabet = choose_alphabet(pieces, fixed)
    known = set(alphabet) | set("0123456789▁\n\t")
    words = [list(piece) for piece in pieces]
    counts = list(pieces.values())
    pairs, words_of_pair = Counter(), defaultdict(set)
    for index, word in enumerate(words):
        for pair in zip(word, word[1:]):
            if pair[0] in known and pair[1] in known:
                pairs[pair] += counts[index]
                words_of_pair[pair].add(index)
    merges, vocabulary = [], fixed + alphabet
    present = set(vocabulary)
    while len(vocabulary) < size:
        best, frequency = max(pairs.items(), key=lambda item: (item[1], item[0]))
        if frequency < 2:
            break
        token = best[0] + best[1]
        merges.append(best)
        if token not in present:
            present.add(token)
            vocabulary.append(token)
        known.add(token)
        for index in list(words_of_pair.pop(best)):
            word, count = words[index], counts[index]
            for pair in zip(word, word[1:]):
                if pair in pairs and pair != best:
                    pairs[pair] -= count
                    words_of_pair[pair].discard(index)
            words[index] = merged = merge_in(word, best)
            for pair in zip(merged, merged[1:]):
                if pair[0] in known and pair[1] in known:
                    pairs[pair] += count
                    words_of_pair[pair].add(index)
        del pairs[best]
    return vocabulary, merges


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path, value, indent):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent), encoding="utf-8")


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    lucie, out, size = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    specification = read_json(lucie / "tokenizer.json")
    lucie_ids = specification["model"]["vocab"]
    fixed = sorted(lucie_ids, key=lucie_ids.get)[:LUCIE_FIXED_IDS]
    fixed += ["▁" * length for length in range(1, 9)] + ["\t", "\n", "\n\n"] + list("0123456789")
    vocabulary, merges = train([Path(name).read_text() for name in sys.argv[4:]], size, fixed)

    present = set(vocabulary)
    merges = [(a, b) for a, b in merges if {a, b, a + b} <= present]
    # Runs of spaces and the double line break are in the vocabulary without having been learnt.
    runs = [("▁" * (length // 2), "▁" * (length - length // 2)) for length in range(2, 9)] + [("\n", "\n")]
    merges += [pair for pair in runs if pair not in merges and set(pair) <= present]
    specification["model"]["vocab"] = {token: id for id, token in enumerate(vocabulary)}
    specification["model"]["merges"] = [list(pair) for pair in merges]
    write_json(out / "tokenizer.json", specification, indent=1)
    for name in ("tokenizer_config.json", "special_tokens_map.json"):
        write_json(out / name, read_json(lucie / name), indent=2)
    print(len(vocabulary), "tokens,", len(merges), "merges")


if __name__ == "__main__":
    main()
