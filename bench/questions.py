# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Questions over many documents: time to index, memory, time to answer, against a bare search of the same texts.

    python bench/questions.py [--documents 1000] [--pages 50] [--repeat 3]

Makes up the documents (a page has about 700 characters), indexes them, asks questions of several kinds and
prints median, 95th percentile and the longest time, beside the time that `str.find` of one word takes in all texts
(the physical limit of a search without an index). Exits with 1 where a question takes more than 150 ms in the median.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from fractions import Fraction

from oreflow.core.knowledge import Fact, Held, Index, ask, indexed, passages
from oreflow.gateway.held import field_vocabulary

PRODUCTS = "钛白粉 海绵钛 钒渣 五氧化二钒 钛精矿 铁精矿 氯化钛渣 硫酸 焦炭 粗钢 钢材 生铁 钛锭 钛材 磷酸铁锂 石墨负极 电解铝 氧化铝 电解锰 工业硅 硅锰合金 氧化镨钕 稀土抛光粉 钕铁硼 氢气".split()  # noqa: SIM905
DOINGS = "支持企业开展技术改造，提高资源综合利用水平 加强尾矿库安全管理，落实责任制度 推进园区循环化改造，建设绿色工厂 完善公共服务平台，提升物流能力 引导企业加大研发投入，突破关键技术 严格项目准入，控制高耗能项目 建设重点实验室，培养高技能人才 推动上下游企业合作，延伸产业链条".split()  # noqa: SIM905
QUESTIONS = (
    "2025年钛白粉产能要达到多少万吨？", "示例37市的海绵钛产能目标", "尾矿库由谁负责安全管理？", "2031年氢气产量是多少",
    "哪些园区要建设绿色工厂？", "titania capacity in 2025", "示例412市焦炭产量2027年多少万吨", "钨精矿开采指标怎么分配",
    "企业研发投入怎么提高", "2026年粗钢产能上限",
)  # fmt: skip
CHARACTERS_A_PAGE = 700
MEDIAN_MS = 150.0


def document(number: int, pages: int) -> Held:
    """A made-up plan of a made-up city, with its figures."""
    lines = [f"示例{number}市产业发展规划"]
    facts: list[Fact] = []
    length = len(lines[0]) + 1
    chapter = 0
    while length < pages * CHARACTERS_A_PAGE:
        chapter += 1
        body = [f"第{chapter}章 重点任务{chapter}"]
        for i in range(12):
            seed = number * 7919 + chapter * 104729 + i * 1299709
            product, year = PRODUCTS[seed % len(PRODUCTS)], 2020 + seed % 11
            kind = ("产能", "产量", "产值")[seed // 11 % 3]
            amount, unit = seed // 33 % 900 + 1, "亿元" if kind == "产值" else "万吨"
            body.append(
                f"{DOINGS[seed // 7 % len(DOINGS)]}。到{year}年，{product}{kind}达到{amount}{unit}以上，第{seed % 977}批项目全部建成投产。"
            )
            at = length + sum(len(line) + 1 for line in body[:-1]) + body[-1].index(f"{amount}{unit}")
            facts.append(
                Fact(
                    at,
                    at + len(f"{amount}{unit}"),
                    product + kind,
                    "",
                    year,
                    "target",
                    Fraction(amount),
                    Fraction(amount),
                    unit,
                    ">=",
                )
            )
        lines += body
        length += sum(len(line) + 1 for line in body)
    text = "\n".join(lines)
    return Held(str(number), lines[0], text, passages(text), tuple(facts), f"示例{number}市")


def bare(texts: list[str], repeat: int) -> float:
    """Seconds that one word takes to be sought in every text."""
    spent = []
    for _ in range(repeat):
        start = time.perf_counter()
        for text in texts:
            text.find("没有这个词")
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    index = Index(vocabulary=field_vocabulary())
    cut = built = 0.0
    characters = 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(given.documents):
        start = time.perf_counter()
        held = document(number, given.pages)
        middle = time.perf_counter()
        index.add(indexed(held))
        cut += middle - start
        built += time.perf_counter() - middle
        characters += len(held.text)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    weight = sum(d.weight for d in index) / 1024**2
    print(
        f"{given.documents} documents, {characters / 1e6:.1f} million characters, {sum(d.size for d in index):,} passages"
    )
    print(
        f"cut into passages (with making them up) {cut:.1f} s, indexed {built:.1f} s: {1000 * built / given.documents:.1f} ms a document"
    )
    print(f"memory {memory:.0f} MB with the texts, {weight:.0f} MB by the index's own count")
    ask("预热", index)
    times = []
    for question in QUESTIONS * given.repeat:
        start = time.perf_counter()
        ask(question, index)
        times.append(1000 * (time.perf_counter() - start))
    limit = 1000 * bare([d.text for d in index], given.repeat)
    median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(
        f"asked: median {median:.0f} ms, 95 % {high:.0f} ms, longest {max(times):.0f} ms; one bare search of the texts {limit:.0f} ms ({median / limit:.1f} ×)"
    )
    start = time.perf_counter()
    index.remove("0")
    index.add(document(0, given.pages))
    print(f"one document taken out and in again: {1000 * (time.perf_counter() - start):.0f} ms")
    return 0 if median <= MEDIAN_MS else 1


if __name__ == "__main__":
    sys.exit(main())
