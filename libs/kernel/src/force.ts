import { FORCE_SLUG_MAX, isSlug } from './names.ts';

/** A police force that owns records. Topics, tokens and rows carry its slug. */
export interface Force {
  /** Lower-case letters, digits and hyphens. Topic names, roles and row security settings contain it. */
  readonly slug: string;
  readonly name: string;
  /** Home Office police force code, the first part of a crime reference. */
  readonly code: string;
  /** A sandbox force may send everything that a real force may, but its requests never reach a real queue. */
  readonly sandbox: boolean;
}

/**
 * The alliance's three forces, with the codes of Home Office police force areas (docs/glossary.md cites the
 * source).
 */
export const ALLIANCE: readonly Force[] = [
  { slug: 'bedfordshire', name: 'Bedfordshire Police', code: '40', sandbox: false },
  { slug: 'cambridgeshire', name: 'Cambridgeshire Constabulary', code: '35', sandbox: false },
  { slug: 'hertfordshire', name: 'Hertfordshire Constabulary', code: '41', sandbox: false },
];

/**
 * The force that developers test their systems with. It is not a police force, and no police force area has
 * its code.
 */
const SANDBOX: Force = { slug: 'testshire', name: 'Testshire (sandbox)', code: '00', sandbox: true };

/** Owner of what arrived without a readable force; dead letters alone have it. */
export const UNATTRIBUTED = 'unattributed';

/**
 * Returns the forces of this deployment: the alliance's three, or those in `CONCORDAT_FORCES`, given as
 * `slug|name|code` entries separated by `;`, so that a force can be added without a code change.
 */
export function forcesFrom(environment: Readonly<Record<string, string | undefined>>): readonly Force[] {
  const configured = environment['CONCORDAT_FORCES']?.trim();
  if (!configured) return ALLIANCE;
  return configured.split(';').map((entry) => {
    const [slug = '', name = '', code = ''] = entry.split('|').map((part) => part.trim());
    if (!isSlug(slug) || slug.length > FORCE_SLUG_MAX || !name || !/^\d{2}$/.test(code)) {
      throw new Error(`CONCORDAT_FORCES: "${entry}" must have the form slug|name|two-digit code`);
    }
    if (slug === SANDBOX.slug)
      throw new Error(`CONCORDAT_FORCES: ${slug} is the name of the sandbox; choose another slug`);
    return { slug, name, code, sandbox: false };
  });
}

/** Returns the sandbox; none if `CONCORDAT_SANDBOX` is `off`. */
export function sandboxesFrom(environment: Readonly<Record<string, string | undefined>>): readonly Force[] {
  const configured = environment['CONCORDAT_SANDBOX']?.trim();
  if (configured === 'off') return [];
  if (configured && configured !== 'on') throw new Error('CONCORDAT_SANDBOX must be on or off');
  return [SANDBOX];
}
