import { Refusal } from '#contracts';
import type { Force } from '#kernel';

/** The forces of this deployment, by slug. */
export class ForceRegister {
  private readonly bySlug: ReadonlyMap<string, Force>;

  constructor(forces: readonly Force[]) {
    this.bySlug = new Map(forces.map((force) => [force.slug, force]));
  }

  get slugs(): string[] {
    return [...this.bySlug.keys()];
  }

  /**
   * Returns the force of a credential or topic. Refuses a credential of a force that this deployment does not
   * serve.
   */
  named(slug: string): Force {
    const force = this.bySlug.get(slug);
    if (!force)
      throw new Refusal(
        'not-allowed',
        'This deployment does not serve the force that your credential names.',
      );
    return force;
  }
}
