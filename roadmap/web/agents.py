"""What browsers call themselves, told as people know it."""

_UNKNOWN = "Unknown browser"
# The first that is found: most browsers also name those they descend from.
_BROWSERS = {
    **{"Edg": "Edge", "OPR/": "Opera", "SamsungBrowser/": "Samsung Internet", "Firefox/": "Firefox"},
    **{"FxiOS/": "Firefox", "CriOS/": "Chrome", "Chrome/": "Chrome", "Safari/": "Safari", "curl/": "curl"},
}
_SYSTEMS = {
    **{"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows"},
    **{"Mac OS X": "a Mac", "CrOS": "ChromeOS", "Linux": "Linux"},
}


def name_browser(agent: str) -> str:
    """`Firefox on Windows`, from the User-Agent of a request; what is not known is shown as it is, shortened."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in agent), agent[:40] or _UNKNOWN)
    system = next((name for sign, name in _SYSTEMS.items() if sign in agent), "")
    return f"{browser} on {system}" if system and browser not in {agent[:40], _UNKNOWN} else browser
