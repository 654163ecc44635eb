"""What axe finds wrong with a page. The contrast of equal texts, most of its work, it looks at once."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Texts are equal when all that axe's answer depends on is: the styles of their element and of all around it,
# and whatever is painted behind. Inside of drawings axe has no answer. What is cut off, a field, a sign, or
# beside a drawing is always looked at.
_MARK_EQUAL_TEXTS = """() => {
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
    const isWhole = (node, box) => box.width > 0 && box.height > 0 && isInside(box, sheet) &&
        clippers.every(([other, edge]) => other === node || !other.contains(node) || isInside(box, edge))
    const seen = new Set()
    for (const [node, box] of nodes) {
        const texts = [...node.childNodes].filter(child => child.nodeType === Node.TEXT_NODE)
        const text = texts.map(child => child.data).join("").trim()
        if (!text) continue
        const behind = painters.filter(([other, edge]) => !other.contains(node) && meets(box, edge))
        const isPlain = isWhole(node, box) && /[\\p{L}\\p{N}]/u.test(text) &&
            !node.matches("input, select, textarea, option") && !behind.some(([other]) => isDrawing(other))
        if (!isPlain && !node.ownerSVGElement) continue
        // Axe has no answer about a single letter.
        const kind = [text.length > 1, node.textContent.trim().length > 1, /[^\\u0000-\\u2fff]/.test(text)]
        const painted = behind.map(([other]) => look(other) + node.contains(other))
        const key = [kind, look(node), ...painted].join("/")
        if (seen.has(key)) node.dataset.likeAnother = ""
        seen.add(key)
    }
}"""
_CONFIGURE = "axe.configure({ rules: [{ id: 'color-contrast', selector: '*:not([data-like-another])' }] })"
_RUN = """async options => {
    const found = await axe.run(options)
    for (const node of document.querySelectorAll("[data-like-another]")) delete node.dataset.likeAnother
    return found.violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 120)}`)
}"""
_AXE = Axe()


def violations(page: Page, **options: object) -> list[str]:
    """The name of each rule that the page breaks, with the beginning of the first element that does."""
    page.evaluate(_MARK_EQUAL_TEXTS)
    page.evaluate(f"{_AXE.axe_script};{_CONFIGURE}")
    return list(page.evaluate(_RUN, {"resultTypes": ["violations"], **options}))
