/** Shows how far work is that goes on by itself, until it is finished. The place in the page stays. */
export function followProgress(): void {
  const seconds = Number(document.querySelector<HTMLElement>('[data-again]')?.dataset['again'] ?? 0);
  if (seconds > 0) setTimeout(() => void readAgain(), seconds * 1_000);
}

async function readAgain(): Promise<void> {
  const shown = document.getElementById('main-content');
  const answer = await fetch(window.location.href, { headers: { 'x-desk': 'script' } }).catch(
    () => undefined,
  );
  if (shown && answer?.ok && !answer.redirected) {
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = fresh.getElementById('main-content');
    // A person who is about to press a button keeps it.
    if (now && !shown.contains(document.activeElement)) shown.replaceWith(now);
  }
  followProgress();
}
