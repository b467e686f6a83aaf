// Runs in the head, before the first paint: only the browser knows which theme the system prefers.
(() => {
  const root = document.documentElement;
  if (root.dataset.themeChoice !== 'system') return;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const theme = dark.matches ? 'dark' : 'light';
    if (root.dataset.theme !== theme) root.dataset.theme = theme;
  };
  apply();
  dark.addEventListener('change', apply);
  // Blazor takes over the attributes of a document that it fetched itself, and the server's has no theme.
  new MutationObserver(apply).observe(root, { attributeFilter: ['data-theme'] });
})();
