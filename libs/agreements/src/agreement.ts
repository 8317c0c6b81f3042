import type { AgreementStatus, Catalogue } from './catalogue.ts';

/** A chief officer's recorded delegation: the person, the request types, and the first day. */
export interface Delegation {
  readonly force: string;
  /** The subject of the decision-maker's token. */
  readonly person: string;
  readonly requestTypes: readonly string[];
  readonly validFrom: string;
  readonly validTo?: string;
}

/** An agreement lets a unit do a function for its participants, from a day until a day. */
export interface Agreement {
  readonly agreementId: string;
  readonly functionId: string;
  readonly title: string;
  readonly unit: string;
  readonly participants: readonly string[];
  readonly status: AgreementStatus;
  readonly from: string;
  readonly to?: string;
  readonly demonstration: boolean;
  readonly delegations: readonly Delegation[];
}

/**
 * Derives one agreement for every function that has a unit, so that a new unit needs only a catalogue line.
 * Each participant delegates to the development identity `<unit>.decision-maker`.
 */
export function deriveAgreements(catalogue: Catalogue): Agreement[] {
  return catalogue.functions.flatMap((entry): Agreement[] => {
    const { unit } = entry;
    if (unit === undefined) return [];
    const terms = { ...catalogue.agreements, ...entry.agreement };
    const types = entry.delegated ?? [];
    return [
      {
        agreementId: `${terms.demonstration ? 'demonstration' : 'agreement'}.${unit}`,
        functionId: entry.id,
        title: `${terms.demonstration ? 'Demonstration agreement' : 'Agreement'}: ${entry.title}`,
        unit,
        participants: terms.participants,
        status: terms.status ?? 'live',
        from: terms.from,
        ...(terms.to !== undefined && { to: terms.to }),
        demonstration: terms.demonstration,
        delegations:
          types.length === 0
            ? []
            : terms.participants.map((force) => delegationOf(force, unit, types, terms.from)),
      },
    ];
  });
}

function delegationOf(
  force: string,
  unit: string,
  requestTypes: readonly string[],
  validFrom: string,
): Delegation {
  return { force, person: `${unit}.decision-maker`, requestTypes, validFrom };
}
