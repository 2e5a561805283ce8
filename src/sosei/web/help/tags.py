"""Help beside a field, in every template: ``{% help "計画の書き方#数値の書き方" %}``.

A fold that holds the section of the manual, so that it is read where it is needed and without a script.
"""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sosei.web.help.manual import address, section
from sosei.web.site.language import say

register = template.Library()


@register.simple_tag(name="help")
def help_beside(place: str) -> SafeString:
    """The fold with the section ``page#anchor``: how a field is filled in, or, of a page …の使い方, how to use one."""
    words, content = section(place)
    is_use = place.partition("#")[0].endswith("使い方")
    return format_html(
        '<details class="help screen-only"><summary>{}<span lang="ja">{}</span></summary>'
        '<div><div class="prose" lang="ja">{}</div><p><a href="{}">{}</a></p></div></details>\n',
        say("使い方：", "How to use this (in Japanese): ")
        if is_use
        else say("この欄の書き方：", "How to fill this in (in Japanese): "),
        words,
        content,
        address(place),
        say("手引きで読む", "Read it in the manual"),
    )
