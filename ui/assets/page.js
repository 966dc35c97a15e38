// On every page beside the chat: light or dark as in the chat, filters that apply at once, copying.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  let chosen = null;
  try { chosen = localStorage.getItem('wenzheng-theme'); } catch { /* storage may be forbidden */ }
  const paint = (name) => root.classList.toggle('dark', name === 'dark');
  paint(chosen || (dark.matches ? 'dark' : 'light'));

  async function written(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).then(() => true, () => false);
    }
    // Intranets often serve plain http, where browsers offer only the older way.
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }

  document.addEventListener('click', async ({ target }) => {
    const button = target.closest?.('[data-action=theme], [data-copy]');
    if (!button) return;
    if (button.dataset.copy === undefined) {
      const next = root.classList.contains('dark') ? 'light' : 'dark';
      paint(next);
      try { localStorage.setItem('wenzheng-theme', next); } catch { /* as above */ }
      return;
    }
    const before = button.textContent;
    button.textContent = (await written(button.dataset.copy)) ? button.dataset.copied : button.dataset.failed;
    setTimeout(() => { button.textContent = before; }, 2000);
  });
  document.addEventListener('change', ({ target }) => {
    if (target.matches?.('[data-submit]')) target.form.requestSubmit();
  });
})();
