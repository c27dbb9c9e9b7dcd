"""What stands on every page: menu, language switcher, footer."""


def site_furniture(request) -> dict:
    return {}
