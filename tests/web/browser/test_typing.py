"""Japanese hands and bad lines: conversions, double presses, and what was typed after the way to the server broke."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import CDPSession, Page, Request, Route, expect

from tests.web.browser.conftest import Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

_STORED = "() => Object.values(localStorage).join(' ')"


@pytest.fixture
def edition(adopted: Callable[[str], Any]) -> Any:
    """阿蘇市's plan, adopted, with an open draft."""
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import User
    from sosei.web.plans.acts import begin_revision

    made = adopted("aso")
    officer = User.objects.get(username="officer-432148")
    begin_revision(actor_of(officer, made.municipality, "192.0.2.1"), made.plan)
    return made


@pytest.fixture
def writer(edition: Any) -> Any:
    from sosei.web.people.models import User

    return User.objects.get(username="officer-432148")


def _adding(edition: Any) -> str:
    """The form that adds a goal."""
    address = reverse("write_tree_add", kwargs={"code": "432148", "plan": edition.plan.key})
    return f"{address}?level=goal"


def _ime(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def _compose(ime: CDPSession, text: str) -> None:
    ime.send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


def _enter_of_the_conversion(ime: CDPSession) -> None:
    ime.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229},
    )


def _slow(route: Route) -> None:
    route.request.frame.page.wait_for_timeout(300)
    route.continue_()


