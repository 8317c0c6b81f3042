import { FORCE_MESSAGE_KINDS, FORCE_MESSAGES } from '#contracts';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** Generates the types of intake's routes for libs/client, and the route of each message of a force. */
export async function clientTypes(openApi: object): Promise<string> {
  const types = astToString(await openapiTS(structuredClone(openApi) as OpenAPI3));
  const paths = FORCE_MESSAGE_KINDS.map(
    (kind) => `${kind}: '/v1/requests/{id}/${FORCE_MESSAGES[kind].path}',`,
  );
  return [
    '// Generated from docs/reference/openapi.json by `npm run generate`; do not edit.',
    types,
    '/** The route of each kind of message that a force may send about a request after it submitted it. */',
    `export const FORCE_MESSAGE_PATHS = { ${paths.join(' ')} } as const;\n`,
  ].join('\n');
}
