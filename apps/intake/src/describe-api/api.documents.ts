/** The two documents as they go out: made once at start, for they say nothing that changes while the service runs. */
export class ApiDocuments {
  readonly openApi: Buffer;
  readonly asyncApi: Buffer;

  constructor(documents: { readonly openApi: object; readonly asyncApi: object }) {
    this.openApi = Buffer.from(JSON.stringify(documents.openApi));
    this.asyncApi = Buffer.from(JSON.stringify(documents.asyncApi));
  }
}
