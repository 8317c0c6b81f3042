const WARN_BEFORE_SECONDS = 120;
/** A person who typed so recently is not interrupted. */
const TYPING_MS = 5_000;
const SECONDS_LEFT = 'x-session-seconds-left';

let endsAt = Infinity;
/** All open pages of a browser have the same session. */
const pages = 'BroadcastChannel' in window ? new BroadcastChannel('session') : undefined;

/** Learns from an answer of the desk how long the session lasts now, and tells the other open pages. */
export function learnTimeLeft(answer: Response): void {
  const seconds = Number(answer.headers.get(SECONDS_LEFT));
  if (seconds > 0) lastsFor(seconds);
}

function lastsFor(seconds: number): void {
  endsAt = Date.now() + seconds * 1_000;
  pages?.postMessage(endsAt);
}

/** Warns before the session ends, and can keep it. The desk itself decides when it ends. */
export function warnBeforeTimeOut(): void {
  const idle = Number(document.body.dataset['idleSeconds']);
  const dialog = document.querySelector<HTMLDialogElement>('#time-out');
  if (!dialog || !(idle > 0)) return;
  const left = dialog.querySelector('[data-time-left]');
  let typedAt = 0;
  pages?.addEventListener('message', ({ data }) => {
    endsAt = Number(data);
  });
  lastsFor(idle);
  document.addEventListener('input', () => {
    typedAt = Date.now();
  });
  setInterval(() => {
    const seconds = Math.round((endsAt - Date.now()) / 1_000);
    // A reload would send a form again that came back with a fault.
    if (seconds <= 0) window.location.replace(window.location.pathname + window.location.search);
    else if (seconds > WARN_BEFORE_SECONDS) dialog.close();
    else if (dialog.open || Date.now() - typedAt > TYPING_MS) {
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
      if (answer.ok) learnTimeLeft(answer);
      else window.location.replace(window.location.pathname + window.location.search);
      dialog.close();
    });
  });
}
