/* Tuzetu · comfort only. Every page works without this file. */
(() => {
  'use strict';
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const root = document.documentElement, said = document.body.dataset;

  // theme: follows the system until a person chooses
  try { const t = localStorage.getItem('theme'); if (t) root.dataset.theme = t; } catch { /* storage is off */ }
  const tools = $('.mast__tools');
  if (tools) {
    const b = document.createElement('button');
    b.className = 'theme'; b.type = 'button';
    b.innerHTML = '<svg viewBox="0 0 18 18" aria-hidden="true"><circle cx="9" cy="9" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M9 1.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor"/></svg>';
    const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    const name = () => b.setAttribute('aria-label', dark() ? said.light : said.dark);
    b.onclick = () => { root.dataset.theme = dark() ? 'light' : 'dark'; try { localStorage.setItem('theme', root.dataset.theme); } catch { /* storage is off */ } name(); };
    name(); tools.append(b);
  }

  // the language a person chooses decides where "/" leads next time
  $$('a[data-lang]').forEach(a => a.addEventListener('click', () => {
    document.cookie = `lang=${a.dataset.lang}; path=/; max-age=31536000; samesite=lax`;
    if (location.hash) a.hash = location.hash;
  }));

  // outlines stand open on wide screens
  if (matchMedia('(min-width: 68rem)').matches) $$('details.js-open').forEach(d => { d.open = true; });

  // a link to a change that stands on another page of the comparison leads there
  if (location.hash && !document.getElementById(decodeURIComponent(location.hash.slice(1)))) {
    const a = $$('.chglist a:not([href^="#"])').find(a => a.hash === location.hash);
    if (a) location.replace(a.href);
  }

  // a link into folded text opens the fold
  const unfold = () => {
    const el = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let d = el && el.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
  };
  addEventListener('hashchange', unfold); unfold();

  // where the reader is: running head and outline
  const links = new Map($$('.outline a[href^="#"]').map(a => [decodeURIComponent(a.hash.slice(1)), a]));
  const changes = $$('.chg'), here = $('#here');
  const mark = el => {
    const a = links.get(el.id); if (!a) return;
    links.forEach(l => l.removeAttribute('aria-current')); a.setAttribute('aria-current', 'true');
    changes.forEach(c => c.classList.toggle('is-here', c === el));
    const head = $('.art__h', el);
    if (here && head) here.textContent = head.textContent.replace(/\s+/g, ' ').trim();
    const box = a.closest('.outline');
    if (box && box.scrollHeight > box.clientHeight) box.scrollTop = a.offsetTop - box.clientHeight / 2;
  };
  // a step by key holds until the reader moves otherwise: at the end of a page the
  // change stepped to may stay below the line the observer watches
  let held = false;
  ['wheel', 'touchmove', 'pointerdown'].forEach(how => addEventListener(how, () => { held = false; }, { passive: true }));
  if (links.size && 'IntersectionObserver' in window) {
    const io = new IntersectionObserver(es => es.forEach(e => { if (e.isIntersecting && !held) mark(e.target); }), { rootMargin: '-12% 0px -78% 0px' });
    links.forEach((_, id) => { const el = document.getElementById(id); if (el) io.observe(el); });
  }

  // long unchanged runs inside a changed provision fold to an ellipsis
  $$('.js-long').forEach(p => [...p.childNodes].forEach((n, i, all) => {
    if (n.nodeType !== 3 || n.data.length < 420 || all.length === 1) return;
    const w = n.data.split(' '), head = i === 0 ? 9 : 12, tail = i === all.length - 1 ? 6 : 14;
    if (w.length < head + tail + 12) return;
    const mid = w.slice(head, w.length - tail);
    const b = document.createElement('button');
    b.type = 'button'; b.className = 'gapb'; b.lang = root.lang; b.textContent = said.words.replace('#', mid.length);
    // the words stay in the page: print and copy must never lose law text
    const rest = document.createElement('span');
    rest.className = 'gapt'; rest.hidden = true; rest.textContent = mid.join(' ');
    b.onclick = () => { rest.hidden = false; b.remove(); };
    n.replaceWith(w.slice(0, head).join(' ') + ' ', b, rest, ' ' + w.slice(w.length - tail).join(' '));
  }));

  // n / p: next and previous change
  if (changes.length) document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || /input|textarea|select/i.test(e.target.tagName)) return;
    const step = { n: 1, j: 1, p: -1, k: -1 }[e.key];
    held = !!step; if (!step) return;
    const at = changes.findIndex(c => c.contains(document.activeElement));
    const from = at >= 0 ? at : step > 0 ? -1 : changes.findIndex(c => c.classList.contains('is-here'));
    const more = (from + step < 0 || from + step >= changes.length) && $(`.pager a[rel=${step > 0 ? 'next' : 'prev'}]`);
    if (more) { location.href = more.href; return; }
    const c = changes[Math.max(0, Math.min(changes.length - 1, from + step))];
    mark(c); c.scrollIntoView({ block: 'start' });
    const a = $('.chg__cite a', c); if (a) a.focus({ preventScroll: true });
  });
})();
