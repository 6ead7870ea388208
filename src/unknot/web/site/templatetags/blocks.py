from __future__ import annotations

from django import template
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def block_again(context: Context, name: str) -> SafeString:
    """What the page put into the block ``name``, a second time: the title for Open Graph, too."""
    text: SafeString = context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context)
    return SafeString(text.strip())
