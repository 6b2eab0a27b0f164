// Law text folded and copied. What is copied is the official text: no spoken
// labels, no signs of the page, and no word left out.
{
  // long unchanged runs inside a changed provision fold to an ellipsis
  const long = 420;
  const fold = run => {
    const text = run.map(n => n.textContent).join('');
    const words = text.split(' ');
    const atStart = !run[0].previousSibling, atEnd = !run[run.length - 1].nextSibling;
    const head = atStart ? 9 : 12, tail = atEnd ? 6 : 14;
    if (text.length < long || atStart && atEnd || words.length < head + tail + 12) return;
    const range = document.createRange();
    // the place so many letters into the run; what is held together stays whole
    const put = (letters, how) => {
      for (const n of run) {
        if (letters > n.textContent.length) { letters -= n.textContent.length; continue; }
        if (n.nodeType === 3) range[how](n, letters); else range[how + 'After'](n);
        return;
      }
    };
    put(words.slice(0, head).join(' ').length + 1, 'setStart');
    put(text.length - words.slice(-tail).join(' ').length - 1, 'setEnd');
    // the words stay in the page: print and copy must never lose law text
    const rest = document.createElement('span');
    rest.className = 'gapt'; rest.hidden = true; rest.append(range.extractContents());
    const b = button(said.words.replace('#', rest.textContent.trim().split(' ').length), () => { rest.hidden = false; b.remove(); }, 'gapb');
    b.lang = root.lang;
    range.insertNode(rest); range.insertNode(b);
  };
  $$('.js-long').forEach(p => {
    if (p.textContent.length < long) return;
    let run = [];
    [...p.childNodes, null].forEach(n => {
      if (n && (n.nodeType === 3 || n.className === 'nb')) run.push(n);
      else { if (run.length) fold(run); run = []; }
    });
  });
  document.addEventListener('copy', () => {
    const s = getSelection();
    $$('.gapb').forEach(b => { if (s.containsNode(b, true)) b.click(); });
  });

  const copy = text => navigator.clipboard.writeText(text).then(() => say(said.copied), () => say(said.uncopied));

  // the wording a change made, or ended
  const wording = change => {
    const columns = $$('.side__c', change), gone = !$('ins, .mv-to', change) && change.classList.contains('chg--deleted');
    const lines = $$('.chg__body > p, .side__c > p', change)
      .filter(p => !p.matches('.chg__label, .side__none') && (!columns.length || p.parentElement === columns[gone ? 0 : columns.length - 1]));
    return lines.map(p => {
      const q = p.cloneNode(true);
      $$('.vh, .mv-tag, .gapb', q).forEach(el => el.remove());
      if (!gone) $$('del, .mv-from', q).forEach(el => el.remove());
      return q.textContent.replace(/\s+/g, ' ').trim();
    }).filter(Boolean).join('\n');
  };
  // the citations of a place in each language, each to be copied with the text
  const quote = async (href, text) => {
    let said3;
    try {
      const u = new URL(href, location.href); u.pathname += '.json';
      said3 = (await (await fetch(u)).json()).citations;
    } catch { location.href = href; return; }
    const d = document.createElement('dialog'), h = document.createElement('h2');
    d.className = 'keys'; h.className = 'h-ui'; h.id = 'quote-h'; h.textContent = said.quote;
    d.setAttribute('aria-labelledby', h.id); d.append(h);
    for (const [lang, cite] of Object.entries(said3)) {
      const p = document.createElement('p');
      p.className = 'quote'; p.lang = lang; p.textContent = cite;
      const b = button(said.copy, () => { d.close(); copy(text + '\n\n' + cite); });
      b.lang = root.lang; b.setAttribute('aria-label', `${said.copy} (${lang})`);
      d.append(p, b);
    }
    const close = button(said.close, () => d.close(), 'btn btn--2');
    d.append(close); d.onclose = () => d.remove();
    document.body.append(d); d.showModal();
  };
  $$('a.js-quote').forEach(a => a.addEventListener('click', e => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault(); quote(a.href, wording(a.closest('.chg')));
  }));

  // in the text of an edition the provision a link names can be copied
  const bare = el => { const q = el.cloneNode(true); $$('.vh, .mv-tag, .quoteb, .prov__n--quiet', q).forEach(x => x.remove()); return q.textContent.replace(/\s+/g, ' ').trim(); };
  const offer = () => {
    $$('.quoteb').forEach(b => b.remove());
    const el = named(location.hash);
    if (!el || !el.matches('.law--wide .prov, .law--wide .art')) return;
    const lines = el.matches('.art') ? [$('.art__h', el), ...$$('.prov', el)] : [el];
    const b = button(said.quote, () => quote(`${location.pathname}/cite?at=${encodeURIComponent(el.id)}`, lines.map(bare).join('\n')), 'linkb quoteb');
    b.lang = root.lang;
    (el.matches('.art') ? $('.art__h', el) : el).after(b);
  };
  addEventListener('hashchange', offer); offer();
  $$('a.js-link').forEach(a => a.addEventListener('click', e => {
    if (!navigator.clipboard || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault(); history.replaceState(null, '', a.href); copy(a.href);
  }));
}
