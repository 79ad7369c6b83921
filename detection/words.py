"""Words of a stretch of text, as they are compared with a language's data.

Letters of scripts that write no spaces are words of their own. Arabic words are compared without marks
and with their written-on particles taken off. One pass, linear in the length of the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_KANA = "\u3040-\u30ff"
TOKEN = re.compile(
    rf"[{_HAN}]|[^\W\d_{_HAN}{_KANA}][^\W\d_{_HAN}{_MARKS}]*(?:[{_MARKS}]+[^\W\d_{_HAN}]*)*"
    rf"|\d+(?:[.,٫٬]\d+)*|[\u3040-\u309f]+|[\u30a0-\u30ff]+|[^\w\s]"
)
# A text is cut by splitting, several times faster than match by match; and a text without any of the letters that
# TOKEN makes exceptions for, by a pattern without the exceptions, twice as fast again.
_CUT = re.compile(f"({TOKEN.pattern})")
_EXCEPTIONS = re.compile(f"[{_HAN}{_KANA}{_MARKS}]")
_CUT_PLAIN = re.compile(r"([^\W\d_]+|\d+(?:[.,٫٬]\d+)*|[^\w\s])")
_MOST_REMEMBERED = 50_000
_ARABIC_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans("أإآٱىةیک", "ااااي" + "هيك")
_PARTICLES = ("وبال", "وال", "فال", "بال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ل")
_TRADITIONAL = str.maketrans(
    "聯國會緊別過項決議獲贊讚棄權對東個員經協無與將為條約書採納駁審總應須數絕壓記錄開關門歐兩參眾選舉這時點當週號萬億們處組織後發從動請預計達報結實際網絡術據簽準歷談說認讓義務聲強調黨執濟禮馬遞訊違懲預創設"
    "廢雙單場親類領續遭獻繫係態現擬備滿爭張況灣蘭羅爾烏沒來還內長見島滅級終給統線縮難錯鄰遠適遺邊隊階險隨雖韓頭題願顯風飛養餘驗驚體齊龍亞亂優償兒冊凍劃劉勝勞勢匯卻廳吳問喪嘗團圍圖圓塊壞夥夠奪婦學寧寫尋導屆"
    "層屬峽帶幫幣幾庫廠廣彈徑復徵恆惡愛慶憂憲懷戰戶捨掃換擁擇擊擔擴攝敗敘敵斷於晉暫曆極構槍樓標樣橋機檢歡歲歸殘殺毀氣淨淺減測溫漢災熱營牽獨獎環瑪產畫異療盜盡監盤盧碼確礎種稱穩積窮競筆節範築簡籌糧糾紀紅紐純"
    "紛細紹維緒練編緩緬縣繼聖聞職聽肅脅腦臨舊艦艱莊華葉蓋蔣蘇虧衛衝補製複襲規視覺覽觀觸訂討訓託訪許訴診評詞試詢該詳語誤誰課論諸諾謂謀講謝證識譯譴護讀變豐貝負財貢貧貨販貫責貴買費貿賀資賓賠質賴購趨踐車軍軟較"
    "載輔輕輛輪輸轉轟辦辭農迴進運遜遲遷郵鄉鄭釋銀鋼錢鐵鏈鎖鎮閉間閣闡陣陳陸陽隱離雜電靈靜響頁頂順頒頓顧飲館駐駛騙騷驅魯鮮麗黃",
    "联国会紧别过项决议获赞赞弃权对东个员经协无与将为条约书采纳驳审总应须数绝压记录开关门欧两参众选举这时点当周号万亿们处组织后发从动请预计达报结实际网络术据签准历谈说认让义务声强调党执济礼马递讯违惩预创设"
    "废双单场亲类领续遭献系系态现拟备满争张况湾兰罗尔乌没来还内长见岛灭级终给统线缩难错邻远适遗边队阶险随虽韩头题愿显风飞养余验惊体齐龙亚乱优偿儿册冻划刘胜劳势汇却厅吴问丧尝团围图圆块坏伙够夺妇学宁写寻导届"
    "层属峡带帮币几库厂广弹径复征恒恶爱庆忧宪怀战户舍扫换拥择击担扩摄败叙敌断于晋暂历极构枪楼标样桥机检欢岁归残杀毁气净浅减测温汉灾热营牵独奖环玛产画异疗盗尽监盘卢码确础种称稳积穷竞笔节范筑简筹粮纠纪红纽纯"
    "纷细绍维绪练编缓缅县继圣闻职听肃胁脑临旧舰艰庄华叶盖蒋苏亏卫冲补制复袭规视觉览观触订讨训托访许诉诊评词试询该详语误谁课论诸诺谓谋讲谢证识译谴护读变丰贝负财贡贫货贩贯责贵买费贸贺资宾赔质赖购趋践车军软较"
    "载辅轻辆轮输转轰办辞农回进运逊迟迁邮乡郑释银钢钱铁链锁镇闭间阁阐阵陈陆阳隐离杂电灵静响页顶顺颁顿顾饮馆驻驶骗骚驱鲁鲜丽黄",
)
"""Traditional characters of the news, which the data writes simplified."""

_APOSTROPHES = "’ʼ"


@dataclass(slots=True)
class Words:
    """The words and signs of a stretch: as compared (``forms``), as written, and where (in the whole text).

    Never changed once made; not frozen, because a text has a hundred of these and frozen ones take three times as long.
    """

    forms: tuple[tuple[str, ...], ...]
    written: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.written)

    def between(self, first: int, last: int) -> "Words":
        """The words from number ``first`` to before ``last``."""
        return Words(self.forms[first:last], self.written[first:last], self.starts[first:last], self.ends[first:last])


def is_plain(text: str) -> bool:
    """Whether a text holds none of the letters that are cut by rules of their own: Han, kana, marks upon letters."""
    return _EXCEPTIONS.search(text) is None


def split_words(text: str, start: int, end: int) -> Words:
    """The words between two offsets of a text; offsets stay those of the text."""
    cut = _CUT if _EXCEPTIONS.search(text, start, end) else _CUT_PLAIN
    pieces = cut.split(text[start:end])  # what stands between words, and words, by turns
    offsets = tuple(accumulate(map(len, pieces), initial=start))
    written = tuple(pieces[1::2])
    return Words(tuple(map(_KNOWN.__getitem__, written)), written, offsets[1:-1:2], offsets[2::2])


def word_forms(word: str) -> tuple[str, ...]:
    """How a word may be written in the data: itself in lower case, and in Arabic also without its particles."""
    return _KNOWN[word]


class _Forms(dict[str, tuple[str, ...]]):
    """Word -> its forms, read when first asked for."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        forms = self[word] = _read_forms(word)
        return forms


_KNOWN = _Forms()


def _read_forms(word: str) -> tuple[str, ...]:
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
