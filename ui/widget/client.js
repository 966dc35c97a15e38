// What goes over the network: tokens from the portal, questions and clauses to the server.

const RENEW_MS = 60000; // a token is renewed this long before it ends
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
    this.held = { token: CONFIG.token, ends: Infinity };
    this.renewing = null;
  }

  // Who the token is for, as far as the token says; only to tell histories apart.
  get who() {
    try {
      const payload = this.held.token.slice(4).split('.')[0];
      const said = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
      return `${said.c}:${said.u}`;
    } catch (_) {
      return '';
    }
  }

  async token(isRefused) {
    if (!CONFIG.tokenUrl) return this.held.token;
    const isHeld = this.held.token && Date.now() < this.held.ends - RENEW_MS;
    if (isHeld && !isRefused) return this.held.token;
    this.renewing = this.renewing || this.renew().finally(() => { this.renewing = null; });
    return this.renewing;
  }

  async renew() {
    const options = { method: 'POST', credentials: 'same-origin', cache: 'no-store' };
    const response = await reached(new URL(CONFIG.tokenUrl, location.href), options);
    const given = response.ok ? await response.json().catch(() => ({})) : {};
    if (typeof given.token !== 'string') throw new Problem('no_token');
    this.held = { token: given.token, ends: Date.now() + Number(given.expires_in || 0) * 1000 };
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
    if (response.status === 401 && token && CONFIG.tokenUrl && !isAgain) {
      return this.send(path, { body, signal, isAgain: true });
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async clause(id) {
    const path = id.split('/').map(encodeURIComponent).join('/');
    return (await this.send(`api/clauses/${path}`)).json();
  }

  async judge(turn, verdict, reason) {
    const body = { question: turn.question, history: turn.history, verdict, reason };
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
