// A clause in the panel: its place, its words with the quote marked, and the ones beside it.

class ClauseView {
  constructor(client, onClose) {
    this.client = client;
    this.onClose = onClose;
    this.wanted = '';
    this.node = make('section', { class: 'clause', hidden: true, 'aria-label': TEXT.clause_label });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  close() {
    this.wanted = '';
    this.node.hidden = true;
    this.onClose();
  }

  // A citation has the whole clause: it is shown at once, the rest when it comes.
  async cite(citation) {
    this.show({ ...citation, text: citation.clause_text }, citation.quote);
    await this.load(citation.clause_id, citation.quote);
  }

  async load(id, quote) {
    this.wanted = id;
    try {
      const clause = await this.client.clause(id);
      if (this.wanted === id) this.show(clause, quote);
    } catch (error) {
      if (this.wanted !== id) return;
      const words = TEXT.problems[error.kind] || TEXT.problems.failed;
      this.node.querySelector('.beside').replaceChildren(
        make('p', { class: 'notice is-problem', role: 'alert' }, words),
        button('link', TEXT.retry, () => this.load(id, quote)));
    }
  }

  show(clause, quote) {
    const isNew = !this.isOpen;
    const had = this.node.contains(this.node.getRootNode().activeElement);
    const back = button('link back', TEXT.back, () => this.close(), icon('back'), TEXT.back);
    const span = quotedSpan(clause.text, quote || '');
    const [start, end] = span || [0, 0];
    const words = make('p', { class: 'words' }, ...figures(clause.text.slice(0, start)),
      span ? make('mark', {}, clause.text.slice(start, end)) : '', ...figures(clause.text.slice(end)));
    this.node.replaceChildren(back, make('div', { lang: 'zh-CN' },
      make('h3', {}, placeOf(clause)),
      make('p', { class: 'faint' }, (clause.path || []).join(' › ')), words, this.units(clause)),
    this.ways(clause), make('div', { class: 'beside' }, this.neighbours(clause)));
    this.node.hidden = false;
    this.node.scrollTop = 0;
    const mark = this.node.querySelector('mark');
    if (mark) mark.scrollIntoView({ block: 'nearest' });
    if (isNew || had) back.focus({ preventScroll: true });
  }

  units(clause) {
    const names = clause.responsible_units || (clause.units || []).map((unit) => unit.printed);
    return names.length
      ? make('p', { class: 'faint' }, `${TEXT.units_label}${TEXT.colon}${[...new Set(names)].join('、')}`)
      : null;
  }

  ways(clause) {
    const ways = make('p', { class: 'ways' });
    const address = new URL(clause.url, BASE);
    if (address.origin === BASE.origin) { // an address is data, too
      if (CONFIG.lang === 'en') address.searchParams.set('lang', 'en');
      ways.append(make('a', { class: 'link', href: address.href, target: '_blank', rel: 'noopener' }, TEXT.whole_document));
    }
    if (clause.citation) {
      const copy = button('link', TEXT.copy_citation, async () => {
        copy.textContent = (await copied(clause.citation)) ? TEXT.copied : clause.citation;
      });
      ways.append(copy);
    }
    return ways;
  }

  neighbours(clause) {
    const way = (link, label) => (link
      ? button('chip', `${label}${TEXT.colon}${link.label} ${link.heading}`, () => this.load(link.clause_id), `${label}${TEXT.colon}`, make('span', { lang: 'zh-CN' }, `${link.label} ${link.heading}`))
      : null);
    return [way(clause.previous, TEXT.previous), way(clause.next, TEXT.next)].filter(Boolean);
  }
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (_) { // plain http, or a frame that may not: the words are shown to be selected
    return false;
  }
}
