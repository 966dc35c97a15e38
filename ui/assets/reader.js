
// The document beside the conversation, opened at a clause.

let opening = 0; // only the latest click is shown

async function openDocument(clauseId, span) {
  const body = panelBody('document');
  if (!body) return;
  const number = ++opening;
  showReader();
  if (!body.querySelector('.doc')) body.replaceChildren(made('p', 'panel-empty', labels.opening));
  const query = new URLSearchParams({ view: 'panel', lang: labels.language.slice(0, 2) });
  if (span) query.set('span', span);
  const path = clauseId.split('/').map(encodeURIComponent).join('/');
  const html = await fetch(`/clauses/${path}?${query}`).then((r) => (r.ok ? r.text() : ''), () => '');
  if (number !== opening) return;
  if (!html) {
    body.replaceChildren(made('p', 'panel-empty', labels.openFailed));
    return;
  }
  body.innerHTML = html; // escaped by the server
  body.querySelector('.doc').classList.toggle('is-narrow', body.clientWidth < 640);
  if (body.clientWidth < 640) body.querySelector('.doc-outline details').open = false;
  const clause = body.querySelector('.is-target');
  const shown = clause?.querySelector('mark') || clause;
  shown?.scrollIntoView({ block: 'center' });
  clause?.focus({ preventScroll: true });
  const here = body.querySelector('.doc-outline [aria-current]');
  const outline = body.querySelector('.doc-outline');
  if (here && outline) outline.scrollTop = here.offsetTop - outline.offsetTop - 120;
}

function showReader() {
  showTab('document');
  page.body.classList.add('wz-reading');
  page.querySelector('.panel-close').hidden = false;
}

function closeDocument() {
  page.body.classList.remove('wz-reading');
  const close = page.querySelector('.panel-close');
  if (close) close.hidden = true;
}
