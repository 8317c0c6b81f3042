/** The parts of the desk that this repository's own tools use. */
export { DESK_MIGRATIONS } from './schema/desk.migrations.ts';
