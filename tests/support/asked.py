"""What a page asks before something goes: in a dialog of its own, or, as one leaves, in the browser's."""

#: The book's own dialogs.
ASKED = ".candor-dialog"


def agree(page) -> None:
    """Says yes to whatever is asked from here on."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.add_locator_handler(page.locator(ASKED), lambda asked: asked.get_by_role("button").first.click())
