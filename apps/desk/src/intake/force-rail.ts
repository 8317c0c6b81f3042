import type { Request } from '#client';
import type { RailItem } from '../layout/page.ts';
import type { IntakeDesk } from './intake-desk.ts';
import { UnitAway, type Session } from '../units/unit-desks.ts';

export type RailPart = { readonly heading?: string; readonly items: readonly RailItem[] };

const WAITING = 'waiting-for-force' satisfies Request['state'];
const WAITING_FOR_US = `/force?state=${WAITING}`;

/** The menu of a force's own person; empty for everybody else. */
export async function forceRail(intake: IntakeDesk, session: Session, heading: boolean): Promise<RailPart[]> {
  if (session.person?.force === undefined) return [];
  const counts = await intake
    .ask(session, (client) => client.counts())
    .catch((error: unknown) => {
      if (error instanceof UnitAway) return undefined;
      throw error;
    });
  const items: RailItem[] = [
    {
      ...{ key: 'force-waiting', text: 'Waiting for us', href: WAITING_FOR_US, current: false },
      ...(counts && { count: counts[WAITING] ?? 0 }),
    },
    { key: 'force-all', text: 'Our requests', href: '/force', current: false },
    { key: 'force-new', text: 'New request', href: '/force/new', current: false },
  ];
  return [{ ...(heading && { heading: 'My force' }), items }];
}
