// Runs once, when the conversation is mounted. Given by Gradio: element, trigger, props, watch.
//
// A turn arrives as HTML that the server has escaped. It is put in under its id; a later one with
// the same id changes only what has changed, so that nothing jumps while an answer comes and
// nothing that a person selected is lost. The tab keeps its turns for a reload: Gradio reloads the
// page by itself once a lost connection is back.

const log = element.querySelector('.log');
const turns = new Map(); // id → the turn as it arrived, in order
const labels = props.labels;
const page = document;
const tip = page.createElement('div');
const KEPT = 'wenzheng-conversation';
const MOST_KEPT = 40;
let pendingId = null;
let stoppedId = null; // a turn that a person stopped; what still comes of it is dropped
let stopping = null; // while a stop goes through, which would stop a new question as well
let conversationId = '';
let following = true; // the answer that comes is kept in sight, until a person scrolls

const questionBox = () => page.querySelector('#question textarea');
const panelBody = (name) => page.getElementById(`panel-${name}`);
const isPhone = () => window.matchMedia('(max-width: 899px)').matches;
const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const scrollTo = (node, block) =>
  node && node.scrollIntoView({ block, behavior: calm() ? 'auto' : 'smooth' });

function made(tag, name, text) {
  const node = page.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

function button(text, action, name = 'turn-action') {
  const node = made('button', name, text);
  node.type = 'button';
  node.dataset.action = action;
  return node;
}

function busy(isBusy) {
  page.body.classList.toggle('wz-busy', isBusy);
  log.setAttribute('aria-busy', String(isBusy));
}

function showWelcome() {
  turns.clear();
  pendingId = null;
  conversationId = '';
  busy(false);
  keep('');
  log.innerHTML = home.welcome;
  refreshHome();
  panelBody('sources')?.replaceChildren(made('p', 'panel-empty', labels.sourcesEmpty));
  closeDocument();
  showTab('library');
}

function showTab(name) {
  for (const tab of page.querySelectorAll('.tab')) {
    const selected = tab.dataset.tab === name;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    const body = panelBody(tab.dataset.tab);
    if (body) body.hidden = !selected;
  }
}

function showSources(turnId) {
  const turn = turns.get(turnId);
  const body = panelBody('sources');
  if (!turn || !body) return;
  if (body.dataset.turn !== turnId || !body.querySelector('.card')) {
    if (turn.sources) body.innerHTML = turn.sources;
    else body.replaceChildren(made('p', 'panel-empty', labels.sourcesEmpty));
    body.dataset.turn = turnId;
    body.scrollTop = 0;
  }
  for (const other of log.querySelectorAll('.turn')) {
    other.classList.toggle('is-shown', other.id === turnId && Boolean(turn.sources));
  }
  closeDocument();
  showTab('sources');
}

// Changes `old` into `fresh` by replacing only the parts that differ, from the inside out.
function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const alike = old.nodeType === 1 && fresh.nodeType === 1 && old.tagName === fresh.tagName;
  if (!alike || !fresh.children.length) {
    old.replaceWith(fresh);
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  after.forEach((node, at) => (before[at] ? morph(before[at], node) : old.append(node)));
  before.slice(after.length).forEach((node) => node.remove());
}

function place(turn) {
  log.querySelector(':scope > .welcome')?.remove();
  log.querySelector(':scope > .answer')?.remove();
  const holder = page.createElement('template');
  holder.innerHTML = turn.html;
  const old = page.getElementById(turn.id);
  if (old) morph(old, holder.content.firstElementChild);
  else log.append(holder.content);
  if (turn.done) turns.set(turn.id, turn);
  return page.getElementById(turn.id);
}

function put(turn) {
  if (turn.id === stoppedId) return;
  const isNew = !page.getElementById(turn.id);
  const node = place(turn);
  pendingId = turn.done ? null : turn.id;
  busy(!turn.done);
  if (turn.conversation) conversationId = turn.conversation;
  keep(turn.done ? '' : turn.question);
  if (turn.done) showSources(turn.id);
  if (isNew) following = true;
  if (isNew || (turn.done && following)) scrollTo(node, 'start');
  else if (following) node.scrollIntoView(); // as far up as what has come allows
  if (turn.done && !isPhone()) questionBox()?.focus({ preventScroll: true });
}

function keep(draft) {
  const kept = {
    turns: [...turns.values()].slice(-MOST_KEPT), draft, conversation: conversationId, language: labels.language,
  };
  try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* full or forbidden */ }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch { return {}; }
}

