import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Maximum number of entries of one kind. The entry that was written longest ago is dropped first. */
const KEPT_MAX = 50_000;

/**
 * The bounded store of the provider for one kind of entry: sessions, sign-ins under way, grants, codes,
 * refresh tokens and used assertions. A restart forgets them all. Access tokens are JWTs and not kept.
 */
export class Memory implements Adapter {
  private readonly kept = new Map<string, { readonly payload: AdapterPayload; readonly endsAt: number }>();

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<undefined> {
    // A Map keeps the order of insertion, so the entry moves to the end when it is written again.
    this.kept.delete(id);
    if (this.kept.size >= KEPT_MAX)
      for (const oldest of this.kept.keys()) if (this.kept.delete(oldest)) break;
    this.kept.set(id, {
      payload,
      endsAt: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000,
    });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.kept.get(id);
    return entry !== undefined && entry.endsAt > Date.now() ? entry.payload : undefined;
  }

  async destroy(id: string): Promise<undefined> {
    this.kept.delete(id);
  }

  async consume(id: string): Promise<undefined> {
    const entry = this.kept.get(id);
    if (entry !== undefined) entry.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    for (const [id, { payload }] of this.kept) if (payload.uid === uid) return this.find(id);
    return undefined;
  }

  async revokeByGrantId(grantId: string): Promise<undefined> {
    for (const [id, { payload }] of this.kept) if (payload.grantId === grantId) this.kept.delete(id);
  }

  // User codes belong to the device flow, which this provider does not offer.
  async findByUserCode(): Promise<undefined> {}
}
