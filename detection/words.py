"""Words of a stretch of text, as they are compared with a language's data.

Letters of scripts that write no spaces are words of their own. Arabic words are compared without marks
and with their written-on particles taken off. One pass, linear in the length of the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_KANA = "\u3040-\u30ff"
TOKEN = re.compile(
    rf"\d+(?:[.,٫٬]\d+)*|[{_HAN}]|[\u3040-\u309f]+|[\u30a0-\u30ff]+"
    rf"|[^\W\d_{_HAN}{_KANA}][^\W\d_{_HAN}{_MARKS}]*(?:[{_MARKS}]+[^\W\d_{_HAN}]*)*|[^\w\s]"
)
_ARABIC_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans("أإآٱىةیک", "ااااي" + "هيك")
_PARTICLES = ("وبال", "وال", "فال", "بال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ل")
_TRADITIONAL = str.maketrans(
    "聯國會緊別過項決議獲贊讚棄權對東個員經協無與將為條約書採納駁審總應須數絕壓記錄開關門歐兩參眾選舉這時點當週號萬億們處組織後發從動請預計達報結實際網絡術據簽準歷談說認讓義務聲強調黨執濟禮馬遞訊違懲預創設廢雙單場親類領續遭獻繫係態現擬備滿爭張況灣蘭羅爾烏",
    "联国会紧别过项决议获赞赞弃权对东个员经协无与将为条约书采纳驳审总应须数绝压记录开关门欧两参众选举这时点当周号万亿们处组织后发从动请预计达报结实际网络术据签准历谈说认让义务声强调党执济礼马递讯违惩预创设废双单场亲类领续遭献系系态现拟备满争张况湾兰罗尔乌",
)
"""Traditional characters that the data uses, written there simplified."""

_APOSTROPHES = "’ʼ"


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a stretch: as compared (``forms``), as written, and where (in the whole text)."""

    forms: tuple[tuple[str, ...], ...]
    written: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.written)

    def between(self, first: int, last: int) -> "Words":
        """The words from number ``first`` to before ``last``."""
        return Words(self.forms[first:last], self.written[first:last], self.starts[first:last], self.ends[first:last])


def split_words(text: str, start: int, end: int) -> Words:
    """The words between two offsets of a text; offsets stay those of the text."""
    matches = list(TOKEN.finditer(text, start, end))
    written = tuple([match[0] for match in matches])
    return Words(
        tuple([word_forms(word) for word in written]),
        written,
        tuple([match.start() for match in matches]),
        tuple([match.end() for match in matches]),
    )


@lru_cache(maxsize=50_000)
def word_forms(word: str) -> tuple[str, ...]:
    """How a word may be written in the data: itself in lower case, and in Arabic also without its particles."""
    lowered = word.lower()
    if lowered.isascii():
        return (lowered,)
    if lowered in _APOSTROPHES:
        return ("'",)
    if "\u0600" <= lowered[0] <= "\u06ff" and lowered[0].isalpha():
        return _arabic_forms(lowered)
    if len(lowered) == 1 and "\u3400" <= lowered <= "\u9fff":
        return (lowered.translate(_TRADITIONAL),)
    return (unicodedata.normalize("NFC", lowered).replace("ё", "е"),)


def _arabic_forms(word: str) -> tuple[str, ...]:
    bare = _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
    forms = [bare]
    for particle in _PARTICLES:
        rest = bare[len(particle) :]
        if bare.startswith(particle) and len(rest) >= 2 and rest not in forms:
            forms.append(rest)
    return tuple(forms)
