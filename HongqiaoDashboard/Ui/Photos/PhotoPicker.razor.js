// Uploads chosen files one after another and tells the component how each of them fares.

export function create(element, component, options) {
  const waiting = [];
  let next = 0, running = null, token = null, gone = false;

  const tell = (method, ...rest) => gone ? Promise.resolve(false) : component.invokeMethodAsync(method, ...rest).catch(() => false);

  async function take(files) {
    for (const file of files) {
      const id = ++next;
      if (!await tell('Began', id, file.name)) break;
      waiting.push({ id, file });
    }
    pump();
  }

  async function pump() {
    if (running || gone) return;
    const one = running = waiting.shift();
    if (!one) return;
    try {
      if (one.file.size > options.maxBytes) await tell('Failed', one.id, options.tooBig);
      else await upload(one);
    } catch {
      if (!one.aborted) await tell('Failed', one.id, null);
    } finally {
      running = null;
      pump();
    }
  }

  async function upload(one) {
    token ??= (await (await fetch(options.token)).json()).token;
    const answer = await send(one);
    if (answer.status === 201) {
      await tell('Arrived', one.id, JSON.parse(answer.responseText).hash);
      return;
    }
    token = null;
    let sentence = null;
    try { sentence = JSON.parse(answer.responseText).detail ?? null; } catch { /* not the program's own answer */ }
    await tell('Failed', one.id, sentence);
  }

  // Of the ways to send, only this one tells how far it has come.
  const send = one => new Promise((resolve, reject) => {
    const request = one.request = new XMLHttpRequest();
    let told = 0;
    request.upload.onprogress = e => {
      const percent = e.lengthComputable ? Math.floor(e.loaded / e.total * 100) : 0;
      if (percent >= told + 10) tell('Sent', one.id, told = percent);
    };
    request.onload = () => resolve(request);
    request.onerror = request.onabort = request.ontimeout = reject;
    request.open('POST', options.address);
    request.setRequestHeader('RequestVerificationToken', token);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(one.file);
  });

  function changed(e) {
    if (e.target.type !== 'file') return;
    take([...e.target.files]);
    // The same file may be chosen again after it was removed.
    e.target.value = '';
  }

  element.addEventListener('change', changed);
  return {
    abort(id) {
      const index = waiting.findIndex(one => one.id === id);
      if (index >= 0) waiting.splice(index, 1);
      else if (running?.id === id) { running.aborted = true; running.request?.abort(); }
    },
    dispose() {
      gone = true;
      waiting.length = 0;
      running?.request?.abort();
      element.removeEventListener('change', changed);
    },
  };
}
