import { learnTimeLeft } from './time-out.ts';

const AFTER_MS = 1_500;

/** Sends the fields of a form to the desk while a person types, so that nothing is lost. */
export function keepTypedText(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-keep]');
  if (!form) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: AbortController | undefined;
  const keep = (): void => {
    timer = undefined;
    sending = new AbortController();
    const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    void fetch(`${form.action}/unsent`, {
      method: 'POST',
      body: fields,
      keepalive: true,
      signal: sending.signal,
      headers: { 'x-desk': 'script' },
    })
      .then(learnTimeLeft)
      .catch(() => undefined);
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER_MS);
  });
  // A text that is being sent must not come back as one that was not sent.
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    timer = undefined;
    sending?.abort();
  });
  // Text typed in the last moment is sent when the page is left.
  window.addEventListener('pagehide', () => {
    if (timer !== undefined && form.dataset['sent'] === undefined) keep();
  });
}
