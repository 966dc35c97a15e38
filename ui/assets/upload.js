// Files are sent one request each, two at a time, with their progress; the list below follows.
(() => {
  const AT_ONCE = 2;
  const FOLLOW_MS = 1000;

  document.addEventListener('DOMContentLoaded', () => {
    const zone = document.getElementById('drop');
    const list = document.getElementById('sending');
    const input = document.getElementById('files');
    if (!zone) return;
    const says = zone.dataset;
    const english = new URLSearchParams(location.search).get('lang') === 'en';
    const queue = [];
    let active = 0;
    let renewing = Promise.resolve();

    // What a person has opened or unchecked stays so when the list is fetched anew.
    const kept = (part) => {
      const boxes = new Map([...part.querySelectorAll('input[type=checkbox]')].map((box) => [box.name + box.value, box.checked]));
      return (fresh) => {
        for (const box of fresh.querySelectorAll('input[type=checkbox]')) {
          const before = boxes.get(box.name + box.value);
          if (before !== undefined) box.checked = before;
        }
      };
    };

    async function renew() {
      const answer = await fetch(location.href, { cache: 'no-store' });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('documents');
      const old = document.getElementById('documents');
      if (!fresh || !old) return;
      kept(old)(fresh);
      old.replaceWith(fresh);
    }
    const renewed = () => { renewing = renewing.then(renew, renew); return renewing; };

    function row(name) {
      const item = document.createElement('li');
      const parts = ['span', 'progress', 'span'].map((kind) => document.createElement(kind));
      const [title, bar, words] = parts;
      title.className = 'file-name';
      title.textContent = name;
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute('aria-label', name);
      words.textContent = says.queued;
      item.append(...parts);
      list.append(item);
      return { bar, say: (text, bad) => { words.textContent = text; words.className = bad ? 'is-bad' : ''; } };
    }

    function send(file, shown) {
      return new Promise((done) => {
        const request = new XMLHttpRequest();
        const address = new URLSearchParams({ name: file.name, ...(english ? { lang: 'en' } : {}) });
        request.open('POST', `${says.url}?${address}`);
        request.setRequestHeader('Content-Type', 'application/octet-stream');
        request.responseType = 'json';
        request.upload.onprogress = ({ loaded, total }) => {
          shown.bar.value = total ? (100 * loaded) / total : 0;
          shown.say(`${says.sending} ${Math.floor(shown.bar.value)}%`);
        };
        request.upload.onload = () => { shown.bar.removeAttribute('value'); shown.say(says.reading); };
        request.onload = () => {
          shown.bar.value = request.status === 200 ? 100 : 0;
          if (request.status === 200) shown.say(says.ready);
          else if (request.status === 401 || request.status === 403) shown.say(says.refused, true);
          else if (request.status === 413) shown.say(says.large, true);
          else shown.say(request.response?.detail || says.lost, true);
          done();
        };
        request.onerror = request.onabort = () => { shown.bar.value = 0; shown.say(says.lost, true); done(); };
        request.send(file);
      });
    }

    async function work() {
      if (active >= AT_ONCE || !queue.length) return;
      active += 1;
      const { file, shown } = queue.shift();
      await send(file, shown);
      active -= 1;
      renewed();
      work();
    }

    function take(files) {
      for (const file of files) {
        const shown = row(file.name);
        if (file.size > Number(says.limit)) { shown.say(says.large, true); continue; }
        queue.push({ file, shown });
        work();
      }
    }

    input.addEventListener('change', () => { take([...input.files]); input.value = ''; });
    for (const kind of ['dragenter', 'dragover']) {
      zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add('is-over'); });
    }
    for (const kind of ['dragleave', 'drop']) {
      zone.addEventListener(kind, () => zone.classList.remove('is-over'));
    }
    zone.addEventListener('drop', (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });

    setInterval(() => {
      if (document.getElementById('documents')?.dataset.running === '1') renewed().catch(() => {});
    }, FOLLOW_MS);
  });
})();
