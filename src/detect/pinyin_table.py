#!/usr/bin/env python3
"""Writes the pinyin readings of Chinese characters as a C table.

usage: pinyin_table.py FOLDER OUTPUT     FOLDER holds Unihan_Readings.txt or Unihan_Readings.txt.bz2 (Debian: unicode-data)

Readings of U+4E00..U+9FFF without tones, u with diaeresis as v. Common readings come first: kMandarin, then those that kHanyuPinlu
(frequencies in texts of today) gives at least 3 % of a character's uses; then the rest of the dictionaries kXHC1983 and kTGHZ2013, marked rare.
"""
import bz2
import os
import re
import sys
import unicodedata

FIRST, LAST = 0x4E00, 0x9FFF
RARE = 0x8000
MAX_READINGS = 6
MIN_SHARE = 0.03


def open_readings(folder):
    plain = os.path.join(folder, "Unihan_Readings.txt")
    if os.path.exists(plain):
        return open(plain, encoding="utf-8")
    return bz2.open(plain + ".bz2", "rt", encoding="utf-8")


def toneless(syllable):
    letters = []
    for letter in unicodedata.normalize("NFD", syllable.lower()):
        if letter == "\u0308":
            letters[-1] = "v"
        elif not unicodedata.combining(letter):
            letters.append(letter)
    text = "".join(letters)
    return text if re.fullmatch("[a-z]{1,6}", text) else None


def frequent(value):
    """kHanyuPinlu: "hang2(218) xing2(2943)" as syllables with counts."""
    pairs = re.findall(r"([^\s(]+)\((\d+)\)", value)
    total = sum(int(count) for _, count in pairs)
    return [syllable for syllable, count in pairs if int(count) >= MIN_SHARE * total]


def listed(value):
    """kXHC1983, kTGHZ2013: "0100.010:a 0200.020,0300.010:b"."""
    return [syllable for entry in value.split() for syllable in entry.split(":")[1].split(",")]


READERS = {"kMandarin": (0, str.split), "kHanyuPinlu": (1, frequent), "kXHC1983": (2, listed), "kTGHZ2013": (3, listed)}


def read(folder):
    """character → readings by source, in the order of READERS"""
    found = {}
    with open_readings(folder) as lines:
        for line in lines:
            match = re.match(r"U\+([0-9A-F]{4})\t(\w+)\t(.+)", line)
            if match and match.group(2) in READERS and FIRST <= int(match.group(1), 16) <= LAST:
                place, reader = READERS[match.group(2)]
                sources = found.setdefault(int(match.group(1), 16), [[], [], [], []])
                sources[place] = [t for t in map(toneless, reader(match.group(3))) if t]
    return found


def merged(sources):
    """(syllable, rare) of one character, common ones first, each once."""
    out = []
    for place, syllables in enumerate(sources):
        for syllable in syllables:
            if syllable not in [s for s, _ in out]:
                out.append((syllable, place >= 2 and any(sources[:2])))
    return out[:MAX_READINGS]


def rows(numbers):
    return "".join("    " + ", ".join(map(str, numbers[i:i + 16])) + ",\n" for i in range(0, len(numbers), 16))


def write(path, found):
    readings = {code: merged(sources) for code, sources in found.items()}
    syllables = sorted({s for pairs in readings.values() for s, _ in pairs})
    number = {syllable: i for i, syllable in enumerate(syllables)}
    start, pool = [], []
    for code in range(FIRST, LAST + 1):
        start.append(len(pool))
        pool += [number[s] | (RARE if rare else 0) for s, rare in readings.get(code, [])]
    start.append(len(pool))
    if len(syllables) < 350 or len(pool) > 0xFFFF:
        sys.exit("could not write the pinyin table: %d syllables, %d readings" % (len(syllables), len(pool)))
    with open(path, "w", encoding="ascii") as out:
        out.write("/* Written by pinyin_table.py from Unihan; see there. */\n#include \"pinyin.h\"\n\n")
        out.write("const char dc_pinyin_syllables[%d][7] = {\n" % len(syllables))
        out.write("".join('    "%s",\n' % s for s in syllables) + "};\n")
        out.write("const uint16_t dc_pinyin_start[%d] = {\n%s};\n" % (len(start), rows(start)))
        out.write("const uint16_t dc_pinyin_pool[%d] = {\n%s};\n" % (len(pool), rows(pool)))


if __name__ == "__main__":
    write(sys.argv[2], read(sys.argv[1]))
