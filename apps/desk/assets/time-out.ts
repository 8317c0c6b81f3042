const WARN_BEFORE_SECONDS = 120;

/** Warns before the session ends, and can keep it. The desk itself decides when it ends. */
export function warnBeforeTimeOut(): void {
  const idle = Number(document.body.dataset['idleSeconds']);
  const dialog = document.querySelector<HTMLDialogElement>('#time-out');
  if (!dialog || !(idle > 0)) return;
  const left = dialog.querySelector('[data-time-left]');
  let endsAt = Date.now() + idle * 1_000;
  setInterval(() => {
    const seconds = Math.round((endsAt - Date.now()) / 1_000);
    if (seconds <= 0) window.location.reload();
    else if (seconds <= WARN_BEFORE_SECONDS) {
      if (left) left.textContent = seconds > 60 ? '2 minutes' : `${String(seconds)} seconds`;
      if (!dialog.open) dialog.showModal();
    }
  }, 1_000);
  dialog.querySelector('[data-stay]')?.addEventListener('click', () => {
    const token = document.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
    void fetch('/session/stay', {
      method: 'POST',
      headers: { 'x-csrf-token': token, 'x-desk': 'script' },
    }).then((answer) => {
      if (answer.ok) endsAt = Date.now() + idle * 1_000;
      else window.location.reload();
      dialog.close();
    });
  });
}
