// The editor of a proposal: redlines while one types, drafts that save themselves,
// a copy in the browser for when there is no server or no session. The page works
// without it: every button saves what is typed.
(() => {
  'use strict';
  const form = document.querySelector('form[data-draft]');
  if (!form) return;
  const said = form.dataset, kept = document.getElementById('kept'), key = 'draft:' + said.draft;
  const fields = () => [...form.querySelectorAll('textarea, input#note')];
  const of = name => form.elements.namedItem(name);
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) || null; } catch { return null; } };
  const keep = copy => { try { copy ? localStorage.setItem(key, JSON.stringify(copy)) : localStorage.removeItem(key); } catch { /* storage is off */ } };
  const lf = text => text.replace(/\r\n?/g, '\n');

  // What the server has of each field; sent is what is on the way to it.
  const has = new Map(fields().map(f => [f.name, lf(f.defaultValue)]));
  const dirty = () => fields().filter(f => lf(f.value) !== has.get(f.name));

  // Words of both texts that stand in the same order; the rest came or went.
  const words = text => text.match(/\s+|[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) || [];
  const runs = (from, to) => {
    let a = words(from), b = words(to), head = 0, tail = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head++;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
    const before = a.slice(0, head), after = tail ? a.slice(-tail) : [];
    a = a.slice(head, a.length - tail); b = b.slice(head, b.length - tail);
    const out = [['', before.join('')]];
    const put = (kind, text) => { const last = out[out.length - 1]; last[0] === kind ? last[1] += text : out.push([kind, text]); };
    if (a.length * b.length > 4e6) { put('del', a.join('')); put('ins', b.join('')); }
    else {
      const w = b.length + 1, best = new Uint16Array((a.length + 1) * w);
      for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--)
        best[i * w + j] = a[i] === b[j] ? best[(i + 1) * w + j + 1] + 1 : Math.max(best[(i + 1) * w + j], best[i * w + j + 1]);
      let i = 0, j = 0;
      while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && a[i] === b[j]) { put('', a[i]); i++; j++; }
        else if (i < a.length && (j === b.length || best[(i + 1) * w + j] >= best[i * w + j + 1])) put('del', a[i++]);
        else put('ins', b[j++]);
      }
    }
    put('', after.join(''));
    return out;
  };
  const draw = field => {
    const p = form.querySelector(`[data-red="${CSS.escape(field.name)}"]`);
    if (!p || field.dataset.base === undefined) return;
    p.replaceChildren(...runs(field.dataset.base, field.value.replace(/\s+/g, ' ').trim()).filter(r => r[1]).map(([kind, text]) => {
      if (!kind) return document.createTextNode(text);
      const mark = document.createElement(kind);
      mark.textContent = text;
      return mark;
    }));
  };

  // Saying why a field cannot be taken, beside it.
  const fault = (name, why) => {
    const field = of(name), p = document.getElementById(name + '-err');
    if (!field || !p) return;
    p.hidden = !why;
    p.querySelector('[data-why]').textContent = why || '';
    p.closest('.field').classList.toggle('field--err', !!why);
    why ? field.setAttribute('aria-invalid', 'true') : field.removeAttribute('aria-invalid');
  };

  const copy = () => {
    const changed = dirty().map(f => [f.name, lf(f.value)]);
    keep(changed.length ? { at: [...form.querySelectorAll('input[name=at]')].map(i => i.value), fields: changed } : null);
  };

  let timer, busy = false, leaving = false, asking = false;
  const later = ms => { clearTimeout(timer); timer = setTimeout(save, ms); };
  const tell = (text, link) => {
    if (kept.dataset.text === text) return;
    kept.dataset.text = text;
    kept.textContent = text;
    if (link) {
      const a = document.createElement('a');
      a.href = said.signin; a.target = '_blank'; a.rel = 'noopener'; a.textContent = said.signintext;
      kept.append(' ', a);
    }
  };
  const save = async () => {
    const now = dirty().filter(f => f.tagName === 'TEXTAREA' && !/^in-/.test(f.name));
    if (busy || leaving || asking || !now.length) return;
    busy = true;
    const body = new URLSearchParams({ saved: form.elements.saved.value, parent: form.elements.parent.value, do: 'save' });
    const sent = new Map(now.map(f => [f.name, lf(f.value)]));
    for (const f of now) {
      body.append(f.name, f.value);
      const mark = f.parentElement.querySelector('input[type=hidden]');
      if (mark) body.append(mark.name, mark.value);
    }
    tell(said.saving);
    try {
      const res = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body, redirect: 'error' });
      if (!(res.headers.get('Content-Type') || '').startsWith('application/json')) {
        tell(res.status === 403 ? said.session : said.offline, res.status === 403);
        later(10000);
        return;
      }
      const r = await res.json();
      form.elements.saved.value = r.saved;
      document.getElementById('discard').hidden = !r.saved;
      for (const [name, sum] of Object.entries(r.sums)) if (of(name)) of(name).value = sum;
      for (const [name, text] of sent) {
        has.set(name, text);
        fault(name, r.refused[name]);
      }
      for (const [name, text] of Object.entries(r.texts)) {
        const f = of(name);
        if (f && lf(f.value) === sent.get(name)) { f.value = text; has.set(name, lf(text)); draw(f); }
      }
      copy();
      tell(r.moved ? said.elsewhere : Object.keys(r.refused).length ? said.failed : r.said);
      if (dirty().length) later(1000);
    } catch {
      tell(said.offline);
      later(5000);
    } finally {
      busy = false;
    }
  };

  form.addEventListener('input', event => {
    if (event.target.tagName === 'TEXTAREA') draw(event.target);
    if (asking) return;
    copy();
    later(1200);
  });
  form.addEventListener('submit', () => { leaving = true; clearTimeout(timer); });
  addEventListener('pageshow', event => { if (event.persisted) leaving = false; });
  addEventListener('online', () => later(0));
  addEventListener('focus', () => { if (dirty().length) later(0); });

  // A copy of what never reached the server: shown beside what the server has.
  if (said.done) keep(null);
  const old = read();
  if (old && Array.isArray(old.fields)) {
    const gone = old.fields.filter(([name]) => !of(name));
    const at = new URLSearchParams(location.search);
    const missing = (old.at || []).filter(a => !form.querySelector(`input[name=at][value="${CSS.escape(a)}"]`));
    if (gone.length && missing.length && !at.has('copy')) {
      for (const a of old.at) at.append('at', a);
      at.set('copy', '1');
      location.replace(location.pathname + '?' + at);
      return;
    }
    const differ = old.fields.filter(([name, text]) => !of(name) || lf(of(name).value) !== text);
    if (!differ.length) keep(null);
    else {
      asking = true;
      const box = document.getElementById('found-copy'), list = box.querySelector('[data-copies]');
      for (const [name, text] of differ) {
        const f = of(name), div = document.createElement('div'), p = document.createElement('p');
        div.className = 'pe__other';
        const head = document.createElement('p');
        head.className = 'small';
        head.textContent = f && f.labels && f.labels[0] ? f.labels[0].textContent : name;
        p.className = 'law chg__body';
        if (f && f.lang) p.lang = f.lang;
        if (f) p.replaceChildren(...runs(f.value, text).filter(r => r[1]).map(([kind, t]) => { const e = document.createElement(kind || 'span'); e.textContent = t; return e; }));
        else p.textContent = text;
        div.append(head, p);
        list.append(div);
      }
      box.hidden = false;
      box.querySelector('[data-restore]').onclick = () => {
        for (const [name, text] of differ) if (of(name)) { of(name).value = text; if (of(name).tagName === 'TEXTAREA') draw(of(name)); }
        asking = false; box.hidden = true; copy(); later(0);
      };
      box.querySelector('[data-forget]').onclick = () => { asking = false; box.hidden = true; keep(null); };
    }
  }
})();
