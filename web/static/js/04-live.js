// The count of a campaign, as it changes. The page is complete without it: the
// number is that of the moment it was asked for.
{
  const at = $('[data-live]');
  if (at && window.EventSource) {
    const fresh = new EventSource(at.dataset.live);
    fresh.onmessage = e => {
      const { n, done, label } = JSON.parse(e.data);
      const large = $('.count__n', at);
      if (large.textContent === n) return;
      large.textContent = n;
      $$('[data-live-n]').forEach(el => { el.textContent = n; });
      const bar = $('.scale .done', at);
      if (bar) { bar.setAttribute('width', done); bar.ownerSVGElement.setAttribute('aria-label', label); }
    };
    addEventListener('pagehide', () => fresh.close());
  }
}
