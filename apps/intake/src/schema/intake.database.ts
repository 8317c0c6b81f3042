import { Database } from '#persistence';

/**
 * Every join here is from a bounded list into an index. A plan made while a table was still small would scan it, and a
 * prepared statement keeps its plan: at 20,000 rows a second the table is large before statistics are next gathered.
 */
const PLANNER = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off';

export function openIntakeDatabase(url: string): Promise<Database> {
  const withPlanner = new URL(url);
  withPlanner.searchParams.set('options', PLANNER);
  return Database.open({ url: withPlanner.href, applicationName: 'concordat-intake', poolMax: 12 });
}
