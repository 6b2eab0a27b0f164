// A passkey for a form that asks for one. The form carries the question and is
// sent with the answer; where the browser knows no passkeys it stays hidden.
(() => {
  'use strict';
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) return;
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    if (!form.hidden) continue;
    form.hidden = false;
    const failed = form.querySelector('[data-failed]');
    form.addEventListener('submit', async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      failed.hidden = true;
      try {
        const options = JSON.parse(form.dataset.options);
        const made = form.dataset.passkey === 'make'
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        form.elements.answer.value = JSON.stringify(made);
        form.submit();
      } catch (error) {
        failed.hidden = false;
      }
    });
  }
})();
