
// What of the page changes while the server runs: the documents that are held, and who has logged in.

let home = { welcome: props.welcome };
let lookingAgain = 0; // while the first index is being made

async function refreshHome() {
  const answer = await fetch(`/home?lang=${labels.language.slice(0, 2)}`).catch(() => null);
  if (answer?.status === 401) { // the login is over; what was asked is kept for afterwards
    location.assign(`/login?${new URLSearchParams({ next: location.pathname })}`);
    return;
  }
  const fresh = answer?.ok ? await answer.json() : null;
  if (!fresh) return;
  const before = home;
  home = fresh;
  clearTimeout(lookingAgain);
  if (fresh.welcome.includes('is-preparing')) lookingAgain = setTimeout(refreshHome, 2000);
  const library = panelBody('library');
  if (library && before.library !== fresh.library) library.innerHTML = fresh.library;
  const welcome = log.querySelector(':scope > .welcome');
  if (welcome && before.welcome !== fresh.welcome) replaced(welcome, fresh.welcome);
  const masthead = page.querySelector('.masthead');
  if (masthead && before.masthead !== fresh.masthead) replaced(masthead, fresh.masthead);
}

function replaced(old, html) {
  const holder = page.createElement('template');
  holder.innerHTML = html; // escaped by the server
  morph(old, holder.content.firstElementChild);
}
