/* Tuzetu · comfort only. Every page works without this file. */
'use strict';
const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
const root = document.documentElement, said = document.body.dataset;

// the place a hash names
const named = hash => hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;

// says something to those who hear the page, and shows it at the bottom
const say = text => {
  let p = $('#said');
  if (!p) {
    p = document.createElement('p');
    p.id = 'said'; p.className = 'toast'; p.setAttribute('role', 'status');
    document.body.append(p);
  }
  p.textContent = text; p.classList.add('is-on');
  clearTimeout(p.timer); p.timer = setTimeout(() => p.classList.remove('is-on'), 2500);
};

const button = (text, act, name = 'linkb') => {
  const b = document.createElement('button');
  b.type = 'button'; b.className = name; b.textContent = text; b.onclick = act;
  return b;
};

// theme: follows the system until a person chooses
{
  try { const t = localStorage.getItem('theme'); if (t) root.dataset.theme = t; } catch { /* storage is off */ }
  const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const b = button('', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch { /* storage is off */ }
    name();
  }, 'theme');
  const name = () => b.setAttribute('aria-label', dark() ? said.light : said.dark);
  b.innerHTML = '<svg viewBox="0 0 18 18" aria-hidden="true"><circle cx="9" cy="9" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M9 1.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor"/></svg>';
  name();
  const tools = $('.mast__tools');
  if (tools) tools.append(b);
}

// the language a person chooses decides where "/" leads next time
$$('a[data-lang]').forEach(a => a.addEventListener('click', () => {
  document.cookie = `lang=${a.dataset.lang}; path=/; max-age=31536000; samesite=lax`;
  if (location.hash) a.hash = location.hash;
}));

// outlines stand open on wide screens
if (matchMedia('(min-width: 68rem)').matches) $$('details.js-open').forEach(d => { d.open = true; });

// a link to a change that stands on another page of the comparison leads there
if (location.hash && !named(location.hash)) {
  const a = $$('.chglist a:not([href^="#"])').find(a => a.hash === location.hash);
  if (a) location.replace(a.href);
}

// a link into folded text opens the fold
{
  const unfold = () => {
    const el = named(location.hash);
    for (let d = el && el.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
  };
  addEventListener('hashchange', unfold); unfold();
}
