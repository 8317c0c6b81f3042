import bundled from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Chromium must not call home; nothing here is measured with the network of its maker. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
/**
 * Arguments of the package that suit a function in a cloud and not a test: a single process ends with the
 * first profile, and without its own security a browser would not show what it refuses.
 */
const LEFT_OUT = [
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
];
/** A page of the desk answers in far less; a busy machine may need longer. */
const STEP_MS_MAX = 20_000;

/**
 * Starts the Chromium of the registry package, or an installed one that CONCORDAT_CHROME names. Nothing else
 * has to be installed.
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['CONCORDAT_CHROME'] ?? (await bundled.executablePath());
  return chromium.launch({
    executablePath,
    args: [...bundled.args.filter((argument) => !LEFT_OUT.includes(argument)), ...QUIET],
    headless: true,
  });
}

/** A page with a memory of everything that a browser complains about. */
export interface Visit {
  readonly page: Page;
  /** Errors of the console, failed requests and violations of the content security policy. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens a page in a browser profile of its own, as one person at one computer. */
export async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  context.setDefaultTimeout(STEP_MS_MAX);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints, close: () => context.close() };
}

/** Signs in by the page of the development identity provider, as the person with this subject. */
export async function signIn(page: Page, subject: string, to = '/work'): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.locator(`button[value="${subject}"]`).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}
