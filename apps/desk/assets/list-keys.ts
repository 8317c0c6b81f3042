/**
 * j and k move in the list, x marks a row for a bulk change, e opens its next step, ? opens the help. They
 * act only while the list has the focus, and a person can switch them off (WCAG 2.1.4).
 */
export function listKeys(): void {
  if (document.body.dataset['keyboard'] === 'off') return;
  document.addEventListener('keydown', (event) => {
    const row = document.activeElement?.closest<HTMLElement>('.row');
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'j':
        focusRow(row, 1);
        break;
      case 'k':
        focusRow(row, -1);
        break;
      case 'x':
        mark(row);
        break;
      case 'e':
        row.querySelector<HTMLAnchorElement>('a.row-title')?.click();
        break;
      case '?':
        window.location.assign('/help#keys');
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}

/** Marks a row, or takes its mark away. The link above the list then changes only the marked requests. */
function mark(row: HTMLElement): void {
  const list = row.closest('.queue');
  const link = list?.querySelector<HTMLAnchorElement>('[data-bulk]');
  if (!list || !link) return;
  const isMarked = row.classList.toggle('marked');
  row.querySelector('a.row-title')?.setAttribute('aria-description', isMarked ? 'Marked' : '');
  const marked = [...list.querySelectorAll<HTMLElement>('.row.marked')].flatMap(
    ({ dataset }) => dataset['key'] ?? [],
  );
  link.dataset['all'] ??= link.href;
  const address = new URL(link.dataset['all']);
  if (marked.length > 0) address.searchParams.set('marked', marked.join('~'));
  link.href = address.href;
  link.textContent = marked.length > 0 ? `Change the ${String(marked.length)} marked` : 'Change all of them';
}

function focusRow(row: HTMLElement, step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.row')];
  const next = rows[rows.indexOf(row) + step];
  next?.querySelector<HTMLElement>('a.row-title')?.focus();
}
