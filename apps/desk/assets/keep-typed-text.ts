const AFTER_MS = 1_500;

/** Sends the fields of a form to the desk while a person types, so that nothing is lost. */
export function keepTypedText(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-keep]');
  if (!form) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    timer = undefined;
    const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    void fetch(`${form.action}/unsent`, {
      method: 'POST',
      body: fields,
      keepalive: true,
      headers: { 'x-desk': 'script' },
    }).catch(() => undefined);
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER_MS);
  });
  // Text typed in the last moment is sent when the page is left.
  window.addEventListener('pagehide', () => {
    if (timer !== undefined && form.dataset['sent'] === undefined) keep();
  });
}
