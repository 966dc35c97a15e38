
// The drawer with the conversations of the person who is there.

let drawer = null;
let searching = 0;

async function called(path, body) {
  const options = body === undefined ? {} : {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  };
  return fetch(path, options).then((r) => (r.ok ? r.json() : null), () => null);
}

function toggleHistory() {
  if (!drawer) return;
  drawer.hidden = !drawer.hidden;
  page.querySelector('[data-action=history]')?.setAttribute('aria-expanded', String(!drawer.hidden));
  if (drawer.hidden) page.querySelector('.masthead [data-action=history]')?.focus();
  else {
    drawer.querySelector('.drawer-search').focus();
    listHistory();
  }
}

async function listHistory() {
  const number = ++searching;
  const words = drawer.querySelector('.drawer-search').value.trim();
  const found = await called(`/conversations?${new URLSearchParams({ q: words })}`);
  if (number !== searching) return;
  const list = drawer.querySelector('.drawer-list');
  if (!found) list.replaceChildren(made('li', 'drawer-empty', labels.historyFailed));
  else if (!found.conversations.length) {
    list.replaceChildren(made('li', 'drawer-empty', words ? labels.historyNone : labels.historyEmpty));
  } else list.replaceChildren(...found.conversations.map(historyItem));
}

function historyItem({ id, title, updated }) {
  const item = made('li', id === conversationId ? 'drawer-item is-here' : 'drawer-item');
  item.dataset.conversation = id;
  const open = button(title, 'open-conversation', 'drawer-open');
  const when = new Date(updated);
  const time = made('time', '', when.toLocaleString(labels.language, { dateStyle: 'medium', timeStyle: 'short' }));
  time.dateTime = updated;
  open.append(time);
  const tools = made('div', 'drawer-tools');
  tools.append(button(labels.rename, 'rename-conversation'), button(labels.delete, 'delete-conversation'));
  item.append(open, tools);
  return item;
}

async function openConversation(id) {
  if (pendingId) return; // an answer is coming
  const found = await called(`/conversations/${id}?lang=${labels.language.slice(0, 2)}`);
  if (!found) return listHistory();
  if (!drawer.hidden && (isPhone() || window.innerWidth < 1200)) toggleHistory();
  if (found.turns.length) restore({ turns: found.turns, conversation: id });
  if (!drawer.hidden) listHistory();
}

function renameConversation(item) {
  const open = item.querySelector('.drawer-open');
  const form = made('form', 'drawer-form');
  const input = made('input');
  input.value = open.firstChild.textContent;
  input.maxLength = 100;
  input.setAttribute('aria-label', labels.newTitle);
  const save = made('button', 'turn-action', labels.save);
  form.append(input, save);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (input.value.trim()) await called(`/conversations/${item.dataset.conversation}/title`, { title: input.value });
    listHistory();
  });
  item.replaceChildren(form);
  input.select();
}

async function deleteConversation(item, node) {
  if (node.dataset.sure === undefined) { // a second click: nothing is deleted by a slip
    node.dataset.sure = '';
    node.textContent = labels.reallyDelete;
    return;
  }
  const id = item.dataset.conversation;
  await called(`/conversations/${id}/delete`, {});
  if (id === conversationId) trigger('restart');
  listHistory();
}

function startHistory() {
  const holder = page.createElement('template');
  holder.innerHTML = props.drawer;
  drawer = holder.content.firstElementChild;
  element.append(drawer);
  let timer = 0;
  drawer.querySelector('.drawer-search').addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(listHistory, 200);
  });
}
