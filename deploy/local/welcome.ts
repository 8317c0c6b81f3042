import { join, relative } from 'node:path';
import type { Reporter } from './reporter.ts';
import type { Stack } from './stack.ts';
import { SIMULATED_POSTS } from './identity-provider-people.ts';

/**
 * Writes what a newcomer needs when everything is ready: addresses, sign-ins, one request to try, and where
 * data is.
 */
export function welcome(
  { run, runFile }: Pick<Stack, 'run' | 'runFile'>,
  { seconds, styled }: { seconds: number; styled: Reporter['styled'] },
): string {
  const [forceSlug = ''] = Object.keys(run.forces);
  const force = run.forces[forceSlug];
  const roles = [
    ...new Set(Object.keys(run.staff).map((clientId) => clientId.slice(clientId.indexOf('.') + 1))),
  ].filter((role) => SIMULATED_POSTS.every(({ suffix }) => suffix !== role));
  const [unit = ''] = Object.keys(run.urls.units);
  const option =
    runFile === join(process.cwd(), '.data/run.json') ? '' : ` --run ${relative(process.cwd(), runFile)}`;
  const lines = [
    '',
    styled(`Ready after ${seconds.toFixed(1)} s.`, 'bold'),
    '',
    `  ${styled('Staff desk', 'bold')}         ${styled(run.urls.desk, 'bold')}  (sign in as ${unit}.caseworker, press “Get next”)`,
    `  Intake (forces)    ${run.urls.intake}/v1/requests`,
    `                     ${run.urls.intake}/docs  (every route with examples; /openapi.json, /asyncapi.json)`,
    ...Object.entries(run.urls.units).map(
      ([slug, url], index) =>
        `  ${index === 0 ? 'Units (staff)      ' : '                   '}${url}  ${slug}`,
    ),
    `  Agreements         ${run.urls.collaboration}`,
    `  Identity provider  ${run.urls.identity}`,
    `  Kafka              ${run.kafka.brokers.join(',')}  (SCRAM-SHA-512; users and passwords in ${relative(process.cwd(), runFile)})`,
    '',
    `  Sign-ins, for demonstration only (\`npm run -s token -- NAME${option}\` prints an access token):`,
    `    forces   ${Object.values(run.forces)
      .map(({ clientId }) => clientId)
      .join(', ')}`,
    ...Object.values(run.sandboxes).map(
      ({ clientId }) =>
        `    sandbox  ${clientId}: answered automatically, without a unit (docs/how-to/try-the-sandbox.md)`,
    ),
    `    staff    <unit>.<role>, such as ${unit}.${roles[0] ?? ''}; roles: ${roles.join(', ')}`,
    '',
    '  Send a first request as a force, by command or by curl:',
    `    npm run -s concordat -- submit --as ${forceSlug}${option} -f deploy/local/first-request.json`,
    `    npm run -s concordat -- watch --as ${forceSlug}${option} FIRST-1`,
    `    curl -si ${run.urls.intake}/v1/requests -H "Authorization: Bearer $(npm run -s token -- ${force?.clientId ?? ''}${option})" \\`,
    '      -H "Content-Type: application/json" -H "Idempotency-Key: first-1" -d @deploy/local/first-request.json',
    '',
    `  Logs: ${relative(process.cwd(), run.logs)}/<service>.log (or start with --logs). Requests survive a restart; \`rm -rf ${relative(process.cwd(), run.logs.replace(/\/logs$/, ''))}\` deletes everything.`,
    '  Ctrl-C finishes running work and stops.',
    '',
  ];
  return lines.join('\n');
}
