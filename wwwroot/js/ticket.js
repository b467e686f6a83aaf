// Moves a single-use secret from behind the # of a link into the form's field, and out of address and history.
const field = document.querySelector('[data-ticket]');
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', location.pathname + location.search);
}
