import { BASE_MIGRATIONS, ownTableSql, type Migration } from '#persistence';
import type { RecordMigration, UnitDefinition } from '../unit-definition.ts';
import { ADMINISTRATOR_ROLE } from './administrator-role.ts';
import { AGREEMENT_TABLES } from './agreement-tables.ts';
import { ARRIVAL_ORDER } from './arrival-order.ts';
import { BULK_CHANGES } from './bulk-changes.ts';
import { CHANGES_OF_MIND } from './changes-of-mind.ts';
import { CORRECTIONS } from './corrections.ts';
import { COUNTED_HOURS } from './counted-hours.ts';
import { FINISHED_ORDER } from './finished-order.ts';
import { FIRST_STATISTICS } from './first-statistics.ts';
import { MEMBER_TABLE } from './member-table.ts';
import { QUALITY_CHECKS } from './quality-checks.ts';
import { QUEUE_COUNTS } from './queue-counts.ts';
import { QUESTION_AND_REASON } from './question-and-reason.ts';
import { REQUEST_LINKS } from './request-links.ts';
import { REQUEST_TABLES } from './request-tables.ts';
import { SEARCH_TERMS } from './search-terms.ts';
import { SENT_EVENTS } from './sent-events.ts';

/**
 * The whole schema of a unit's service: tables of every service, tables of every unit, then the unit's own
 * records.
 */
export function unitMigrations(definition: UnitDefinition): readonly Migration[] {
  return [
    ...BASE_MIGRATIONS,
    REQUEST_TABLES,
    QUEUE_COUNTS,
    AGREEMENT_TABLES,
    FIRST_STATISTICS,
    MEMBER_TABLE,
    CHANGES_OF_MIND,
    CORRECTIONS,
    QUESTION_AND_REASON,
    SEARCH_TERMS,
    SENT_EVENTS,
    ARRIVAL_ORDER,
    ADMINISTRATOR_ROLE,
    BULK_CHANGES,
    FINISHED_ORDER,
    QUALITY_CHECKS,
    REQUEST_LINKS,
    COUNTED_HOURS,
    ...(definition.migrations ?? []).map((migration) => recordMigration(definition.slug, migration)),
  ];
}

/** The prefix keeps a unit's migration names apart from those of the unit library. */
function recordMigration(slug: string, { name, up, owned }: RecordMigration): Migration {
  return {
    name: `${slug}-${name}`,
    up: (role) => `${up}\n${owned.map((table) => ownTableSql(table, role)).join('\n')}`,
  };
}
