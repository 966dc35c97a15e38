// The button, the panel, and all that is kept while the window is open.

const MAX_QUESTION = 2000;
const MAX_KEPT = 20;
const MAX_PAST = 10; // earlier questions that go along

class Panel {
  constructor() {
    this.client = new Client();
    this.turns = [];
    this.abort = null;
    this.host = document.createElement('wenzheng-widget');
    this.root = this.host.attachShadow({ mode: 'open' });
    wear(this.root);
    this.dress();
    this.build();
    this.listen();
    if (CONFIG.isOpen) this.open({ isQuiet: true });
  }

  dress() {
    this.host.lang = TEXT.html_language;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const paint = () => this.host.toggleAttribute('data-dark', CONFIG.theme === 'auto' ? dark.matches : CONFIG.theme === 'dark');
    dark.addEventListener('change', paint);
    paint();
    this.host.dataset.position = CONFIG.position;
    this.host.toggleAttribute('data-frame', IS_FRAME);
    if (!CONFIG.accent || !CSS.supports('color', CONFIG.accent)) return;
    this.host.style.setProperty('--wenzheng-accent', CONFIG.accent);
  }

  // What is written on the colour of the host is black or white, whichever is read more easily.
  contrast() {
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.fillStyle = getComputedStyle(this.header).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    const light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    this.host.style.setProperty('--wenzheng-on-accent', light > 0.179 ? '#000' : '#fff');
  }

  build() {
    const title = CONFIG.title || TEXT.title;
    this.launcher = button('launcher', TEXT.open, () => this.toggle(), icon('chat'));
    this.launcher.setAttribute('aria-haspopup', 'dialog');
    this.launcher.setAttribute('aria-expanded', 'false');
    this.log = make('div', { class: 'log', role: 'log', tabindex: -1, 'aria-label': TEXT.log_label });
    this.clause = new ClauseView(this.client, () => this.backFromClause());
    this.box = make('textarea', {
      rows: 1, maxlength: MAX_QUESTION, placeholder: TEXT.placeholder, 'aria-label': TEXT.question_label,
    });
    this.send = make('button', { type: 'submit', class: 'send' });
    this.form = make('form', { class: 'form' }, this.box, this.send);
    this.status = make('p', { class: 'unseen', role: 'status' });
    this.tip = make('div', { class: 'tip', role: 'tooltip', hidden: true, lang: 'zh-CN' });
    this.header = make('header', {}, make('h2', {}, title),
      button('tool', TEXT.restart, () => this.restart(), icon('fresh')),
      IS_FRAME ? null : button('tool', TEXT.close, () => this.close(), icon('close')));
    this.panel = make('section', {
      class: 'panel', role: IS_FRAME ? 'main' : 'dialog', 'aria-modal': IS_FRAME ? null : 'true', 'aria-label': title, hidden: true,
    }, this.header, make('div', { class: 'stage' }, this.log, this.clause.node), this.form, this.status, this.tip);
    this.root.append(...(IS_FRAME ? [this.panel] : [this.panel, this.launcher]));
    this.ready(true);
  }

