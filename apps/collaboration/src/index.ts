/** Everything of collaboration that the tools may use. */
export { collaborationConfig } from './collaboration.config.ts';
export { COLLABORATION_MIGRATIONS } from './schema/collaboration.migrations.ts';
