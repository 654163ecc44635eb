"""What axe finds wrong with pages. The contrast of equal texts, most of its work, it looks at once."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Texts are equal when all that axe's answer depends on is: the styles of their element and of all around it,
# and whatever is painted behind; and where it has no letters, the text itself. Inside of drawings axe has no
# answer. What is cut off, a field, or beside a drawing is always looked at. Rows that only have to be
# scrolled to are not cut off: behind them is what is painted in the box that scrolls, and what meets it.
MARK_EQUAL_TEXTS = """known => {
    const STYLES = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight",
        "textShadow", "filter", "mixBlendMode", "webkitTextStrokeWidth"]
    const paints = style => style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.backgroundImage !== "none"
    const pseudo = (node, name) => {
        const style = getComputedStyle(node, name)
        return style.content !== "none" && paints(style) && style.backgroundColor + style.backgroundImage
    }
    const isDisabled = node => node.matches(":disabled, [aria-disabled=true]") || node.control?.disabled
    const own = (node, style) => [node.localName, ...STYLES.map(name => style[name]), isDisabled(node),
        pseudo(node, "::before"), pseudo(node, "::after")].join()
    const looks = new Map([[null, ""]])
    const look = node => {
        if (!looks.has(node))
            looks.set(node, own(node, getComputedStyle(node)) + ">" + look(node.parentElement))
        return looks.get(node)
    }
    const nodes = [...document.body.querySelectorAll("*")].map(node => [node, node.getBoundingClientRect()])
    const clippers = nodes.filter(([node]) => getComputedStyle(node).overflow !== "visible")
    const isDrawing = node => node.matches("svg, img, canvas, video, object, iframe")
    const painters = nodes.filter(([node]) => isDrawing(node) || paints(getComputedStyle(node)))
    const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    const isInside = (a, b) =>
        a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom
    const sheet = { left: 0, top: 0, right: document.documentElement.clientWidth, bottom: Infinity }
    const scrollerOf = (node, box) => clippers.findLast(([other, edge]) =>
        other !== node && other.contains(node) && /auto|scroll/.test(getComputedStyle(other).overflowY) &&
        !isInside(box, edge) && box.left >= edge.left && box.right <= edge.right)
    const isWhole = (node, box, scroller) => box.width > 0 && box.height > 0 && isInside(box, sheet) &&
        clippers.every(([other, edge]) => other === node || !other.contains(node) || isInside(box, edge) ||
            other === scroller?.[0]) && (!scroller || isWhole(...scroller))
    const digest = key => {
        let [one, two] = [1, 2]
        for (let at = 0; at < key.length; at++) {
            one = Math.imul(one ^ key.charCodeAt(at), 0x01000193)
            two = Math.imul(two ^ key.charCodeAt(at), 0x5bd1e995)
        }
        return `${one}/${two}`
    }
    const seen = new Set(known)
    for (const [node, box] of nodes) {
        const texts = [...node.childNodes].filter(child => child.nodeType === Node.TEXT_NODE)
        const text = texts.map(child => child.data).join("").trim()
        if (!text) continue
        const scroller = scrollerOf(node, box)
        const meetsPainter = ([other, edge]) =>
            meets(scroller && !scroller[0].contains(other) ? scroller[1] : box, edge)
        const behind = painters.filter(painter => !painter[0].contains(node) && meetsPainter(painter))
        const isPlain = isWhole(node, box, scroller) && !node.matches("input, select, textarea, option") &&
            !behind.some(([other]) => isDrawing(other))
        if (!isPlain && !node.ownerSVGElement) continue
        // Axe has no answer about a single letter.
        const kind = [/[\\p{L}\\p{N}]/u.test(text) || text, text.length > 1,
            node.textContent.trim().length > 1, /[^\\u0000-\\u2fff]/.test(text)]
        const painted = behind.map(([other]) => look(other) + node.contains(other))
        const key = digest([kind, look(node), ...painted].join("/"))
        if (seen.has(key)) node.dataset.likeAnother = ""
        seen.add(key)
    }
    return [...seen].slice(known.length)
}"""
_CONFIGURE = "axe.configure({ rules: [{ id: 'color-contrast', selector: '*:not([data-like-another])' }] })"
_RUN = """async options => {
    const found = await axe.run(options)
    for (const node of document.querySelectorAll("[data-like-another]")) delete node.dataset.likeAnother
    return found.violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 120)}`)
}"""
_AXE = Axe()


def violations(page: Page, known_texts: list[str] | None = None, **options: object) -> list[str]:
    """The name of each rule that the page breaks, with the beginning of the first element that does.

    Pages that are given the same list look at the contrast of texts that are equal on several of them once.
    """
    known_texts = [] if known_texts is None else known_texts
    known_texts += page.evaluate(MARK_EQUAL_TEXTS, known_texts)
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{_AXE.axe_script};{_CONFIGURE}")
    return list(page.evaluate(_RUN, {"resultTypes": ["violations"], **options}))
