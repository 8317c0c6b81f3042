import { createHash } from 'node:crypto';
import { inWords, sentence, type Person } from './identity-provider-people.ts';

/** Text that is already HTML. Everything else is escaped where it is put into a page. */
class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  return part.map(({ text }) => text).join('\n');
}

/**
 * Makes HTML of a template literal. A value that is not HTML itself is escaped. Its name is not `html`,
 * because Prettier would then add spaces to the style, which no longer has the hash that the policy names.
 */
function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.map((text, index) => text + written(parts[index] ?? '')).join(''));
}

const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --text: #14181f; --quiet: #4a5361; --line: #8a93a1;
  --raised: #f3f5f8; --accent: #1d4f91; --note: #fff4d6; --focus: #b34700; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181f; --text: #eef1f5; --quiet: #b4bcc9; --line: #7d8797;
  --raised: #1f252f; --accent: #9cc3ff; --note: #3a3010; --focus: #ffb066; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .5rem; color: var(--quiet); }
a { color: var(--accent); }
.note { background: var(--note); border-left: .25rem solid var(--focus); padding: .75rem 1rem; margin: 0 0 1rem; }
ul { list-style: none; margin: 0; padding: 0; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); gap: .5rem; }
.places { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
.places a { display: inline-block; padding: .25rem 0; }
button { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: .25rem;
  padding: .625rem .75rem; min-height: 2.75rem; cursor: pointer; text-align: left; }
.people button { width: 100%; height: 100%; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
button span { display: block; color: var(--quiet); font-size: .875rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 2rem; }
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const STYLE_HASH = hashOf(STYLE);

/**
 * Headers of every page. Nothing is loaded, and no script runs but those that the provider's library itself
 * put into the page. Browsers check the place after a redirect against form-action too, so the clients'
 * origins are in it.
 */
export function pageHeaders(
  page: string,
  clientOrigins: readonly string[],
): Readonly<Record<string, string>> {
  const scripts = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script = '']) => hashOf(script));
  return {
    'content-security-policy': [
      "default-src 'none'",
      `style-src ${STYLE_HASH}`,
      ...(scripts.length > 0 ? [`script-src ${scripts.join(' ')}`] : []),
      ["form-action 'self'", ...clientOrigins].join(' '),
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

function page(title: string, body: Html): string {
  const { text } = markup`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Concordat</title>
        <style>${new Html(STYLE)}</style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
  return text;
}

/** A page that only says something. */
export function messagePage(title: string, text: string): string {
  return page(title, markup`<p>${text}</p>`);
}

/** The page that asks whether to end the session. The form is the library's own and has no button. */
export function signOutPage(form: string): string {
  return page(
    'Sign out of Concordat?',
    markup`<p>This ends your development sign-in in this browser.</p>
      ${new Html(form)}
      <div class="actions">
        <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
        <button type="submit" form="op.logoutForm">Stay signed in</button>
      </div>`,
  );
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly lists: readonly { readonly title: string | undefined; readonly people: readonly Person[] }[];
}

/** The sign-in page: everybody in a list of buttons, people of several units first. */
export function signInPage(action: string, people: readonly Person[]): string {
  const groups = groupsOf(people);
  return page(
    'Sign in to Concordat',
    markup`<p class="note">
        Development sign-in: anybody on this machine can sign in as anybody. Not for production.
      </p>
      <nav aria-label="Groups of people">
        <ul class="places">
          ${groups.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}
        </ul>
      </nav>
      <form method="post" action="${action}">
        ${groups.map(groupSection)}
        <div class="actions"><button name="cancel" value="yes">Cancel the sign-in</button></div>
      </form>`,
  );
}

function groupSection({ id, title, note, lists }: Group): Html {
  return markup`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${note === undefined ? [] : markup`<p>${note}</p>`}
    ${lists.map(
      (list) =>
        markup`${list.title === undefined ? [] : markup`<h3>${list.title}</h3>`}
          <ul class="people">
            ${list.people.map(personButton)}
          </ul>`,
    )}
  </section>`;
}

function personButton(person: Person): Html {
  return markup`<li>
    <button name="person" value="${person.subject}">${person.name} <span>${placesOf(person)}</span></button>
  </li>`;
}

/** Says in words where a person works, or the subject if the lists already say the place. */
function placesOf({ subject, roles, force, operations }: Person): string {
  if (roles.length === 1) return subject;
  const units = [...Map.groupBy(roles, ({ role }) => role)].map(
    ([role, at]) => `${sentence(inWords(role))}: ${at.map(({ unit }) => inWords(unit)).join(', ')}`,
  );
  return [
    ...units,
    ...(force === undefined ? [] : [`Own person of ${sentence(inWords(force))}`]),
    ...(operations === undefined ? [] : ['Runs the system; no unit']),
  ].join('; ');
}

function groupsOf(people: readonly Person[]): readonly Group[] {
  const several = people.filter(({ roles }) => roles.length > 1);
  const ofOne = people.filter(({ roles }) => roles.length === 1);
  const others = people.filter(({ roles }) => roles.length === 0);
  const units = Map.groupBy(ofOne, ({ roles }) => roles[0]?.unit ?? '');
  const plain = (id: string, title: string, who: readonly Person[], note?: string): Group[] =>
    who.length === 0
      ? []
      : [{ id, title, ...(note !== undefined && { note }), lists: [{ title: undefined, people: who }] }];
  return [
    ...plain('several-units', 'Several units', several),
    ...[...units].map(([unit, staff]) => ({
      id: `unit-${unit}`,
      title: sentence(inWords(unit)),
      lists: [...Map.groupBy(staff, ({ roles }) => roles[0]?.role ?? '')].map(([role, who]) => ({
        title: sentence(inWords(role)),
        people: who,
      })),
    })),
    ...plain(
      'forces',
      'Forces',
      others.filter(({ force }) => force !== undefined),
      'They see the requests of their force at all units, reply to questions, and send new requests.',
    ),
    ...plain(
      'operations',
      'Operations',
      others.filter(({ force }) => force === undefined),
      'The desk has nothing for people who run the system: they have no unit.',
    ),
  ];
}
