/** An answer of the desk, with the redirect that a browser would follow. */
export interface PlainAnswer {
  readonly status: number;
  readonly url: URL;
  readonly location: URL | undefined;
  readonly headers: Headers;
  readonly text: string;
}

const FORM_ACTION = /<form method="post" action="([^"]+)"/;
const CSRF = /name="_csrf" value="([^"]+)"/;
const REDIRECTS_MAX = 10;

/** One person at the desk by plain HTTP. It follows no link by itself and keeps cookies for each origin. */
export class PlainVisit {
  private readonly cookies = new Map<string, Map<string, string>>();
  /** The set-cookie headers that the desk sent. */
  readonly cookiesSet: string[] = [];
  private token: string | undefined;

  private readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<PlainAnswer> {
    return this.send(new URL(path, this.origin), { headers });
  }

  async post(
    path: string,
    fields: Readonly<Record<string, string>> | URLSearchParams,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PlainAnswer> {
    return this.send(new URL(path, this.origin), {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    });
  }

  /** Posts a body as it is, with the CSRF token of this session in the header. */
  async postBody(path: string, body: string, type: string): Promise<PlainAnswer> {
    const headers = { 'content-type': type, 'x-csrf-token': await this.csrf() };
    return this.send(new URL(path, this.origin), { method: 'POST', body, headers });
  }

  /** Posts with the CSRF token of this session. */
  async postForm(path: string, fields: Readonly<Record<string, string>> = {}): Promise<PlainAnswer> {
    return this.post(path, { ...fields, _csrf: await this.csrf() });
  }

  /** The CSRF token of this session, as the pages have it. */
  async csrf(): Promise<string> {
    this.token ??= CSRF.exec((await this.get('/help')).text)?.[1];
    if (this.token === undefined) throw new Error('the page has no CSRF token');
    return this.token;
  }

  /** Signs in by the page of the identity provider. Returns the page at which the browser arrives. */
  async signIn(subject: string, to = '/help'): Promise<PlainAnswer> {
    const page = await this.follow(await this.get(`/sign-in?to=${encodeURIComponent(to)}`));
    const action = FORM_ACTION.exec(page.text)?.[1];
    if (action === undefined) return page;
    const chosen = { method: 'POST', body: new URLSearchParams({ person: subject }) };
    return this.follow(await this.send(new URL(action, page.url), chosen));
  }

  /** Follows redirects like a browser. */
  async follow(answer: PlainAnswer): Promise<PlainAnswer> {
    let last = answer;
    for (let turn = 0; last.location !== undefined; turn += 1) {
      if (turn === REDIRECTS_MAX) throw new Error(`too many redirects, at ${last.url.href}`);
      last = await this.send(last.location, {});
    }
    return last;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(this.origin)?.get(name);
  }

  /** Plants a cookie, as somebody could who sat at this computer before. */
  plant(name: string, value: string): void {
    this.jar(this.origin).set(name, value);
  }

  private jar(origin: string): Map<string, string> {
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    return jar;
  }

  private async send(url: URL, init: RequestInit): Promise<PlainAnswer> {
    const jar = this.jar(url.origin);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string>), ...(cookie !== '' && { cookie }) },
    });
    for (const line of answer.headers.getSetCookie()) {
      if (url.origin === this.origin) this.cookiesSet.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const { status, headers } = answer;
    const to = headers.get('location');
    const location = to === null ? undefined : new URL(to, url);
    return { status, url, location, headers, text: await answer.text() };
  }
}
