import { publicAddresses } from '../deliver-webhooks/public-address.ts';
import { isLocalDestination, type WebhookSettings } from '../deliver-webhooks/webhook.settings.ts';
import { faulty } from './webhook.body.ts';

/** Says which URLs may be delivered to. */
export class WebhookDestinations {
  constructor(private readonly settings: WebhookSettings) {}

  /** The URL in its normal form, or `invalid-request`. Names move: the sender asks again at every try. */
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
      // One answer for a name that is not there and one that leads inwards: this is no map of anybody's network.
      throw refusal('public-address', 'must have a host that resolves, and to public addresses only');
    }
    return url.href;
  }
}

const refusal = (code: string, detail: string) => faulty([{ pointer: '/url', code, detail }]);
