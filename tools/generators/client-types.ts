import { FORCE_MESSAGE_KINDS, FORCE_MESSAGES } from '#contracts';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** Generates the types of intake's routes for libs/client, and the route of each message of a force. */
export async function intakeTypes(openApi: object): Promise<string> {
  const paths = FORCE_MESSAGE_KINDS.map(
    (kind) => `${kind}: '/v1/requests/{id}/${FORCE_MESSAGES[kind].path}',`,
  );
  return [
    await typesOf(openApi, 'docs/reference/openapi.json'),
    '/** The route of each kind of message that a force may send about a request after it submitted it. */',
    `export const FORCE_MESSAGE_PATHS = { ${paths.join(' ')} } as const;\n`,
  ].join('\n');
}

/** Generates the types of a document for libs/client. */
export async function typesOf(openApi: object, source: string): Promise<string> {
  return [
    `// Generated from ${source} by \`npm run generate\`; do not edit.`,
    astToString(await openapiTS(structuredClone(openApi) as OpenAPI3)),
  ].join('\n');
}
