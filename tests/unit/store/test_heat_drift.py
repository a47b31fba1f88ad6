"""What is said of a screen that changed between releases, and what is not."""

from __future__ import annotations

from mien.store.heat_drift import Clicked, Release, changes_of


def release(name: str, at: float, views: int = 100, page_px: float | None = 1000.0) -> Release:
    return Release(name, at, at + 50, views, views if page_px else 0, page_px)


def clicked(name: str, **views: int) -> list[Clicked]:
    return [Clicked(name, f"#{element}", element.title(), count) for element, count in views.items()]


def test_another_height_and_elements_of_one_release_only_are_told() -> None:
    found = changes_of(
        [release("1", 10), release("2", 20, page_px=1200.0)],
        clicked("1", pay=40, voucher=10) + clicked("2", pay=35, help=20),
    )
    (change,) = found
    assert (change.before, change.release, change.at) == ("1", "2", 20)
    assert (change.page_px_before, change.page_px) == (1000.0, 1200.0)
    assert (change.gone, change.appeared) == (["Voucher"], ["Help"])


def test_what_chance_can_do_is_not_told() -> None:
    # 4 of 100 views would be 4 clicked views of 100: none of them is no proof; of 200 it is.
    assert changes_of([release("1", 10), release("2", 20)], clicked("1", pay=4)) == []
    assert changes_of([release("1", 10), release("2", 20, views=200)], clicked("1", pay=4))[0].gone == ["Pay"]
    assert changes_of([release("1", 10), release("2", 20, page_px=1090.0)], []) == []
    assert changes_of([release("1", 10), release("2", 20, page_px=None)], []) == []


def test_releases_without_a_name_or_with_few_views_are_passed_over() -> None:
    few = release("2", 20, views=19, page_px=3000.0)
    unnamed = release("", 5, page_px=3000.0)
    assert changes_of([unnamed, release("1", 10), few, release("3", 30)], []) == []
    (change,) = changes_of([release("1", 10), few, release("3", 30, page_px=500.0)], [])
    assert (change.before, change.release) == ("1", "3")
    assert changes_of([], []) == []
