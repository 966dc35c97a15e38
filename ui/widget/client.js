// What goes over the network: tokens from the portal, questions and clauses to the server.

const MAX_PICKS = 5;
const RENEW_MS = 60000; // a token is renewed this long before it ends
const REPLY_MS = 5000; // that the page around a frame has to answer
const SILENCE_MS = 200000; // longer than the server gives any answer

class Problem extends Error {
  constructor(kind, detail) {
    super(detail || kind);
    this.kind = kind; // a string of ours, TEXT.problems[kind]
    this.detail = detail || '';
  }
}

class Client {
  constructor() {
    this.held = { token: CONFIG.token, ends: endOf(CONFIG.token) };
    this.renewing = null;
    this.isDeaf = false; // whether the page around the frame gave no answer
  }

  // Who the token is for, as far as the token says; only to tell histories apart.
  get who() {
    const said = saidBy(this.held.token);
    return said.u ? `${said.c}:${said.u}` : '';
  }

  // Whether somebody can be asked for the next token: the portal's server, or the page around.
  get renews() {
    return Boolean(CONFIG.tokenUrl) || (IS_FRAME && window.parent !== window);
  }

  async token(isRefused) {
    const { token, ends } = this.held;
    const isFresh = Boolean(token) && Date.now() < ends - RENEW_MS;
    // A frame without a token may need none: only a refusal tells.
    const isEnough = CONFIG.tokenUrl ? isFresh : isFresh || !token || this.isDeaf;
    if (!this.renews || (isEnough && !isRefused)) return token;
    this.renewing = this.renewing || this.renew(isRefused).finally(() => { this.renewing = null; });
    return this.renewing;
  }

  async renew(isRefused) {
    const given = CONFIG.tokenUrl ? await fromServer() : await fromPageAround();
    this.isDeaf = typeof given.token !== 'string';
    if (this.isDeaf && CONFIG.tokenUrl) throw new Problem('no_token');
    if (this.isDeaf && isRefused) throw new Problem('session_over');
    if (this.isDeaf) return this.held.token;
    const seconds = Number(given.expires_in);
    this.held = { token: given.token, ends: seconds ? Date.now() + seconds * 1000 : endOf(given.token) };
    return given.token;
  }

  async send(path, { body, signal, isAgain } = {}) {
    const token = await this.token(isAgain);
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    if (body) headers['content-type'] = 'application/json';
    const response = await reached(new URL(path, BASE), {
      method: body ? 'POST' : 'GET',
      headers,
      signal,
      body: body ? JSON.stringify(body) : undefined,
      cache: 'no-store',
      credentials: BASE.origin === location.origin ? 'same-origin' : 'omit',
      referrerPolicy: 'no-referrer',
    });
    if (response.status === 401 && this.renews && !isAgain) {
      return this.send(path, { body, signal, isAgain: true });
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async clause(id) {
    const path = id.split('/').map(encodeURIComponent).join('/');
    return (await this.send(`api/clauses/${path}`)).json();
  }

  // Clauses for words, best first: one of them may be the right one.
  async search(words) {
    const response = await this.send('api/search', { body: { question: words, top: MAX_PICKS } });
    return (await response.json()).hits;
  }

  async judge({ question, history, answer }, { verdict, reason = '', clause = '' }) {
    const body = { question, history, answer, verdict, reason, clause_id: clause };
    await this.send('api/feedback', { body });
  }

  // The events of an answer, the last one "end"; a stream that stops before it is a lost one.
  async* ask(question, past, abort) {
    const body = { question, history: past, stream: true, follow_ups: true };
    const watch = new Watch(() => abort.abort(new Problem('lost')));
    let isWhole = false;
    try {
      const response = await this.send('api/ask', { body, signal: abort.signal });
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      for (let buffer = ''; ;) {
        const { value, done } = await reader.read();
        if (done && isWhole) return;
        if (done) throw new Problem('lost');
        watch.seen();
        const blocks = (buffer + decoder.decode(value, { stream: true })).split('\n\n');
        buffer = blocks.pop();
        for (const event of blocks.map(eventOf)) {
          isWhole = isWhole || event.name === 'end';
          yield event;
        }
      }
    } catch (error) {
      if (isWhole) return;
      if (error instanceof Problem) throw error;
      const isStopped = abort.signal.aborted && !watch.isOver;
      throw new Problem(isStopped ? 'stopped' : 'lost');
    } finally {
      watch.end();
    }
  }
}

// What a token says; only to tell histories and times apart.
function saidBy(token) {
  try {
    return JSON.parse(atob(token.slice(4).split('.')[0].replace(/-/g, '+').replace(/_/g, '/')));
  } catch (_) {
    return {};
  }
}

function endOf(token) {
  return Number(saidBy(token).e) * 1000 || Infinity;
}

async function fromServer() {
  const options = { method: 'POST', credentials: 'same-origin', cache: 'no-store' };
  const response = await reached(new URL(CONFIG.tokenUrl, location.href), options);
  return response.ok ? response.json().catch(() => ({})) : {};
}

// The question holds no secret, and the answer comes through a port that only that page was given.
function fromPageAround() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    const end = (given) => {
      clearTimeout(timer);
      port1.close();
      done(given || {});
    };
    const timer = setTimeout(end, REPLY_MS);
    port1.onmessage = ({ data }) => end(data);
    window.parent.postMessage({ wenzheng: 'token' }, '*', [port2]);
  });
}

class Watch {
  constructor(onSilence) {
    this.isOver = false;
    this.onSilence = () => { this.isOver = true; onSilence(); };
    this.seen();
  }

  seen() {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.onSilence, SILENCE_MS);
  }

  end() {
    clearTimeout(this.timer);
  }
}

function eventOf(block) {
  const event = { name: '', data: {} };
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) event.name = line.slice(7);
    if (line.startsWith('data: ')) event.data = JSON.parse(line.slice(6));
  }
  return event;
}

async function reached(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (options.signal && options.signal.aborted) throw error;
    throw new Problem('lost');
  }
}

async function problemOf(response) {
  const kinds = { 401: 'session_over', 403: 'not_allowed', 404: 'missing', 429: 'too_often', 503: 'busy', 504: 'too_slow' };
  const said = await response.json().catch(() => ({}));
  const detail = response.status === 422 && typeof said.detail === 'string' ? said.detail : '';
  return new Problem(kinds[response.status] || 'failed', detail);
}