def _sent(page: Page, method: str) -> list[str]:
    """The addresses asked for from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.method == method and "/revision/write/" in request.url:
            found.append(request.url)

    page.on("request", note)
    return found


def test_nothing_is_asked_while_a_conversion_is_open(
    sit_down: Callable[..., Page], edition: Any, writer: Any, complaints: Complaints
) -> None:
    page = sit_down(writer)
    page.goto(reverse("write", kwargs={"code": "432148", "plan": edition.plan.key}))
    field, ime, asked, posted = page.locator("#find"), _ime(page), _sent(page, "GET"), _sent(page, "POST")
    page.evaluate(
        "() => { window.heard = []; document.addEventListener('input', e => heard.push(e.target.value)) }"
    )
    field.focus()
    _compose(ime, "いじゅう")
    page.wait_for_timeout(600)  # longer than the search waits for the next key
    assert asked == []
    assert page.evaluate("heard") == []
    _enter_of_the_conversion(ime)
    ime.send("Input.insertText", {"text": "移住"})
    expect(page.locator("#tree").get_by_role("status")).to_contain_text("移住")
    assert page.evaluate("heard") == ["移住"]
    assert len(asked) == 1
    assert posted == []
    assert complaints == []


def test_an_enter_reported_after_the_conversion_presses_nothing(
    sit_down: Callable[..., Page], edition: Any, writer: Any
) -> None:
    """Safari ends the conversion first and then reports its Enter, as key 229."""
    page = sit_down(writer)
    page.goto(_adding(edition))
    posted = _sent(page, "POST")
    heard = page.locator("#name").evaluate(
        """field => {
          let heard = 0
          document.addEventListener('keydown', () => heard++)
          const press = code => field.dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', keyCode: code, bubbles: true, cancelable: true}))
          field.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}))
          field.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true, data: '市'}))
          return [press(229), heard, press(13), heard]
        }"""
    )
    assert heard == [False, 0, True, 1]
    page.locator("#name").evaluate(
        """field => {
          field.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}))
          field.form.requestSubmit()
        }"""
    )
    page.wait_for_timeout(200)
    assert posted == []


def test_a_form_pressed_twice_is_sent_once(
    sit_down: Callable[..., Page], edition: Any, writer: Any, complaints: Complaints
) -> None:
    page = sit_down(writer)
    page.goto(_adding(edition))
    page.route("**/tree/add/**", _slow)
    posted = _sent(page, "POST")
    page.locator("#name").fill("新しい名称（サンプル）")
    page.get_by_role("button", name="追加する", exact=True).dblclick(no_wait_after=True)
    expect(page.get_by_role("status").first).to_contain_text("1件を追加しました")
    assert len(posted) == 1
    assert edition.plan.drafts.get(is_open=True).length == 1
    page.go_back()
    button = page.get_by_role("button", name="追加する", exact=True)
    expect(button).to_be_enabled()
    assert complaints == []


def test_the_pressed_button_goes_along(
    sit_down: Callable[..., Page], cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    page = sit_down(person("officer", cities["aso"]), language="ja")
    page.goto("/432148/")
    page.get_by_role("button", name="English").dblclick()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_was_typed_survives_a_lost_line_and_an_expired_login(
    sit_down: Callable[..., Page], edition: Any, writer: Any
) -> None:
    page = sit_down(writer)
    form = _adding(edition)
    page.goto(form)
    page.locator("#name").fill("髙﨑市\U000e0100の名称（サンプル）")
    page.locator("#label").fill("<b>議会の指摘</b>")
    page.context.clear_cookies(name="sosei_session")
    page.get_by_role("button", name="追加する", exact=True).click()
    expect(page.get_by_role("heading", name="サインイン")).to_be_visible()
    page.get_by_label("ユーザー名").fill(writer.username)
    page.get_by_label("パスワード").fill("correct horse battery staple")
    page.get_by_role("main").get_by_role("button", name="サインイン").click()

    notice = page.locator(".note", has_text="この端末に送信していない入力が残っています")
    expect(notice).to_contain_text("<b>議会の指摘</b>")
    expect(page.locator("#label")).to_have_value("基本目標5")
    notice.get_by_role("button", name="戻す").press("Enter")
    expect(page.locator("#name")).to_have_value("髙﨑市\U000e0100の名称（サンプル）")
    expect(page.locator("#label")).to_be_focused()
    expect(notice).to_have_count(0)

    page.context.set_offline(True)
    expect(page.locator("#connection")).to_contain_text("通信が切れています")
    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="戻す", exact=True).click()
    page.get_by_role("button", name="追加する", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("1件を追加しました")
    assert "髙﨑" not in page.evaluate(_STORED)
    page.goto(form)
    expect(page.locator("#name")).to_have_value("")
    expect(notice).to_have_count(0)


def test_what_was_refused_stays_and_what_is_undecided_is_not_written_over(
    sit_down: Callable[..., Page], edition: Any, writer: Any
) -> None:
    page = sit_down(writer)
    form = _adding(edition)
    page.goto(form)
    page.locator("#name").fill("使えない\x07文字（サンプル）")
    page.locator("#label").fill("断られる（サンプル）")
    page.get_by_role("button", name="追加する", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#label")).to_have_value("断られる（サンプル）")
    expect(page.get_by_role("button", name="捨てる")).to_have_count(0)
    page.goto(form)
    notice = page.locator(".note", has_text="この端末に送信していない入力が残っています")
    expect(notice).to_contain_text("断られる（サンプル）")
    page.locator("#label").fill("そのまま書く（サンプル）")
    page.reload()
    expect(notice).to_contain_text("そのまま書く（サンプル）")
    notice.get_by_role("button", name="戻す").click()
    expect(page.locator("#label")).to_have_value("そのまま書く（サンプル）")
    expect(notice).to_contain_text("断られる（サンプル）")
    notice.get_by_role("button", name="捨てる").click()
    expect(notice).to_have_count(0)


def test_another_person_never_sees_it_and_who_signs_out_is_asked(
    sit_down: Callable[..., Page], edition: Any, writer: Any, person: Callable[..., Any]
) -> None:
    page = sit_down(writer)
    form = _adding(edition)
    page.goto(form)
    page.locator("#name").fill("送らない名称（サンプル）")
    page.wait_for_timeout(500)  # longer than keeping waits for the next key
    assert "送らない名称" in page.evaluate(_STORED)
    _become(page, person("officer", edition.municipality, username="second"))
    page.goto(form)
    expect(page.get_by_role("button", name="捨てる")).to_have_count(0)

    _become(page, writer)
    page.goto(form)
    expect(page.get_by_role("button", name="捨てる")).to_be_visible()
    page.locator(".menu summary", has_text=writer.name).click()
    page.get_by_role("button", name="サインアウト", exact=True).click()
    page.get_by_role("button", name="やめる").click()
    page.get_by_role("button", name="サインアウト", exact=True).click()
    page.get_by_role("button", name="消してサインアウト").click()
    expect(page.get_by_role("link", name="サインイン").first).to_be_visible()
    assert "送らない名称" not in page.evaluate(_STORED)


def _become(page: Page, user: Any) -> None:
    from tests.web.browser.conftest import _session_of

    page.context.add_cookies(
        [{"name": "sosei_session", "value": _session_of(user), "url": page.url.split("/432148/")[0]}]
    )


def test_thrown_away_old_and_full(sit_down: Callable[..., Page], edition: Any, writer: Any) -> None:
    page = sit_down(writer)
    form = _adding(edition)
    page.goto(form)
    page.locator("#name").fill("一つめ（サンプル）")
    page.reload()
    page.get_by_role("button", name="捨てる").click()
    assert "一つめ" not in page.evaluate(_STORED)
    page.evaluate(
        """() => { const old = Date.now() - 31 * 24 * 3600 * 1000
          sosei.kept.put('draft x', 1)
          const key = Object.keys(localStorage).find(each => each.endsWith('draft x'))
          localStorage.setItem(key, JSON.stringify({at: old, value: 1})) }"""
    )
    page.reload()
    assert page.evaluate("sosei.kept.get('draft x')") is None
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    page.locator("#name").fill("入りきらない（サンプル）")
    expect(page.locator("#connection")).to_contain_text("控えを残せません")
