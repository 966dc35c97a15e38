// What the one line of the host page says, or, in the frame, what its address says.

const SCRIPT = document.currentScript;
const IS_FRAME = SCRIPT.dataset.mode === 'frame';
const BASE = new URL('.', SCRIPT.src);
const CONFIG = readConfig();
const TEXT = STRINGS[CONFIG.lang];

function readConfig() {
  const query = new URLSearchParams(IS_FRAME ? location.search : '');
  const hash = new URLSearchParams(IS_FRAME ? location.hash.slice(1) : '');
  const given = (name) => query.get(name) || SCRIPT.dataset[name] || '';
  // A token in the address would stay in the history of the browser.
  if (hash.has('token')) history.replaceState(null, '', location.pathname + location.search);
  return {
    lang: given('lang') === 'en' ? 'en' : 'zh',
    theme: ['light', 'dark'].includes(given('theme')) ? given('theme') : 'auto',
    position: given('position') === 'left' ? 'left' : 'right',
    accent: given('accent'),
    title: given('title').slice(0, 40),
    questions: given('questions').split('|').map((words) => words.trim()).filter(Boolean).slice(0, 5),
    isOpen: IS_FRAME || given('open') === '1',
    tokenUrl: SCRIPT.dataset.tokenUrl || '',
    token: hash.get('token') || '',
  };
}

// "{name}" in a string of ours becomes the value; values are never looked at again.
function say(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
