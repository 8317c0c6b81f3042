import type { UnitDefinition } from '#unit';
import type { OpenApiDocument } from '#web';
import { intakeAsyncApi } from './intake.async-api.ts';
import { intakeOpenApi } from './intake.open-api.ts';

/**
 * All descriptions of intake, made without starting it. They are served, and kept in docs/reference for
 * review.
 */
export function intakeDocuments(definitions: readonly UnitDefinition[]): {
  openApi: OpenApiDocument;
  asyncApi: object;
} {
  return { openApi: intakeOpenApi(definitions), asyncApi: intakeAsyncApi(definitions) };
}
