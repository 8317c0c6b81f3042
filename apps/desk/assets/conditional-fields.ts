interface Condition {
  readonly name: string;
  readonly value: string;
  readonly is: boolean;
}

/**
 * Shows the fields of a form by the rules that the unit published: a field that must be left out is hidden
 * and not sent, and one that is needed loses its "(optional)".
 */
export function conditionalFields(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-keep]');
  const groups = form?.querySelectorAll<HTMLElement>('[data-needed-when], [data-refused-when]');
  if (!form || !groups?.length) return;
  const show = (): void => {
    for (const group of groups) {
      const { neededWhen, refusedWhen, label } = group.dataset;
      const refused = holds(form, refusedWhen);
      group.hidden = refused;
      for (const field of group.querySelectorAll<HTMLInputElement>('input, select, textarea'))
        field.disabled = refused;
      const words = group.querySelector('label, legend');
      if (words && label !== undefined)
        words.textContent = holds(form, neededWhen) ? label : `${label} (optional)`;
    }
  };
  form.addEventListener('change', show);
  show();
}

/** True if any of the conditions holds. An unanswered question fulfils none. */
function holds(form: HTMLFormElement, conditions: string | undefined): boolean {
  return (JSON.parse(conditions ?? '[]') as Condition[]).some(({ name, value, is }) => {
    const field = form.elements.namedItem(name);
    const given = field && 'value' in field ? String(field.value) : '';
    return given !== '' && (given === value) === is;
  });
}