  listen() {
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.abort) this.abort.abort();
      else this.ask(this.box.value);
    });
    this.box.addEventListener('input', () => this.grow());
    this.root.addEventListener('keydown', (event) => this.key(event));
    // Shortcuts of the host page are not meant for what is typed here.
    for (const kind of ['keydown', 'keypress', 'keyup']) {
      this.root.addEventListener(kind, (event) => event.stopPropagation());
    }
    for (const kind of ['pointerover', 'focusin']) {
      this.root.addEventListener(kind, (event) => this.hint(event.target));
    }
    for (const kind of ['pointerout', 'focusout']) {
      this.root.addEventListener(kind, () => { this.tip.hidden = true; });
    }
    this.log.addEventListener('scroll', () => { this.tip.hidden = true; }, { passive: true });
  }

  key(event) {
    if (event.key === 'Escape') this.escape(event);
    if (event.key === 'Tab' && !IS_FRAME && !this.panel.hidden) this.trap(event);
    const isTyped = event.target === this.box && event.key === 'Enter';
    if (isTyped && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!this.abort) this.ask(this.box.value);
    }
  }

  escape(event) {
    event.preventDefault();
    if (!this.tip.hidden) this.tip.hidden = true;
    else if (this.clause.isOpen) this.clause.close();
    else if (!IS_FRAME) this.close();
  }

  trap(event) {
    const all = [...this.panel.querySelectorAll('button, a[href], input, textarea, [tabindex="0"]')]
      .filter((node) => !node.disabled && node.getClientRects().length);
    const at = all.indexOf(this.root.activeElement);
    const edge = event.shiftKey ? 0 : all.length - 1;
    if (at !== edge && at >= 0) return;
    event.preventDefault();
    all[event.shiftKey ? all.length - 1 : 0].focus();
  }

  hint(node) {
    const mark = node.closest && node.closest('.mark');
    if (!mark) return;
    this.tip.replaceChildren(make('b', {}, mark.tip[0]), make('span', {}, mark.tip[1]));
    this.tip.hidden = false;
    const [box, inside] = [mark.getBoundingClientRect(), this.panel.getBoundingClientRect()];
    const height = this.tip.offsetHeight;
    const above = box.top - inside.top - height - 6;
    this.tip.style.top = `${above > this.header.offsetHeight ? above : box.bottom - inside.top + 6}px`;
  }

  toggle() {
    if (this.panel.hidden) this.open({});
    else this.close();
  }

  async open({ isQuiet }) {
    this.panel.hidden = false;
    this.launcher.setAttribute('aria-expanded', 'true');
    this.host.toggleAttribute('data-open', true);
    this.contrast();
    if (!isQuiet) this.box.focus({ preventScroll: true });
    if (!this.isRestored) await this.restore();
  }

  close() {
    this.panel.hidden = true;
    this.tip.hidden = true;
    this.launcher.setAttribute('aria-expanded', 'false');
    this.host.toggleAttribute('data-open', false);
    this.launcher.focus({ preventScroll: true });
  }

  ready(isReady) {
    this.send.replaceChildren(icon(isReady ? 'send' : 'stop'));
    const label = isReady ? TEXT.send : TEXT.stop;
    this.send.setAttribute('aria-label', label);
    this.send.title = label;
    this.log.setAttribute('aria-busy', String(!isReady));
  }

  grow() {
    this.box.style.height = 'auto';
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 132)}px`;
  }

  // The conversation

  async ask(words) {
    const question = words.trim();
    if (!question || this.abort) return;
    if (this.clause.isOpen) this.clause.close();
    this.box.value = '';
    this.grow();
    // What was refused leaves no topic behind for the next question.
    const past = this.turns.filter((turn) => turn.answer && ['answered', 'clarify'].includes(turn.answer.status));
    const turn = { question, history: past.slice(-MAX_PAST).map((earlier) => earlier.question) };
    this.turns.push(turn);
    await this.answer(this.add(turn));
  }

  async answer(view) {
    const abort = new AbortController();
    this.abort = abort;
    this.ready(false);
    this.status.textContent = TEXT.pending;
    this.scroll(view.node);
    try {
      for await (const event of this.client.ask(view.turn.question, view.turn.history, abort)) {
        if (event.name === 'error') throw problemFrom(event.data);
        view.take(event);
      }
    } catch (error) {
      if (this.abort === abort) view.fail(error instanceof Problem ? error : new Problem('failed'));
    }
    if (this.abort !== abort) return; // the conversation was begun anew
    this.abort = null;
    this.ready(true);
    const { answer, problem } = view.turn;
    this.status.textContent = problem ? TEXT.problems[problem.kind] || problem.detail : oneLine(answer.text);
    this.keep();
  }

  async retry(view) {
    if (this.abort) return;
    const { question, history } = view.turn;
    const turn = { question, history };
    this.turns[this.turns.indexOf(view.turn)] = turn;
    const fresh = this.viewOf(turn);
    view.node.replaceWith(fresh.node);
    this.box.focus({ preventScroll: true });
    await this.answer(fresh);
  }

  restart() {
    if (this.abort) this.abort.abort();
    this.abort = null;
    this.turns = [];
    this.ready(true);
    if (this.clause.isOpen) this.clause.close();
    this.welcome();
    this.keep();
    this.box.focus({ preventScroll: true });
  }

  viewOf(turn) {
    return new TurnView(turn, {
      ask: (question) => this.ask(question),
      retry: (view) => this.retry(view),
      judge: (judged, opinion) => this.client.judge(judged, opinion),
      search: (words) => this.client.search(words),
      open: (citation, opener) => this.openClause(citation, opener),
    });
  }

  add(turn) {
    const welcome = this.log.querySelector('.welcome');
    if (welcome) welcome.remove();
    const next = this.log.querySelector('.next'); // only the last answer suggests what comes next
    if (next) next.remove();
    const view = this.viewOf(turn);
    this.log.append(view.node);
    return view;
  }

  welcome() {
    const questions = CONFIG.questions.map((question) => make('li', {},
      make('button', { type: 'button', class: 'chip', lang: 'zh-CN', onclick: () => this.ask(question) }, question)));
    this.log.replaceChildren(make('div', { class: 'welcome' },
      make('h3', {}, TEXT.welcome_title), make('p', {}, TEXT.welcome_text),
      questions.length ? make('ul', { 'aria-label': TEXT.examples_label }, questions) : null));
  }

  scroll(node) {
    const top = node.offsetTop - 12;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.log.scrollTo({ top, behavior: isStill ? 'auto' : 'smooth' });
  }

  openClause(citation, opener) {
    this.tip.hidden = true;
    this.opener = opener;
    this.log.inert = true;
    this.panel.classList.add('shows-clause');
    this.clause.cite(citation);
  }

  backFromClause() {
    this.log.inert = false;
    this.panel.classList.remove('shows-clause');
    if (this.opener && this.opener.isConnected) this.opener.focus({ preventScroll: true });
    this.tip.hidden = true; // it is not asked for by coming back
  }

  // The history of the window: kept by the browser until the window is closed, for one user

  async restore() {
    this.isRestored = true;
    this.welcome();
    try {
      await this.client.token(false); // says who asks
    } catch (error) {
      this.status.textContent = TEXT.problems[error.kind] || TEXT.problems.failed;
    }
    const kept = read(storageKey());
    if (this.turns.length || !kept || kept.who !== this.client.who) return;
    this.turns = kept.turns;
    this.turns.forEach((turn) => this.add(turn));
    this.log.scrollTop = this.log.scrollHeight;
  }

  keep() {
    const turns = this.turns.filter((turn) => turn.answer || turn.problem).slice(-MAX_KEPT);
    write(storageKey(), { who: this.client.who, turns });
  }
}

function storageKey() {
  return `wenzheng ${BASE.href}`;
}

function read(key) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    return kept && Array.isArray(kept.turns) ? kept : null;
  } catch (_) { // no storage here, or not ours
    return null;
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value, (name, part) => (part instanceof Problem ? { kind: part.kind } : part)));
  } catch (_) {
    // Full, or forbidden: the conversation lasts as long as the page.
  }
}

function problemFrom(data) {
  const kinds = { 503: 'busy', 504: 'too_slow' };
  return new Problem(kinds[data.status] || 'failed');
}

// The style sheet; made by script, so that a policy of the host page against inline styles holds.
function wear(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch (_) { // browsers of before 2023
    const style = document.createElement('style');
    style.textContent = STYLE;
    root.append(style);
  }
}

function start() {
  if ([...document.querySelectorAll('wenzheng-widget')].some((node) => node.base === BASE.href)) return;
  const panel = new Panel();
  panel.host.base = BASE.href;
  document.body.append(panel.host);
  if (!panel.panel.hidden) panel.contrast();
}

if (document.body) start();
else document.addEventListener('DOMContentLoaded', start);
