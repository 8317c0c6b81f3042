/**
 * The two documents as they are served. They are made once at start, because nothing in them changes while
 * the service runs.
 */
export class ApiDocuments {
  readonly openApi: Buffer;
  readonly asyncApi: Buffer;

  constructor(documents: { readonly openApi: object; readonly asyncApi: object }) {
    this.openApi = Buffer.from(JSON.stringify(documents.openApi));
    this.asyncApi = Buffer.from(JSON.stringify(documents.asyncApi));
  }
}
