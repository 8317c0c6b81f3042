interface Change {
  readonly unitReference: string;
  readonly version: number;
}

const RELOAD_AFTER_MS = 600;

/** Shows what changes without taking the focus or the place in the list away. */
export function listenForChanges(): void {
  const list = document.querySelector<HTMLElement>('[data-live="list"]');
  const request = document.querySelector<HTMLElement>('[data-live="request"]');
  if (!list && !request) return;
  const key = request?.dataset['key'];
  const query = new URLSearchParams({ since: document.body.dataset['since'] ?? '' });
  if (key !== undefined) query.set('request', key);
  const source = new EventSource(`/live?${query.toString()}`);
  let reload: ReturnType<typeof setTimeout> | undefined;
  source.addEventListener('changes', (event) => {
    const { unit, changes } = JSON.parse(event.data as string) as { unit: string; changes: Change[] };
    for (const { unitReference, version } of changes) {
      if (request && `${unit}/${unitReference}` === key && version > Number(request.dataset['version'])) {
        say(request, '[data-request-news]', 'This request has changed.', window.location.href);
      }
    }
    clearTimeout(reload);
    if (list) reload = setTimeout(() => void refresh(list), RELOAD_AFTER_MS);
  });
  source.addEventListener('presence', (event) => {
    const place = document.querySelector('[data-presence]');
    const { text } = JSON.parse(event.data as string) as { text: string };
    if (place && place.textContent !== text) place.textContent = text;
  });
  window.addEventListener('pagehide', () => {
    source.close();
  });
}

function say(root: HTMLElement, place: string, text: string, href: string): void {
  const news = root.querySelector(place);
  if (!news || news.textContent !== '') return;
  const link = document.createElement('a');
  link.href = href;
  link.className = 'govuk-link';
  link.textContent = 'Show it as it is now';
  news.append(`${text} `, link);
}

/**
 * Reads the page again and exchanges the rows and the counts. The focus and the scroll position stay where
 * they are, and nothing is exchanged while somebody uses the filters.
 */
async function refresh(list: HTMLElement): Promise<void> {
  if (list.querySelector('details[open]')) return;
  const answer = await fetch(window.location.href, { headers: { 'x-desk': 'script' } }).catch(
    () => undefined,
  );
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const freshList = fresh.querySelector<HTMLElement>('[data-live="list"]');
  if (!freshList) return;
  const focused = document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key'];
  const rows = list.querySelector('[data-rows]');
  const freshRows = freshList.querySelector('[data-rows]');
  if (rows && freshRows) {
    mark(rows, freshRows);
    rows.replaceWith(freshRows);
    if (focused !== undefined && list.contains(freshRows))
      freshRows
        .querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"] a`)
        ?.focus({ preventScroll: true });
  } else if (rows !== freshRows) {
    say(list, '[data-news]', 'The list has changed.', window.location.href);
  }
  for (const count of document.querySelectorAll<HTMLElement>('[data-count]')) {
    const now = fresh.querySelector(`[data-count="${CSS.escape(count.dataset['count'] ?? '')}"]`);
    if (now) count.textContent = now.textContent;
  }
  const total = list.querySelector('[data-total]');
  if (total) total.textContent = freshList.querySelector('[data-total]')?.textContent ?? total.textContent;
}

/** Marks the rows that are new or changed, and those that the person had marked. */
function mark(rows: Element, freshRows: Element): void {
  const before = new Map<string, string>();
  for (const row of rows.querySelectorAll<HTMLElement>('[data-key]'))
    before.set(row.dataset['key'] ?? '', row.dataset['version'] ?? '');
  const marked = new Set(
    [...rows.querySelectorAll<HTMLElement>('.marked')].map(({ dataset }) => dataset['key']),
  );
  for (const row of freshRows.querySelectorAll<HTMLElement>('[data-key]')) {
    row.classList.toggle('changed', before.get(row.dataset['key'] ?? '') !== row.dataset['version']);
    row.classList.toggle('marked', marked.has(row.dataset['key']));
  }
}
