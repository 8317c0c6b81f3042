import { conditionalFields } from './conditional-fields.ts';
import { followProgress } from './follow-progress.ts';
import { keepTypedText } from './keep-typed-text.ts';
import { listenForChanges } from './live-changes.ts';
import { listKeys } from './list-keys.ts';
import { warnBeforeTimeOut } from './time-out.ts';

/**
 * The desk works without this script. With it, what changes appears by itself, typed text is kept while it is
 * typed, and the list can be worked by keyboard.
 */
document.documentElement.classList.add('js');

/** A second press of a button must not send a form twice. */
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== 'post') return;
  if (form.dataset['sent'] !== undefined) event.preventDefault();
  form.dataset['sent'] = '';
});
// A page that comes back from the history is used again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset['sent'];
});

document.querySelector('[data-print]')?.addEventListener('click', () => {
  window.print();
});
document.querySelector<HTMLElement>('.govuk-error-summary')?.focus();

const readyMade = document.querySelector<HTMLSelectElement>('[data-insert-into]');
readyMade?.addEventListener('change', () => {
  const field = document.getElementById(readyMade.dataset['insertInto'] ?? '');
  if (!(field instanceof HTMLTextAreaElement) || readyMade.value === '') return;
  const { selectionStart: at, selectionEnd: to } = field;
  field.setRangeText(readyMade.value, at, to, 'end');
  readyMade.value = '';
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
});

conditionalFields();
followProgress();
keepTypedText();
listenForChanges();
listKeys();
warnBeforeTimeOut();
