import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** Types of intake's routes for libs/client. */
export async function clientTypes(openApi: object): Promise<string> {
  const types = astToString(await openapiTS(structuredClone(openApi) as OpenAPI3));
  return `// Generated from docs/reference/openapi.json by \`npm run generate\`; do not edit.\n${types}`;
}
