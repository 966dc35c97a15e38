// A question with its answer, from the first statement to the last suggestion.

const MAX_REASON = 1000;
const MAX_WORDS = 200;

class TurnView {
  constructor(turn, actions) {
    this.turn = turn; // {question, history, answer, followUps, problem}
    this.actions = actions; // {ask, retry, open, judge, moved}
    this.citations = new Map();
    this.body = make('div', { class: 'answer', lang: 'zh-CN' });
    this.foot = make('div', { class: 'foot' });
    this.node = make('article', { class: 'turn' },
      make('h3', { class: 'unseen' }, TEXT.question_heading),
      make('p', { class: 'question', lang: 'zh-CN' }, turn.question), this.body, this.foot);
    if (turn.answer) this.finish();
    else if (turn.problem) this.fail(turn.problem);
    else this.wait(TEXT.pending);
  }

  wait(words) {
    this.waiting = make('p', { class: 'waiting', lang: TEXT.html_language }, make('i', {}), words);
    this.body.append(this.waiting);
  }

  take({ name, data }) {
    if (name === 'citation') this.citations.set(data.number, data);
    if (name === 'reset') {
      this.citations.clear();
      this.body.replaceChildren(this.waiting);
    }
    if (name === 'statement') {
      const marks = data.citations.map((number) => `[${number}]`).join('');
      const known = [...this.citations.values()];
      this.waiting.before(...paragraphs(data.text + marks, known, this.actions.open));
    }
    if (name === 'follow_ups') this.turn.followUps = data.questions;
    if (name === 'end') {
      this.turn.answer = data;
      this.finish();
    }
  }

  finish() {
    const answer = this.turn.answer;
    const isAnswered = answer.status === 'answered';
    this.node.classList.add(`is-${answer.status}`);
    this.body.replaceChildren(...(isAnswered ? this.said(answer) : this.notice(answer)));
    const shown = isAnswered ? answer.citations : answer.nearest || [];
    const title = isAnswered ? TEXT.sources_title : TEXT.nearest_title;
    if (shown.length) this.body.append(this.sources(title, shown));
    this.foot.replaceChildren(button('link', TEXT.retry, () => this.actions.retry(this)));
    if (answer.status !== 'error') this.foot.append(...this.votes());
    const after = this.turn.followUps || [];
    if (after.length) this.foot.after(this.suggestions('next', TEXT.follow_ups_label, after));
  }

  said(answer) {
    const { open } = this.actions;
    const words = answer.table
      ? [tableOf(answer, open)]
      : paragraphs(answer.text, answer.citations, open);
    return [...this.understood(answer), ...words];
  }

  understood(answer) {
    const read = (answer.standalone_question || '').trim();
    if (!read || read === this.turn.question.trim()) return [];
    return [make('p', { class: 'faint' }, say(TEXT.understood_as, { question: read }))];
  }

  notice(answer) {
    const titles = { refused: TEXT.reasons[answer.reason] || TEXT.refused_title, clarify: TEXT.clarify_title };
    const title = titles[answer.status] || TEXT.error_title;
    const words = paragraphs(answer.error || answer.text, answer.nearest || [], this.actions.open);
    const choices = answer.choices || [];
    const box = make('div', { class: 'notice' },
      make('h4', { lang: TEXT.html_language }, title), words,
      choices.length ? this.suggestions('choices', title, choices) : null);
    return [...this.understood(answer), box];
  }

  // What broke off stays as far as it came.
  fail(problem) {
    this.turn.problem = problem;
    if (this.waiting) this.waiting.remove();
    const words = problem.detail || TEXT.problems[problem.kind] || TEXT.problems.failed;
    const className = problem.kind === 'stopped' ? 'faint' : 'notice is-problem';
    this.body.append(make('p', { class: className, lang: TEXT.html_language }, words));
    this.foot.replaceChildren(button('link', TEXT.retry, () => this.actions.retry(this)));
  }

  sources(title, citations) {
    const items = citations.map((citation) => make('li', {}, button(
      'source', say(TEXT.mark_label, { number: citation.number, place: placeOf(citation) }),
      (event) => this.actions.open(citation, event.currentTarget),
      make('b', {}, `[${citation.number}]`), ` ${placeOf(citation)}`)));
    return make('div', { class: 'sources' },
      make('h4', { lang: TEXT.html_language }, title), make('ul', {}, items));
  }

  suggestions(className, label, questions) {
    const items = questions.map((question) => make('li', {},
      make('button', { type: 'button', class: 'chip', lang: 'zh-CN', onclick: () => this.actions.ask(question) }, question)));
    const heading = className === 'next' ? make('h4', {}, label) : null;
    return make('div', { class: className }, heading, make('ul', { 'aria-label': label }, items));
  }

