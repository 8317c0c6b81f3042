import { publicAddresses } from '../deliver-webhooks/public-address.ts';
import { isLocalDestination, type WebhookSettings } from '../deliver-webhooks/webhook.settings.ts';
import { faulty } from './webhook.body.ts';

/** Decides which URLs a webhook may have. */
export class WebhookDestinations {
  constructor(private readonly settings: WebhookSettings) {}

  /**
   * Returns the URL in its normal form, or throws `invalid-request`. DNS entries change, so the address is
   * checked again at every try.
   */
  async checked(text: string): Promise<string> {
    if (!URL.canParse(text)) throw refusal('url', 'is not a URL');
    const url = new URL(text);
    if (url.username !== '' || url.password !== '' || url.hash !== '')
      throw refusal('url', 'must have no credentials and no fragment');
    if (isLocalDestination(this.settings, url)) return url.href;
    if (url.protocol !== 'https:') throw refusal('https', 'must be https');
    try {
      await publicAddresses(url.hostname, this.settings.resolve);
    } catch {
      // An unknown name and a private address give the same answer, so nobody can explore an internal network
      // with it.
      throw refusal('public-address', 'must have a host that resolves, and to public addresses only');
    }
    return url.href;
  }
}

const refusal = (code: string, detail: string) => faulty([{ pointer: '/url', code, detail }]);
