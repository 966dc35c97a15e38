
// What people say of an answer: a thumb up at once, a thumb down with a reason and the right clause.

async function vote(node) {
  const { turn, verdict, place: where } = node.dataset;
  const answer = page.getElementById(turn);
  answer.querySelector('.feedback')?.remove();
  if (!(await sent(where, { verdict }))) return say(answer, labels.feedbackFailed);
  for (const other of answer.querySelectorAll('.vote')) {
    other.setAttribute('aria-pressed', String(other.dataset.verdict === verdict));
  }
  if (verdict === 'up') say(answer, labels.thanks);
  else openFeedback(answer, where, turns.get(turn)?.question || '');
  return undefined;
}

const sent = (where, body) => called(`/conversations/${where}/feedback`, body);

function say(answer, sentence) {
  answer.querySelector('.said')?.remove();
  const said = made('p', 'said', sentence);
  said.setAttribute('role', 'status');
  answer.querySelector('.turn-foot').after(said);
}

function openFeedback(answer, where, question) {
  const holder = page.createElement('template');
  holder.innerHTML = props.feedback;
  const form = holder.content.firstElementChild;
  answer.querySelector('.said')?.remove();
  answer.querySelector('.turn-foot').after(form);
  const { kind, words, find } = form.elements;
  const list = form.querySelector('.picks');
  pickClauses(list, question);
  let timer = 0;
  find.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => pickClauses(list, find.value.trim() || question), 300);
  });
  find.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault(); });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const reason = [kind.value, words.value.trim()].filter(Boolean).join('：');
    const clause = form.querySelector('[name=clause]:checked')?.value || '';
    const done = await sent(where, { verdict: 'down', reason, clause_id: clause });
    form.remove();
    say(answer, done ? labels.thanks : labels.feedbackFailed);
  });
  form.querySelector('input').focus({ preventScroll: true });
  scrollTo(form, 'nearest');
}

async function pickClauses(list, words) {
  const found = await called(`/find?${new URLSearchParams({ q: words })}`);
  if (!found?.clauses.length) {
    list.replaceChildren(made('li', 'drawer-empty', labels.noClause));
    return;
  }
  list.replaceChildren(...found.clauses.map(({ clause_id: id, place: where, text }) => {
    const label = made('label', 'pick');
    const input = made('input');
    Object.assign(input, { type: 'radio', name: 'clause', value: id });
    const said = made('span');
    said.append(made('b', '', where), made('span', 'pick-text', text));
    label.append(input, said);
    const item = made('li');
    item.append(label);
    return item;
  }));
}