  // A thumb up at once, a thumb down with a reason.
  votes() {
    const state = make('span', { class: 'faint', role: 'status' });
    const both = {};
    const judge = async (opinion) => {
      try {
        await this.actions.judge(this.turn, opinion);
        for (const name of ['up', 'down']) both[name].setAttribute('aria-pressed', String(name === opinion.verdict));
        state.textContent = TEXT.thanks;
        return true;
      } catch (_) {
        state.textContent = TEXT.not_kept;
        return false;
      }
    };
    const picks = new Picks(this.turn.question, this.actions.search);
    const send = (reason) => judge({ verdict: 'down', reason, clause: picks.chosen });
    const why = reasonForm(send, picks.node, () => both.down.focus({ preventScroll: true }));
    const clicked = {
      up: () => { why.remove(); judge({ verdict: 'up' }); },
      down: () => {
        if (why.isConnected) return why.remove();
        this.foot.append(why);
        picks.look().then(() => why.scrollIntoView({ block: 'nearest' }));
        return why.querySelector('button').focus();
      },
    };
    for (const [verdict, label] of [['up', TEXT.vote_up], ['down', TEXT.vote_down]]) {
      both[verdict] = button(`vote vote-${verdict}`, label, clicked[verdict], icon('up'));
      both[verdict].setAttribute('aria-pressed', 'false');
    }
    return [both.up, both.down, state];
  }
}

// The right clause: one of those that the question, or other words, lead to.
class Picks {
  constructor(question, search) {
    this.question = question;
    this.search = search;
    this.list = make('ul', { 'aria-live': 'polite' });
    this.words = make('input', {
      type: 'search', maxlength: MAX_WORDS, placeholder: TEXT.why_find, 'aria-label': TEXT.why_find,
      oninput: () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.look(), 400);
      },
      onkeydown: (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        this.look();
      },
    });
    this.node = make('div', { class: 'picks', role: 'group', 'aria-label': TEXT.why_clause },
      make('p', {}, TEXT.why_clause), this.words, this.list);
  }

  get chosen() {
    const input = this.list.querySelector(':checked');
    return input ? input.value : '';
  }

  async look() {
    clearTimeout(this.timer);
    const words = this.words.value.trim() || this.question;
    if (words === this.looked) return;
    this.looked = words;
    const hits = await this.search(words).catch(() => []);
    if (words !== this.looked) return; // other words meanwhile
    const kept = this.list.querySelector(':has(> label :checked)'); // what was chosen stays
    const others = hits.filter((hit) => hit.clause_id !== this.chosen);
    const items = others.map((hit) => make('li', { lang: 'zh-CN' }, make('label', {},
      make('input', { type: 'radio', name: 'clause', value: hit.clause_id }),
      make('span', {}, make('b', {}, placeOf(hit)), make('span', {}, hit.clause_text)))));
    if (kept) items.unshift(kept);
    this.list.replaceChildren(...(items.length ? items : [make('li', { class: 'faint' }, TEXT.no_clause)]));
  }
}

// Asks what is wrong with an answer; nothing need be said.
function reasonForm(send, picks, leave) {
  const words = make('textarea', { rows: 2, maxlength: MAX_REASON, placeholder: TEXT.why_words, 'aria-label': TEXT.why_words });
  const kinds = TEXT.vote_reasons.map((text) => button('chip', text, (event) => {
    kinds.forEach((kind) => kind.setAttribute('aria-pressed', String(kind === event.currentTarget && kind.getAttribute('aria-pressed') !== 'true')));
  }));
  const close = () => {
    form.remove();
    leave();
  };
  const form = make('form', {
    class: 'why',
    onsubmit: async (event) => {
      event.preventDefault();
      const chosen = kinds.find((kind) => kind.getAttribute('aria-pressed') === 'true');
      const reason = [chosen ? chosen.textContent : '', words.value.trim()].filter(Boolean).join(TEXT.colon);
      if (await send(reason)) close();
    },
    onkeydown: (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    },
  }, make('p', {}, TEXT.why_title), make('div', { class: 'kinds', role: 'group', 'aria-label': TEXT.why_title }, kinds), words, picks,
  make('div', {}, make('button', { type: 'submit', class: 'link' }, TEXT.why_send), button('link', TEXT.why_leave, close)));
  return form;
}

const WIDEST = 3; // columns that a narrow panel shows side by side, sources aside

function tableOf(answer, onMark) {
  const { columns, rows, citations } = answer.table;
  const labels = new Set(answer.citations.map(({ label }) => label)); // where a clause stands is no figure
  const row = (cells, index) => make('tr', {},
    cells.map((cell, at) => make(at ? 'td' : 'th', at ? { 'data-label': columns[at] } : { scope: 'row' },
      ...(at && !labels.has(cell) ? figures(cell) : [cell]))),
    make('td', { 'data-label': TEXT.sources_title }, answer.citations
      .filter((citation) => (citations[index] || []).includes(citation.number))
      .map((citation) => markOf(citation, onMark))));
  const heads = [...columns, TEXT.sources_title].map((name) => make('th', { scope: 'col' }, name));
  const kind = columns.length > WIDEST ? 'table stacks' : 'table';
  return make('div', { class: kind, tabindex: 0, role: 'region', 'aria-label': TEXT.table_label },
    make('table', {}, make('thead', {}, make('tr', {}, heads)), make('tbody', {}, rows.map(row))));
}
