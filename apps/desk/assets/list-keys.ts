/**
 * j and k move in the list, x marks a row, e opens its next step, ? opens the help. They act only while the
 * list has the focus, and a person can switch them off (WCAG 2.1.4).
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
        row.classList.toggle('changed');
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

function focusRow(row: HTMLElement, step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.row')];
  const next = rows[rows.indexOf(row) + step];
  next?.querySelector<HTMLElement>('a.row-title')?.focus();
}
