"""Whether letters are Chinese written by its sound, and no foreign word (GB/T 16159 spelling)."""

import re
import unicodedata

_SYLLABLES = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve ue",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve ue",
    "gkh": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "jqx": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh ch sh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "zcs": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
_FOREIGN = re.compile(
    "baby|panda|banana|dance|nice|cute|mama|papa|menu|sun|time|home|cake|mini|lego"
)
"""Words of other languages that could be read as syllables."""

_WHOLE = re.compile(
    "(?:china|alice|anna|anne|lisa|tina|nina|dina|mina|linda|monica|angela|diana|amanda|luna|nemo"
    "|leo|milan|milano|elite|piano|game|line|pine|nine|like|nike|bike|make|lake|take|shine|bingo"
    "|change|image|lane|sale|tale|gate|date|june|wine|dude|elena|helena|sasha|masha"
    "|bambi|yale|manga|ninja|sushi)s?"
)
"""Such words that may well stand within pinyin: only alone do they count."""


def _spelled() -> re.Pattern[str]:
    found = {
        initial + final
        for initials, finals in _SYLLABLES.items()
        for initial in (initials.split() if " " in initials else list(initials) or [""])
        for final in finals.split()
    }
    return re.compile("(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")+")


_PINYIN = _spelled()
_TONES = re.compile("(?<=[aeiou])\u0308?[\u0304\u0301\u030c\u0300]")
_INITIALS = re.compile("[bpmfdtnlgkhjqxzcsryw]{2,4}")
_KNOWN = re.compile(
    "bbc|by|cctv|cd|dj|dr|dry|dvd|fbk|fly|gdp|gps|gym|hd|hr|htm|jk|kfc|ktv|lg|mba|mp"
    "|mr|mrs|ms|my|nba|nb|pc|pk|pp|ppt|pr|ps|pt|qc|sky|spf|sr|st|tnt|try|tv|why|www"
)
"""Words and short forms of other languages that have no vowel."""


def is_pinyin(word: str) -> bool:
    """Tell whether small letters may be read as syllables of Chinese."""
    plain = word
    if not word.isascii():
        parted = unicodedata.normalize("NFD", word)
        plain = _TONES.sub("", parted)
    foreign = _WHOLE.fullmatch(plain) or _FOREIGN.search(plain)
    return _PINYIN.fullmatch(plain) is not None and foreign is None


def are_initials(word: str) -> bool:
    """Tell whether small letters may be the first ones of Chinese syllables: xq, hxy."""
    told = _INITIALS.fullmatch(word) is not None and _KNOWN.fullmatch(word) is None
    return told and len(set(word)) > 1
