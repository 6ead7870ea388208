"""``<body-chart>`` in Chromium, on a page of its own under the strictest content security policy."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route

import unknot.web
from unknot.atlas import MAIN, Figure, figure, figures
from unknot.atlas.chart import ChartWords, render_chart
from unknot.knowledge import Place, load

pytestmark = pytest.mark.browser

STATIC = Path(unknot.web.__file__).parent / "site/static/site"
ADDRESS = "http://chart.test/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'"
KINDS = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 1000}}


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    yield from opened(browser.new_context(**DESKTOP, reduced_motion="reduce"))


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    yield from opened(browser.new_context(**PHONE, reduced_motion="reduce"))


def opened(context: BrowserContext, pain: dict[Place, int] | None = None) -> Iterator[Page]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(f"{ADDRESS}**", lambda route: answer(route, pain or {}))
    page.goto(ADDRESS)
    yield page
    assert complaints == []
    context.close()


def answer(route: Route, pain: dict[Place, int]) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    if not path:
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=chart_page(pain), headers=headers)
    elif (file := STATIC / path).is_file():
        route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
    else:
        route.fulfill(status=204)


def chart_page(pain: dict[Place, int]) -> str:
    kb = load()
    rows = "".join(
        f'<label>{place} <input type="number" min="1" max="10" name="pain-{place}"'
        f' aria-label="{escape(name_of(place))}" value="{pain.get(place, "")}"></label>'
        for id_ in kb.regions
        for place in kb.places(id_)
    )
    return f"""<!doctype html><html lang="en"><head><title>Chart</title>
        <meta name="viewport" content="width=device-width">
        <link rel="icon" href="favicon.svg">
        <link rel="stylesheet" href="css/tokens.css"><link rel="stylesheet" href="css/base.css">
        <link rel="stylesheet" href="body-chart/body-chart.css">
        <script type="module" src="body-chart/body-chart.js"></script></head>
        <body><main><h1>Where does it hurt?</h1><body-chart>
        <div data-figures>{render_chart(ChartWords(), pain)}</div><div data-list>{rows}</div>
        </body-chart></main></body></html>"""


def name_of(place: Place) -> str:
    name = load().regions[place.region].name
    return f"{name}, {place.side}" if place.side else name


# ---- tapping


def find(page: Page, view: str, place: Place) -> tuple[float, float]:
    """Where the middle of a shape is on the screen, once its figure is in view."""
    return tuple(
        page.evaluate(
            """([view, place]) => {
                const figures = [...document.querySelectorAll(`[data-view="${view}"]`)];
                const figure = figures.find((one) => one.getClientRects().length);
                const region = figure.querySelector(`[data-place="${place}"]`);
                const [x, y] = region.dataset.at.split(" ").map(Number);
                const svg = region.ownerSVGElement;
                const at = () => new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
                figure.scrollIntoView({ behavior: "instant", inline: "center", block: "nearest" });
                window.scrollBy({ top: at().y - 300, behavior: "instant" });
                return [at().x, at().y];
            }""",
            [view, str(place)],
        )
    )


def tap(page: Page, view: str, place: Place) -> None:
    x, y = find(page, view, place)
    if page.viewport_size == PHONE["viewport"]:
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)


def shown(page: Page) -> str | None:
    """The figure that shows larger, if one does."""
    return page.evaluate("document.querySelector('[data-part] [data-view]')?.dataset.view ?? null")


def chosen(page: Page) -> str | None:
    """The name in the picker, if it is open."""
    name = page.locator("[data-place-name]")
    return name.text_content() if name.is_visible() else None


def reach(page: Page, view: str, place: Place) -> int:
    """Tap a shape until the picker asks for its intensity; how many taps that took."""
    for taps in (1, 2, 3):
        tap(page, view, place)
        if chosen(page):
            return taps
        view = shown(page) or view
    raise AssertionError(f"{place} can't be reached on {view}")


def whole(page: Page) -> None:
    page.keyboard.press("Escape")
    if page.locator('[data-do="whole"]').is_visible():
        page.locator('[data-do="whole"]').click()


@pytest.mark.parametrize("id_", MAIN)
def test_the_middle_of_every_shape_is_its_own(desktop: Page, id_: str):
    found = desktop.evaluate(
        """(view) => [...document.querySelectorAll(`[data-stage] [data-view="${view}"] [data-place]`)].map(
            (region) => {
                region.scrollIntoView({ behavior: "instant", block: "center" });
                const [x, y] = region.dataset.at.split(" ").map(Number);
                const at = new DOMPoint(x, y).matrixTransform(region.ownerSVGElement.getScreenCTM());
                return [region.dataset.place, document.elementFromPoint(at.x, at.y)?.dataset.place];
            })""",
        id_,
    )
    assert [place for place, _ in found] == [str(shape.place) for shape in figure(id_).shapes]
    assert [pair for pair in found if pair[0] != pair[1]] == []


@pytest.mark.long
@pytest.mark.parametrize("device", ["desktop", "phone"])
@pytest.mark.parametrize("id_", MAIN)
def test_every_shape_of_a_main_figure_selects_its_region(
    request: pytest.FixtureRequest, device: str, id_: str
):
    page = request.getfixturevalue(device)
    for shape in figure(id_).shapes:
        taps = reach(page, id_, shape.place)
        assert chosen(page) == name_of(shape.place)
        assert taps > 1 or not shape.opens, f"{shape.place} should open larger first"
        whole(page)


PARTS = [drawn for drawn in figures() if drawn.id not in MAIN]


@pytest.mark.parametrize("device", ["desktop", pytest.param("phone", marks=pytest.mark.long)])
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_every_shape_of_a_larger_part_selects_its_region(
    request: pytest.FixtureRequest, device: str, part: Figure
):
    page = request.getfixturevalue(device)
    view, way_in = next(
        (id_, shape.place) for id_ in MAIN for shape in figure(id_).shapes if shape.opens == part.id
    )
    for shape in part.shapes:
        while shown(page) != part.id:  # the way in may itself need a closer look
            tap(page, shown(page) or view, way_in)
        tap(page, part.id, shape.place)
        assert chosen(page) == name_of(shape.place)
        page.locator('[data-do="close"]').click()


def test_the_keyboard_marks_every_place_in_the_list(desktop: Page):
    fields = desktop.locator('[data-list] [name^="pain-"]')
    fields.first.focus()
    for n in range(fields.count()):
        desktop.keyboard.type(str(n % 10 + 1))
        desktop.keyboard.press("Tab")
    painted = desktop.evaluate(
        """() => [...document.querySelectorAll("[data-stage] [data-place]")]
            .map((region) => [region.dataset.place, region.getAttribute("class")])"""
    )
    numbered = enumerate(str(place) for id_ in load().regions for place in load().places(id_))
    wanted = {place: f"region pain-{n % 10 + 1}" for n, place in numbered}
    assert len(painted) > 170
    assert painted == [[place, wanted[place]] for place, _ in painted]


# ---- what a choice does

CHEST = Place("chest", "left")


def test_a_choice_goes_into_the_list_and_onto_the_figures(desktop: Page):
    desktop.evaluate(
        """() => { window.heard = []; for (const type of ["input", "change"])
            document.body.addEventListener(type, (event) => heard.push([type, event.target.name])); }"""
    )
    reach(desktop, "front", CHEST)
    desktop.get_by_role("button", name="7, strong").click()
    assert desktop.locator('[name="pain-chest:left"]').input_value() == "7"
    assert desktop.evaluate("heard") == [["input", "pain-chest:left"], ["change", "pain-chest:left"]]
    assert number(desktop, CHEST) == ["7"]
    assert desktop.locator("[data-done]").text_content().strip().startswith(f"{name_of(CHEST)}: 7, strong")
    assert chosen(desktop) is None


def test_a_choice_can_be_removed_and_undone(desktop: Page):
    field = desktop.locator('[name="pain-chest:left"]')
    field.fill("4")
    reach(desktop, "front", CHEST)
    assert desktop.locator('.picker-step[aria-pressed="true"]').text_content() == "4"
    desktop.get_by_role("button", name="Remove").click()
    assert field.input_value() == ""
    assert number(desktop, CHEST) == []
    desktop.get_by_role("button", name="Undo").click()
    assert field.input_value() == "4"
    assert number(desktop, CHEST) == ["4"]


def test_what_is_typed_shows_and_nonsense_does_not(desktop: Page):
    field = desktop.locator('[name="pain-chest:left"]')
    for typed, numbers in (("3", ["3"]), ("10", ["10"]), ("11", []), ("0", []), ("2.5", []), ("", [])):
        field.fill(typed)
        assert number(desktop, CHEST) == numbers, typed


def test_the_field_in_focus_shows_where_it_is(desktop: Page):
    desktop.locator('[name="pain-chest:left"]').focus()
    assert desktop.locator(".is-near").get_attribute("data-place") == "chest:left"
    desktop.locator('[name="pain-sacrum"]').focus()
    assert desktop.locator(".is-near").get_attribute("data-place") == "sacrum"


def test_pointing_names_the_region(desktop: Page):
    x, y = find(desktop, "front", CHEST)
    desktop.mouse.move(x, y)
    assert desktop.locator(".chart-name").text_content() == name_of(CHEST)
    desktop.mouse.move(5, 5)
    assert desktop.locator(".chart-name").is_hidden()


def test_what_is_marked_in_a_larger_part_shows_on_the_whole(phone: Page):
    thumb = Place("thumb", "right")
    reach(phone, "front", thumb)
    assert shown(phone) == "hand_palm_right"
    phone.get_by_role("button", name="9, very strong").tap()
    phone.get_by_role("button", name="Whole body").tap()
    assert number(phone, thumb) == ["9"] * 2  # front and back


def number(page: Page, place: Place) -> list[str]:
    return page.locator(f'[data-stage] text[data-of="{place}"]').all_text_contents()


# ---- under a finger


def test_what_can_be_pressed_is_as_large_as_a_fingertip(phone: Page):
    reach(phone, "front", CHEST)
    for button in phone.locator("[data-figures] button:visible").all():
        box = button.bounding_box()
        assert box["height"] >= 44, button.text_content()
        assert box["width"] >= 44, button.text_content()


@pytest.mark.parametrize("place", [Place("elbow_inner", "right"), Place("leg_outer", "left")], ids=str)
def test_a_narrow_shape_grows_to_a_fingertip_before_it_is_chosen(phone: Page, place: Place):
    tap(phone, "front", place)
    assert shown(phone) == "front"
    assert chosen(phone) is None
    breadth = phone.evaluate(
        """(place) => { const region = document.querySelector(`[data-part] [data-place="${place}"]`);
            return Number(region.dataset.breadth) * region.ownerSVGElement.getScreenCTM().a; }""",
        str(place),
    )
    assert breadth >= 44


def test_tabs_bring_the_figures_into_view(phone: Page):
    for id_ in reversed(MAIN):
        tab = phone.locator(f'[data-show="{id_}"]')
        tab.tap()
        phone.wait_for_selector(f'[data-show="{id_}"][aria-pressed="true"]')
        box = phone.locator(f'[data-stage] [data-view="{id_}"]').bounding_box()
        assert 0 <= box["x"] < 40
        assert phone.locator('[data-show][aria-pressed="true"]').count() == 1


def test_the_sheet_leaves_the_tapped_place_in_sight(phone: Page):
    heel = Place("heel", "left")
    tap(phone, "back", heel)
    tap(phone, "sole_left", heel)
    sheet = phone.locator("[data-picker]").bounding_box()
    middle = phone.evaluate(
        """() => { const box = document.querySelector("[data-part] .is-chosen").getBoundingClientRect();
            return box.top + box.height / 2; }"""
    )
    assert 0 < middle < sheet["y"]


# ---- for everybody


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_axe_finds_nothing(request: pytest.FixtureRequest, device: str):
    page = request.getfixturevalue(device)
    reach(page, "front", CHEST)
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_without_scripts_the_figures_show_what_the_list_says(browser: Browser):
    context = browser.new_context(**DESKTOP, java_script_enabled=False)
    pages = opened(context, {CHEST: 5})
    page = next(pages)
    assert page.locator('[data-stage] text[data-of="chest:left"]').text_content() == "5"
    assert page.locator("[data-figures] button:visible").count() == 0
    next(pages, None)


def test_left_and_right_are_told_on_a_magnified_part(phone: Page):
    tap(phone, "front", Place("neck_front", "left"))
    assert phone.locator(".is-magnified").count()
    inside = phone.eval_on_selector_all(
        ".is-magnified .figure-side",
        """(words) => words.map((word) => {
            const [is, frame] = [word.getBoundingClientRect(), word.ownerSVGElement.getBoundingClientRect()];
            return is.left >= frame.left && is.right <= frame.right && is.top >= frame.top - 1;
        })""",
    )
    assert inside == [True, True]
