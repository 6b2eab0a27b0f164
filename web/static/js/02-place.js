// Where the reader is: running head, outline, ribbon. n and p step through changes.
{
  const links = new Map($$('.outline a[href^="#"]').map(a => [decodeURIComponent(a.hash.slice(1)), a]));
  const changes = $$('.chg'), here = $('#here'), pin = $('.ribbonbar .pin');
  const ticks = new Map($$('.ribbonbar a[data-at]').map(a => [a.dataset.at, $('.b', a)]));
  const mark = el => {
    const tick = ticks.get(el.dataset.at);
    if (pin && tick) {
      pin.setAttribute('x', +tick.getAttribute('x') + tick.getAttribute('width') / 2 - pin.getAttribute('width') / 2);
      pin.classList.add('is-on');
    }
    const a = links.get(el.id); if (!a) return;
    links.forEach(l => l.removeAttribute('aria-current')); a.setAttribute('aria-current', 'true');
    changes.forEach(c => c.classList.toggle('is-here', c === el));
    const head = $('.art__h', el);
    if (here && head) here.textContent = head.textContent.replace(/\s+/g, ' ').trim();
    const chapter = a.closest('details.oc'), box = a.closest('.outline');
    if (chapter) chapter.open = true;
    if (box && box.scrollHeight > box.clientHeight && !box.contains(document.activeElement)) box.scrollTop = a.offsetTop - box.clientHeight / 2;
  };
  // a step by key holds until the reader moves otherwise: at the end of a page the
  // change stepped to may stay below the line the observer watches
  let held = false;
  ['wheel', 'touchmove', 'pointerdown'].forEach(how => addEventListener(how, () => { held = false; }, { passive: true }));
  if (links.size && 'IntersectionObserver' in window) {
    const io = new IntersectionObserver(es => es.forEach(e => { if (e.isIntersecting && !held) mark(e.target); }), { rootMargin: '-12% 0px -78% 0px' });
    links.forEach((_, id) => { const el = document.getElementById(id); if (el) io.observe(el); });
  }

  // the key of a letter is where it stands on the keyboard: under a Russian or
  // Kazakh layout the key n types «т»
  const letter = e => /^[a-z]$/i.test(e.key) ? e.key.toLowerCase() : /^\p{L}$/u.test(e.key) && e.code.startsWith('Key') ? e.code.slice(3).toLowerCase() : e.key;
  const typing = el => el.isContentEditable || /^(input|textarea|select)$/i.test(el.tagName);
  const help = $('#keys');
  if (changes.length) document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || help && help.open) return;
    const key = letter(e);
    if (key === '?' && help) { e.preventDefault(); help.showModal(); return; }
    const step = { n: 1, j: 1, p: -1, k: -1 }[key];
    held = !!step; if (!step) return;
    const at = changes.findIndex(c => c.contains(document.activeElement));
    const from = at >= 0 ? at : step > 0 ? -1 : changes.findIndex(c => c.classList.contains('is-here'));
    const more = (from + step < 0 || from + step >= changes.length) && $(`.pager a[rel=${step > 0 ? 'next' : 'prev'}]`);
    if (more) { location.href = more.href; return; }
    const c = changes[Math.max(0, Math.min(changes.length - 1, from + step))];
    mark(c); c.scrollIntoView({ block: 'start' });
    const a = $('.chg__cite a', c); if (a) a.focus({ preventScroll: true });
  });
  $$('[data-opens]').forEach(b => { b.hidden = false; b.onclick = () => $(b.dataset.opens).showModal(); });
}
