import { FORCE_SLUG_MAX, isSlug } from './names.ts';

/** A police force that owns records. The slug is what topics, tokens and rows carry. */
export interface Force {
  /** Lower-case letters, digits and hyphens; stands in topic names, roles and row security settings. */
  readonly slug: string;
  readonly name: string;
  /** Home Office police force code, the first part of a crime reference. */
  readonly code: string;
  /** A sandbox force may send everything a real one may, and never reaches a real queue. */
  readonly sandbox: boolean;
}

/** Codes: Home Office police force areas (the alliance's three forces; docs/glossary.md cites the source). */
export const ALLIANCE: readonly Force[] = [
  { slug: 'bedfordshire', name: 'Bedfordshire Police', code: '40', sandbox: false },
  { slug: 'cambridgeshire', name: 'Cambridgeshire Constabulary', code: '35', sandbox: false },
  { slug: 'hertfordshire', name: 'Hertfordshire Constabulary', code: '41', sandbox: false },
];

/** Where a force's developers try their systems. It is no police force, and no police force area has its code. */
const SANDBOX: Force = { slug: 'testshire', name: 'Testshire (sandbox)', code: '00', sandbox: true };

/** Owner of what arrived without a readable force; dead letters alone have it. */
export const UNATTRIBUTED = 'unattributed';

/**
 * The forces this deployment serves: the alliance's three, or what `CONCORDAT_FORCES` names as
 * `slug|name|code` entries separated by `;` (so that a force can be added without a code change).
 */
export function forcesFrom(environment: Readonly<Record<string, string | undefined>>): readonly Force[] {
  const configured = environment['CONCORDAT_FORCES']?.trim();
  if (!configured) return ALLIANCE;
  return configured.split(';').map((entry) => {
    const [slug = '', name = '', code = ''] = entry.split('|').map((part) => part.trim());
    if (!isSlug(slug) || slug.length > FORCE_SLUG_MAX || !name || !/^\d{2}$/.test(code)) {
      throw new Error(`CONCORDAT_FORCES: "${entry}" is not slug|name|two-digit code`);
    }
    if (slug === SANDBOX.slug)
      throw new Error(`CONCORDAT_FORCES: ${slug} is the sandbox, which no force can be`);
    return { slug, name, code, sandbox: false };
  });
}

/** The sandbox beside the forces; none where `CONCORDAT_SANDBOX` is `off`. */
export function sandboxesFrom(environment: Readonly<Record<string, string | undefined>>): readonly Force[] {
  const configured = environment['CONCORDAT_SANDBOX']?.trim();
  if (configured === 'off') return [];
  if (configured && configured !== 'on') throw new Error('CONCORDAT_SANDBOX is neither on nor off');
  return [SANDBOX];
}
