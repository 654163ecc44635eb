"""What browsers call themselves, told as people know it."""

# The first that is found: most browsers also name those they descend from.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "a Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def name_browser(agent: str) -> str:
    """`Firefox on Windows`, from the User-Agent of a request; an unknown one stands as it came, cut short."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in agent), None)
    if browser is None:
        return agent[:40] or "Unknown browser"
    system = next((name for sign, name in _SYSTEMS.items() if sign in agent), None)
    return f"{browser} on {system}" if system else browser
