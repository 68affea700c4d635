"""Looks at the pages of `shuliang report` in a real browser.

    drive.py FEW HOSTILE MANY [PICTURES]

FEW is a page with some articles, HOSTILE one whose article is full of markup, MANY one with ten thousand facts. Prints one
line for each thing that was looked at and ends with 1 if any is wrong. PICTURES is a folder for screenshots.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from browser import Browser, program

WRONG = []


def check(what, good, found=""):
    print(f"{'ok   ' if good else 'WRONG'} {what}" + (f": {found}" if not good else ""))
    if not good:
        WRONG.append(what)


def printed(browser, paper):
    """Print, and look at every sheet."""
    browser.paper(paper)
    check("after printing the table is a page again", browser.ask("document.querySelectorAll('#body tr').length <= PAGE"))
    check("and its head has buttons", browser.ask("document.querySelectorAll('#columns button').length === COLUMNS.length"))
    if not shutil.which("pdftotext"):
        print("      skipped: no pdftotext, so the paper was not read")
        return
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True).stdout.decode()
    sheets = text.split("\f")[:-1]
    heads = [number for number, sheet in enumerate(sheets) if re.search("数值 +单位 +变化 +时间", sheet)]
    check("the head of the table stands on each of its sheets", len(heads) > 3 and heads == list(range(heads[0], len(sheets))), heads)


def quiet(browser, what):
    check(f"{what}: nothing on the console", not browser.logged, browser.logged)
    outside = [url for url in browser.fetched if not url.startswith("file:")]
    check(f"{what}: nothing is fetched", not outside and len(browser.fetched) == 1, browser.fetched)


def marked(browser):
    return browser.ask("[...document.querySelectorAll('#words .here')].map((e) => e.textContent).join('')")


def look(browser, few, pictures):
    browser.open(few)
    check("the page speaks Chinese to a Chinese browser", browser.ask("document.getElementById('facts-title').textContent") == "事实")
    check("the Chinese of the article is shown", browser.ask("/[\\u4e00-\\u9fff]{8}/.test(document.getElementById('words').innerText.replace(/\\s/g, ''))"))
    rows = browser.ask("document.querySelectorAll('#body tr').length")
    check("there are rows", rows > 10, rows)
    # a row leads to its words
    browser.click("#body tr:nth-child(8)")
    written = browser.ask("STATE.selected.written")
    check("a row marks its words", marked(browser) == written, [marked(browser), written])
    seen = "(() => { const r = document.querySelector('#words .here').getBoundingClientRect(), p = document.getElementById('page').getBoundingClientRect(); return r.top >= p.top && r.bottom <= p.bottom; })()"
    check("and they are scrolled to", browser.ask(seen))
    check("and the sentence is shown", written in browser.ask("document.getElementById('evidence').textContent"))
    sentence = browser.ask("[...document.querySelectorAll('#words .sentence')].map((e) => e.textContent).join('')")
    check("and marked, alone, in the article", sentence == browser.ask("STATE.selected.evidence"), sentence)
    check("the marked words are those of the text", browser.ask("ARTICLES[STATE.selected.article].text.slice(STATE.selected.start, STATE.selected.end)") == written)
    # the words lead to the row
    fact = browser.ask("document.querySelectorAll('#words mark.f')[11].dataset.fact")
    browser.click(f"#words mark.f[data-fact='{fact}']")
    check("words lead to their row", browser.ask("document.querySelector('#body tr[aria-selected=true]').dataset.fact") == fact)
    every = "FACTS.every((f) => ARTICLES[f.article].text.slice(f.start, f.end) === f.written)"
    check("every fact stands where it says", browser.ask(every))
    # keys
    browser.click("#body tr:nth-child(3)")
    browser.press("ArrowDown")
    check("the arrow moves to the next row", browser.ask("document.activeElement === document.querySelectorAll('#body tr')[3]"))
    browser.press("/")
    check("/ leads to the search", browser.ask("document.activeElement.id") == "search")
    for letter in "总投资":
        browser.call("Input.insertText", text=letter)
    time.sleep(0.4)
    found = browser.ask("STATE.found.length && STATE.found.every((f) => wordsOf(f).includes('总投资'))")
    check("the search finds", found)
    browser.press("Escape")
    browser.press("Escape")
    browser.press("Escape")
    check("Escape clears", browser.ask("STATE.found.length === FACTS.length"))
    # filters
    for facet, column in (("subject", "subject"), ("indicator", "indicator"), ("rule", "rule"), ("modality", "modality"), ("article", "article")):
        browser.choose(f"#by-{facet}", "=")
        wanted = browser.ask(f"STATE.filters.{facet}.slice(1)")
        good = browser.ask(f"STATE.found.length > 0 && STATE.found.length < FACTS.length && STATE.found.every((f) => String(f.{column} ?? '') === {json.dumps(wanted)})")
        check(f"the filter of {facet} holds", good, wanted)
        shown = browser.ask("document.querySelectorAll('#body tr').length === Math.min(PAGE, STATE.found.length)")
        check(f"and the table of {facet} follows", shown)
        browser.click("#clear")
    # order
    browser.click("#columns th:nth-child(1) button")
    check("a column sorts", browser.ask("document.querySelector('#columns th').ariaSort") == "ascending")
    browser.click("#columns th:nth-child(1) button")
    browser.click("#columns th:nth-child(1) button")
    check("and lets go", browser.ask("STATE.found.every((f, i) => f.at === i)"))
    check("the chart has points", browser.ask("document.querySelectorAll('#drawing .point').length") >= 3)
    browser.ask("document.querySelector('#drawing .point').dispatchEvent(new MouseEvent('click'))")
    check("a point leads to its fact", marked(browser) == browser.ask("STATE.selected.written"))
    if pictures:
        browser.click("#close")
        browser.click("#body tr:nth-child(5)")
        browser.picture(pictures / "light.png")
    browser.click("#language")
    check("English", browser.ask("document.getElementById('facts-title').textContent + document.documentElement.lang") == "Factsen")
    if pictures:
        browser.picture(pictures / "english.png")
    browser.click("#language")
    browser.click("#theme")
    check("dark", browser.ask("document.documentElement.dataset.theme") == "dark")
    quiet(browser, "after all this")
    browser.ask("localStorage.clear()")
    with tempfile.TemporaryDirectory() as folder:
        printed(browser, (pictures or pathlib.Path(folder)) / "paper.pdf")
    if pictures:
        browser.open(few, dark=True)
        check("a dark system gives a dark page", browser.ask("document.documentElement.dataset.theme") == "dark")
        browser.click("#body tr:nth-child(9)")
        browser.picture(pictures / "dark.png")
        browser.ask("localStorage.clear()")
    browser.open(few, width=390, height=844)
    wide = browser.ask("document.documentElement.scrollWidth")
    check("nothing is wider than a phone", wide <= 390, wide)
    if pictures:
        browser.picture(pictures / "phone.png")
    browser.click("#body tr:nth-child(2)")
    if pictures:
        browser.picture(pictures / "phone-detail.png")
    browser.click("#see")
    visible = browser.ask("(() => { const r = document.querySelector('#words .here').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight && r.width > 0; })()")
    check("on a phone a row leads to its words", visible)
    if pictures:
        browser.picture(pictures / "phone-text.png")
        browser.click(".views [data-show=chart]")
        browser.picture(pictures / "phone-chart.png")
    quiet(browser, "on a phone")


def attack(browser, hostile):
    browser.open(hostile)
    time.sleep(0.3)
    check("hostile: nothing ran", browser.ask("window.attacked === undefined && !document.querySelector('#words img, #words script, #body img, img')"))
    check("hostile: the text is shown as it stands", browser.ask("document.getElementById('words').textContent === ARTICLES[0].text"))
    check("hostile: the text holds the attack", browser.ask("ARTICLES[0].text.includes('</script><script>') && ARTICLES[0].text.includes('onerror=')"))
    check("hostile: its facts are there", browser.ask("FACTS.length") >= 2)
    browser.click("#body tr")
    check("hostile: its words are marked", marked(browser) == browser.ask("STATE.selected.written"), marked(browser))
    quiet(browser, "hostile")
    # the policy holds even against a script that the page itself would put in
    tried = browser.ask("""(() => { try { const s = document.createElement('script'); s.text = 'window.attacked = 1'; document.body.append(s); }
        catch { return 'refused'; } return window.attacked === undefined ? 'not run' : 'run'; })()""")
    check("hostile: no other script runs", tried in ("refused", "not run"), tried)
    tried = browser.ask("(() => { try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.attacked = 1\">'); } catch { return 'refused'; } return 'taken'; })()")
    check("hostile: no string becomes markup", tried == "refused", tried)


def weigh(browser, many):
    began = time.monotonic()
    browser.open(many)
    count = browser.ask("document.querySelectorAll('#body tr').length && FACTS.length")
    seconds = time.monotonic() - began
    inside = browser.ask("performance.getEntriesByType('navigation')[0].loadEventEnd / 1000")
    size = pathlib.Path(many).stat().st_size / 1e6
    print(f"      {count} facts ({size:.1f} MB): {seconds:.2f} s with the start of a tab, {inside:.2f} s from request to loaded")
    check("ten thousand facts are there", count >= 10000, count)
    # slow machines exist; what matters is that the page does not choke
    check("and they open before a reader gives up", inside < 30, inside)
    timed = browser.ask("(() => { const t = performance.now(); STATE.filters.modality = '=actual'; applyFilters(); return performance.now() - t; })()")
    print(f"      a filter over them: {timed:.0f} ms")
    quiet(browser, "many")


def main():
    few, hostile, many = sys.argv[1:4]
    pictures = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    path = program()
    if not path:
        raise SystemExit("no Chromium was found")
    with Browser(path) as browser:
        look(browser, few, pictures)
        attack(browser, hostile)
        weigh(browser, many)
    print(f"{len(WRONG)} wrong")
    sys.exit(1 if WRONG else 0)


main()
