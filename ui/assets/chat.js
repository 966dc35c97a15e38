// Runs once, when the conversation is mounted. Given by Gradio: element, trigger, props, watch.
//
// A turn arrives as HTML that the server has escaped, is put in under its id, and is never drawn
// again, so that nothing jumps and nothing that a person selected is lost. The tab keeps its turns
// for a reload: Gradio reloads the page by itself once a lost connection is back.

const log = element.querySelector('.log');
const turns = new Map(); // id → the turn as it arrived, in order
const labels = props.labels;
const page = document;
const tip = page.createElement('div');
const KEPT = 'wenzheng-conversation';
const MOST_KEPT = 40;
let pendingId = null;

const questionBox = () => page.querySelector('#question textarea');
const panelBody = (name) => page.getElementById(`panel-${name}`);
const isPhone = () => window.matchMedia('(max-width: 899px)').matches;
const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const scrollTo = (node, block) =>
  node && node.scrollIntoView({ block, behavior: calm() ? 'auto' : 'smooth' });

function showWelcome() {
  turns.clear();
  pendingId = null;
  keep('');
  log.innerHTML = props.welcome;
  panelBody('sources')?.replaceChildren(emptyNote());
  showTab('library');
}

function emptyNote() {
  const note = page.createElement('p');
  note.className = 'panel-empty';
  note.textContent = labels.sourcesEmpty;
  return note;
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
    else body.replaceChildren(emptyNote());
    body.dataset.turn = turnId;
    body.scrollTop = 0;
  }
  for (const other of log.querySelectorAll('.turn')) {
    other.classList.toggle('is-shown', other.id === turnId && Boolean(turn.sources));
  }
  showTab('sources');
}

function showCard(turnId, number) {
  showSources(turnId);
  const card = page.getElementById(`${turnId}-source-${number}`);
  if (!card) return;
  for (const other of page.querySelectorAll('.card.is-active')) other.classList.remove('is-active');
  card.classList.add('is-active');
  card.focus({ preventScroll: true });
  const tall = card.offsetHeight > window.innerHeight * 0.6;
  scrollTo(tall ? card.querySelector('mark') || card : card, tall ? 'center' : 'nearest');
}

function place(turn) {
  log.querySelector(':scope > .welcome')?.remove();
  log.querySelector(':scope > .answer')?.remove();
  const holder = page.createElement('template');
  holder.innerHTML = turn.html;
  const fresh = holder.content.firstElementChild;
  const old = page.getElementById(turn.id);
  if (old) old.replaceWith(fresh);
  else log.append(fresh);
  if (turn.done) turns.set(turn.id, turn);
  return fresh;
}

function put(turn) {
  const fresh = place(turn);
  pendingId = turn.done ? null : turn.id;
  keep(turn.done ? '' : turn.question);
  if (turn.done) showSources(turn.id);
  scrollTo(fresh, 'start');
  if (turn.done && !isPhone()) questionBox()?.focus({ preventScroll: true });
}

function keep(draft) {
  const kept = { turns: [...turns.values()].slice(-MOST_KEPT), draft };
  try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* full or forbidden */ }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch { return {}; }
}

function restore({ turns: earlier = [], draft = '' }) {
  if (draft) write(draft);
  if (!earlier.length) return showWelcome();
  const placed = earlier.map(place);
  const last = earlier[earlier.length - 1];
  showSources(last.id);
  placed[placed.length - 1].scrollIntoView();
  trigger('resume', { questions: earlier.filter((turn) => turn.counts).map((turn) => turn.question) });
}

function fail(sentence) {
  const draft = questionBox().value || kept().draft || '';
  let answer = pendingId && page.querySelector(`#${pendingId} .answer`);
  if (!answer) answer = log.querySelector(':scope > .answer') || page.createElement('div');
  if (!answer.parentElement) log.append(answer);
  answer.className = 'answer answer-error';
  const notice = page.createElement('p');
  notice.className = 'notice';
  notice.setAttribute('role', 'alert');
  notice.textContent = sentence;
  answer.replaceChildren(notice);
  pendingId = null;
  keep(draft);
  write(draft);
  scrollTo(answer, 'nearest');
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

async function copy(button) {
  const { markdown } = turns.get(button.dataset.turn);
  const before = button.textContent;
  button.textContent = (await written(markdown)) ? labels.copied : labels.copyFailed;
  setTimeout(() => { button.textContent = before; }, 2000);
}

async function written(text) {
  if (navigator.clipboard && window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  // Intranets often serve plain http, where browsers offer only the older way.
  const area = page.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
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
  const [place, ...quote] = mark.dataset.tip.split('\n');
  tip.replaceChildren(page.createElement('b'), page.createElement('span'));
  tip.firstChild.textContent = place;
  tip.lastChild.textContent = quote.join('');
  tip.hidden = false;
  const box = mark.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left - 24), window.innerWidth - tip.offsetWidth - 8);
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : box.bottom + 8}px`;
}

const actions = {
  restart: () => { trigger('restart'); },
  theme: switchTheme,
  sources: (button) => {
    showSources(button.dataset.turn);
    scrollTo(panelBody('sources')?.firstElementChild, isPhone() ? 'start' : 'nearest');
  },
  copy,
};

function onClick(event) {
  const target = event.target.closest?.('.mark, .back, [data-ask], [data-action], [data-tab]');
  if (!target) return;
  if (target.matches('.mark')) {
    const turn = target.closest('.turn');
    if (!turn || event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab was asked for
    event.preventDefault();
    tip.hidden = true;
    showCard(turn.id, target.dataset.citation);
  } else if (target.matches('.back')) {
    const turn = page.getElementById(target.dataset.turn);
    scrollTo(turn, 'start');
    turn?.focus({ preventScroll: true });
  } else if (target.dataset.ask) {
    if (!pendingId) trigger('ask', { question: target.dataset.ask });
  } else if (target.dataset.tab) {
    showTab(target.dataset.tab);
  } else {
    actions[target.dataset.action](target);
  }
}

function onKey(event) {
  if (event.key === 'Escape') tip.hidden = true;
  const tab = event.target.closest?.('.tab');
  if (!tab || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
  const other = page.querySelector('.tab:not([aria-selected="true"])');
  showTab(other.dataset.tab);
  other.focus();
}

tip.className = 'tip';
tip.setAttribute('role', 'tooltip');
tip.hidden = true;
element.append(tip);
page.documentElement.lang = labels.language;
log.setAttribute('aria-label', labels.conversation);
page.addEventListener('click', onClick);
page.addEventListener('keydown', onKey);
for (const name of ['mouseover', 'focusin']) {
  page.addEventListener(name, (event) => {
    const mark = event.target.closest?.('.mark');
    if (mark) showTip(mark);
    else tip.hidden = true;
  });
}
page.addEventListener('scroll', () => { tip.hidden = true; }, true);
page.addEventListener('wenzheng:failed', () => fail(labels.failed));
watch('value', () => {
  if (props.value.restart) showWelcome();
  else put(props.value);
});
try {
  const theme = localStorage.getItem('wenzheng-theme');
  if (theme) setTheme(theme);
} catch { /* storage may be forbidden: the system's choice stands */ }
watchConnection();
(function start() {
  if (questionBox() && page.querySelector('.panel')) restore(kept());
  else requestAnimationFrame(start);
})();