function restore({ turns: earlier = [], draft = '', conversation = '', language = '' }) {
  if (draft) write(draft);
  if (!earlier.length) return showWelcome();
  turns.clear();
  log.replaceChildren();
  conversationId = conversation;
  const placed = earlier.map(place);
  const last = earlier[earlier.length - 1];
  showSources(last.id);
  placed[placed.length - 1].scrollIntoView();
  keep(draft);
  const questions = earlier.filter((turn) => turn.counts).map((turn) => turn.question);
  trigger('resume', { questions, conversation });
  if (conversation && language && language !== labels.language) openConversation(conversation); // in this language
}

function ask(question, more = {}) {
  if (pendingId || !question.trim()) return;
  if (stopping) {
    stopping.next = () => ask(question, more);
    return;
  }
  trigger('ask', { question, ...more });
}

function fail(sentence, isAlarming = true) {
  const draft = questionBox().value || kept().draft || '';
  let answer = pendingId && page.querySelector(`#${pendingId} .answer`);
  if (!answer) answer = log.querySelector(':scope > .answer') || made('div');
  if (!answer.parentElement) log.append(answer);
  answer.className = isAlarming ? 'answer answer-error' : 'answer answer-stopped';
  const notice = made('p', 'notice', sentence);
  if (isAlarming) notice.setAttribute('role', 'alert');
  const again = button(labels.retry, 'ask-again');
  again.dataset.question = answer.closest('.turn')?.querySelector('.question p').textContent || draft;
  answer.querySelector('.pending')?.remove();
  if (isAlarming) answer.replaceChildren(notice);
  else answer.append(notice);
  if (again.dataset.question) notice.after(again);
  pendingId = null;
  busy(false);
  keep(isAlarming ? draft : '');
  if (isAlarming) write(draft);
  scrollTo(answer, 'nearest');
}

function stopped() {
  stoppedId = pendingId;
  awaitStop();
  if (pendingId) fail(labels.stopped, false);
  busy(false);
  questionBox()?.focus({ preventScroll: true });
}

// Gradio stops one way of asking after the other; none of it may meet the next question.
function awaitStop() {
  const hold = {};
  stopping = hold;
  const watcher = new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => name.includes('/gradio_api/reset'))) setTimeout(free, 250);
  });
  const free = () => {
    watcher.disconnect();
    if (stopping !== hold) return;
    stopping = null;
    hold.next?.();
  };
  watcher.observe({ type: 'resource' });
  setTimeout(free, 10_000); // whatever became of the requests
}

function write(question) {
  const box = questionBox();
  box.value = question;
  box.dispatchEvent(new Event('input', { bubbles: true })); // so that Gradio takes note
  box.focus({ preventScroll: true });
}

// Gradio tells of a lost connection in a message of its own only, and reloads when it is back.
function watchConnection() {
  new MutationObserver(() => {
    const message = page.querySelector('.toast-wrap [data-testid="toast-text"]');
    if (log.dataset.lost || !/connection/i.test(message?.textContent)) return;
    log.dataset.lost = 'yes';
    fail(labels.lost);
  }).observe(page.body, { childList: true, subtree: true });
}

async function copied(node, text) {
  const before = node.textContent;
  node.textContent = (await written(text)) ? labels.copied : labels.copyFailed;
  setTimeout(() => { node.textContent = before; }, 2000);
}

async function written(text) {
  if (navigator.clipboard && window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  // Intranets often serve plain http, where browsers offer only the older way.
  const area = made('textarea', 'unseen');
  area.value = text;
  page.body.append(area);
  area.select();
  const done = page.execCommand('copy');
  area.remove();
  return done;
}

function setTheme(name) {
  page.body.classList.toggle('dark', name === 'dark');
  page.documentElement.style.colorScheme = name;
}

function switchTheme() {
  const next = page.body.classList.contains('dark') ? 'light' : 'dark';
  setTheme(next);
  try { localStorage.setItem('wenzheng-theme', next); } catch { /* storage may be forbidden */ }
}

function showTip(mark) {
  if (mark.title) {
    mark.dataset.tip = mark.title;
    mark.removeAttribute('title'); // else the browser shows a second, plainer one
  }
  const [where, ...quote] = mark.dataset.tip.split('\n');
  tip.replaceChildren(made('b', '', where), made('span', '', quote.join('')));
  tip.hidden = false;
  const box = mark.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left - 24), window.innerWidth - tip.offsetWidth - 8);
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : box.bottom + 8}px`;
}

// A chip: the question is asked again with another name in its place, or with none.
function askWith(chip, name) {
  const { before, after } = chip.dataset;
  ask(name ? before + name + after : `${before}${after}`.replace(/^[的，,、\s]+/, ''), { fresh: true });
}

function again(turnId) {
  const turn = turns.get(turnId);
  if (turn) ask(turn.question, { again: true });
}
