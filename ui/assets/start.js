
// What every click and key does; then the page is set up.

let openedFrom = null; // the link that opened the document

const actions = {
  restart: () => { trigger('restart'); },
  theme: switchTheme,
  history: toggleHistory,
  sources: (node) => {
    showSources(node.dataset.turn);
    scrollTo(panelBody('sources')?.firstElementChild, isPhone() ? 'start' : 'nearest');
  },
  copy: (node) => copied(node, turns.get(node.dataset.turn).markdown),
  retry: (node) => again(node.dataset.turn),
  'ask-again': (node) => ask(node.dataset.question, { again: true }),
  unname: (node) => askWith(node.closest('.chip'), ''),
  vote,
  'close-feedback': (node) => node.closest('.feedback').remove(),
  'close-document': () => {
    closeDocument();
    showTab('sources');
    if (isPhone()) scrollTo(log.querySelector('.turn.is-shown'), 'start');
    openedFrom?.focus({ preventScroll: !isPhone() }); // where the reader came from
    tip.hidden = true;
  },
  'open-conversation': (node) => openConversation(node.closest('li').dataset.conversation),
  'rename-conversation': (node) => renameConversation(node.closest('li')),
  'delete-conversation': (node) => deleteConversation(node.closest('li'), node),
};

function onClick(event) {
  const target = event.target.closest?.(
    '[data-clause], .back, [data-ask], [data-action], [data-copy], [data-tab]',
  );
  closeMenus(event.target);
  if (!target || !page.contains(target)) return;
  if (target.dataset.clause !== undefined) openLink(event, target);
  else if (target.matches('.back')) {
    const turn = page.getElementById(target.dataset.turn);
    scrollTo(turn, 'start');
    turn?.focus({ preventScroll: true });
  } else if (target.dataset.copy !== undefined) copied(target, target.dataset.copy);
  else if (target.dataset.ask) ask(target.dataset.ask);
  else if (target.dataset.tab) openTab(target.dataset.tab);
  else actions[target.dataset.action]?.(target);
}

function openLink(event, link) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab was asked for
  event.preventDefault();
  tip.hidden = true;
  if (!link.closest('.doc')) openedFrom = link;
  const turn = link.closest('.turn');
  if (turn && turns.has(turn.id)) showSources(turn.id);
  openDocument(link.dataset.clause, link.dataset.span);
}

function openTab(name) {
  if (name === 'document' && panelBody('document').querySelector('.doc')) showReader();
  else {
    closeDocument();
    showTab(name);
    if (name === 'library') refreshHome();
  }
}

function closeMenus(target) {
  for (const menu of page.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(target)) menu.open = false;
  }
}

function onKey(event) {
  if (event.key === 'Escape') onEscape();
  const tab = event.target.closest?.('.tab');
  if (!tab || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
  const tabs = [...page.querySelectorAll('.tab')];
  const step = event.key === 'ArrowRight' ? 1 : -1;
  const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
  openTab(next.dataset.tab);
  next.focus();
}

function onEscape() {
  const menu = page.querySelector('details.menu[open]');
  if (menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
  } else if (!tip.hidden) tip.hidden = true;
  else if (drawer && !drawer.hidden) toggleHistory();
  else if (page.body.classList.contains('wz-busy')) page.querySelector('#stop')?.click();
  else if (page.body.classList.contains('wz-reading')) actions['close-document']();
}

tip.className = 'tip';
tip.setAttribute('role', 'tooltip');
tip.hidden = true;
element.append(tip);
page.documentElement.lang = labels.language;
log.setAttribute('aria-label', labels.conversation);
page.addEventListener('click', onClick);
page.addEventListener('keydown', onKey);
page.addEventListener('change', (event) => {
  const select = event.target.closest?.('[data-rename]');
  if (!select || !select.value) return;
  askWith(select.closest('.chip'), select.value);
  select.value = '';
});
for (const name of ['mouseover', 'focusin']) {
  page.addEventListener(name, (event) => {
    const mark = event.target.closest?.('.mark');
    if (mark) showTip(mark);
    else tip.hidden = true;
  });
}
page.addEventListener('scroll', () => { tip.hidden = true; }, true);
for (const name of ['wheel', 'touchmove']) {
  page.addEventListener(name, () => { following = false; }, { passive: true });
}
page.addEventListener('wenzheng:failed', () => {
  fail(labels.failed);
  refreshHome(); // which leads to the login, where that is what failed
});
page.addEventListener('wenzheng:stopped', stopped);
watch('value', () => {
  if (props.value.restart) showWelcome();
  else if (props.value.id) put(props.value);
});
try {
  const theme = localStorage.getItem('wenzheng-theme');
  if (theme) setTheme(theme);
} catch { /* storage may be forbidden: the system's choice stands */ }
watchConnection();
page.addEventListener('visibilitychange', () => { if (!page.hidden) refreshHome(); });
(function start() {
  if (!questionBox() || !page.querySelector('.panel')) requestAnimationFrame(start);
  else {
    if (page.querySelector('.masthead [data-action=history]')) startHistory();
    restore(kept());
    refreshHome();
  }
})();
