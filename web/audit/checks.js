// What the tests of web/ ask of a page in a browser, besides axe-core. Each
// function returns a list of complaints, each naming the element; an empty list
// is a page that is right.
globalThis.audit = (() => {
  const name = el => {
    const path = [];
    for (let e = el; e && e !== document.documentElement && path.length < 4; e = e.parentElement)
      path.unshift(e.localName + (e.id ? '#' + e.id : [...e.classList].map(c => '.' + c).join('')));
    return path.join(' > ');
  };
  const seen = el => el.checkVisibility({ visibilityProperty: true });

  // Everything folded is opened, so that it is audited too.
  const unfold = () => document.querySelectorAll('details').forEach(d => { d.open = true; });

  // axe runs the rules of WCAG 2.2 A and AA and the best practices, or those named.
  const violations = async rules => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await axe.run(document, {
      runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags },
      ...(rules ? {} : { rules: { 'target-size': { enabled: true } } }),
      resultTypes: ['violations'],
    });
    return found.violations.flatMap(v => v.nodes.map(n =>
      `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')} ${n.html.slice(0, 160)}`));
  };

  // Words that stand in texts of one language only. A letter decides for Kazakh;
  // the little words for the others, as ы, э and the rest are letters of both.
  const kazakh = /[әғқңөұүһі]/i;
  const russian = /(?<!\p{L})(и|в|на|от|по|для|статья|статьи|статье|статью|части|пункта|закона|изменения)(?!\p{L})/iu;
  const english = /(?<!\p{L})(the|of|and|from|edition|article|changes|with|this)(?!\p{L})/iu;

  // Each text stands under the lang of the language it is in (WCAG 3.1.1, 3.1.2).
  const languages = () => {
    const wrong = [];
    const check = (text, el, what) => {
      // names are of no language: those of the site, of two regions in Russian, and addresses
      text = text.replace(/Түзету|область (Жетісу|Ұлытау)|https?:\S+/g, '');
      const lang = (el.closest('[lang]') || {}).lang;
      const bad = kazakh.test(text) ? lang !== 'kk'
        : /[а-яё]{2}/i.test(text) ? lang === 'en' || (lang === 'kk' && russian.test(text))
        : english.test(text) && lang !== 'en';
      if (bad) wrong.push(`${what} "${text.trim().slice(0, 80)}" under lang=${lang}: ${name(el)}`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n = texts.nextNode(); n; n = texts.nextNode())
      if (!n.parentElement.closest('script, style, code, kbd, textarea, [translate="no"]')) check(n.data, n.parentElement, 'text');
    for (const attr of ['aria-label', 'title', 'alt', 'placeholder'])
      document.body.querySelectorAll(`[${attr}]`).forEach(el => check(el.getAttribute(attr), el, attr));
    return wrong;
  };

  // Reflow (WCAG 1.4.10; 1280 px at 400 % is a window of 320 px): nothing makes the page scroll sideways.
  const sideways = () => {
    const over = document.documentElement.scrollWidth - innerWidth;
    return over > 0 ? [`the page scrolls sideways by ${over} px`] : [];
  };

  // With the text spacing of WCAG 1.4.12 no text is cut off but what is shortened
  // by an ellipsis on purpose.
  const spacing = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [sheet];
    const cut = sideways().map(s => s + ' with wide text spacing');
    for (const el of document.body.querySelectorAll('*')) {
      const style = getComputedStyle(el);
      if (!/hidden|clip/.test(style.overflowX + style.overflowY) || style.textOverflow === 'ellipsis' || el.closest('.vh, svg') || !seen(el) || !el.textContent.trim()) continue;
      if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1) cut.push(`cut off with wide text spacing: ${name(el)}`);
    }
    document.adoptedStyleSheets = [];
    return cut;
  };

  // What Tab stops at, in the order of the text.
  const stops = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(el => el.tabIndex >= 0 && !el.disabled && seen(el));

  // Where the focus is since it was asked last: the number of the stop, and what
  // is wrong with its place and with how it shows. Stops may come and go with the
  // focus, so the next one is the first that follows in the text.
  let last = null;
  const focus = () => {
    const el = document.activeElement, all = stops(), at = all.indexOf(el), wrong = [];
    if (at < 0) return { at, wrong };
    const next = last ? all.find(e => last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) : all[0];
    if (el === last && el.type === 'date') return { at, wrong }; // its day, month, year and calendar are stops of the browser's
    if (el !== next) wrong.push(`Tab leads to ${name(el)}, not to ${next ? name(next) : 'the end'}`);
    last = el;
    const style = getComputedStyle(el), box = [...el.getClientRects()].find(r => r.width && r.height) || el.getBoundingClientRect();
    if (el.tabIndex > 0) wrong.push(`tabindex ${el.tabIndex}: ${name(el)}`);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) wrong.push(`the focus cannot be seen: ${name(el)}`);
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const top = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y);
    // WCAG 2.4.11: what is fixed to the window does not hide it
    const covered = !top || !(el.contains(top) || top.contains(el) || (el.ownerSVGElement && el.ownerSVGElement === top.ownerSVGElement));
    if (covered) wrong.push(`the focus is hidden by ${top ? name(top) : 'the edge of the window'}: ${name(el)}`);
    return { at, wrong };
  };

  // What a reader feels while the page loads, asked for when all is there.
  const shifts = [], paints = [];
  new PerformanceObserver(l => shifts.push(...l.getEntries())).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver(l => paints.push(...l.getEntries())).observe({ type: 'largest-contentful-paint', buffered: true });
  const vitals = async () => {
    await document.fonts.ready;
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    await frame(); await frame();
    const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const bytes = font => files.filter(f => f.name.endsWith('.woff2') === font).reduce((sum, f) => sum + f.transferSize, 0);
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    return {
      first: first ? first.startTime : 0, largest: paints.length ? paints.at(-1).startTime : 0,
      shift: shifts.reduce((sum, s) => sum + s.value, 0),
      shifted: shifts.flatMap(s => s.sources).map(s => s.node ? name(s.node.nodeType === 1 ? s.node : s.node.parentElement) : '').join(', '),
      bytes: bytes(false), fonts: bytes(true),
    };
  };

  return { unfold, vitals, violations, languages, sideways, spacing, stops, focus };
})();
