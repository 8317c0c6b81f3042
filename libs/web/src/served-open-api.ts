import type { OpenApiDocument } from './open-api.ts';

/** The document as it is served. It is made once at start, because nothing in it changes while it runs. */
export class ServedOpenApi {
  readonly title: string;
  readonly bytes: Buffer;

  constructor(document: OpenApiDocument) {
    this.title = document.info.title;
    this.bytes = Buffer.from(JSON.stringify(document));
  }
}
