import { watchFile, unwatchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import { deriveAgreements, parseCatalogue, type Catalogue } from '#agreements';
import type { AgreementsPublisher } from './agreements.publisher.ts';

/** A person edits the file, so looking once a second is soon enough. */
const LOOK_EVERY_MS = 1_000;

/** Holds the current catalogue. It is read at start, when the file changes, and on SIGHUP. */
export class CatalogueWatch {
  private readonly log = new Logger('catalogue');
  private inForce: Catalogue | undefined;
  private reading: Promise<void> = Promise.resolve();
  private readonly onChange = (): void => void this.reload();

  constructor(
    private readonly path: string,
    private readonly publisher: AgreementsPublisher,
  ) {}

  get catalogue(): Catalogue {
    if (!this.inForce) throw new Error('the catalogue has not been read');
    return this.inForce;
  }

  /** Reads and publishes the catalogue, then follows changes of the file. Throws if the file is not valid. */
  async start(): Promise<void> {
    await this.read();
    watchFile(this.path, { interval: LOOK_EVERY_MS }, this.onChange);
    process.on('SIGHUP', this.onChange);
  }

  async stop(): Promise<void> {
    unwatchFile(this.path, this.onChange);
    process.off('SIGHUP', this.onChange);
    await this.reading;
  }

  /** Reads the file again. An invalid file is logged and changes nothing. */
  reload(): Promise<void> {
    this.reading = this.reading
      .then(() => this.read())
      .catch((error: unknown) =>
        this.log.error(`the catalogue was not taken, the one before stays: ${(error as Error).message}`),
      );
    return this.reading;
  }

  private async read(): Promise<void> {
    const catalogue = parseCatalogue(await readFile(this.path));
    const editions = await this.publisher.publish(deriveAgreements(catalogue));
    this.inForce = catalogue;
    for (const { agreement, edition } of editions) {
      this.log.log(`published ${agreement.agreementId}, edition ${edition}: ${agreement.status}`);
    }
  }
}
