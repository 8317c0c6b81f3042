import { Refusal, type ProblemDetails } from '#contracts';
import { contentHash, newId, type Force } from '#kernel';
import type { Database } from '#persistence';
import { noAgreement } from '../registers/know-agreements/agreement.store.ts';
import { keepRefusals, referenceIn, type RefusedSubmission } from './keep-refusals/refusal.store.ts';
import { logConsultations } from '../answers/read-request/consultations.ts';
import { readRequest, type RequestView } from '../answers/read-request/request.view.ts';
import type { RequestTypeDirectory } from '../registers/request-types/request-type.directory.ts';
import { viewOfNew } from './new-request.view.ts';
import { refusingLostRaces } from './races.ts';
import { SharedCommits } from './shared-commits.ts';
import { conflictOf, keyReused } from './store-refusals.ts';
import type { StoreOutcome, SubmissionStore } from './submission.store.ts';
import { checkSubmission, claimsOf, type StorableSubmission } from './submission.ts';

/**
 * The result of a single submission: stored now, stored before under this key, or known under another key.
 */
export interface SubmitResult {
  readonly taken: 'created' | 'replayed' | 'known';
  readonly view: RequestView;
}

export interface SubmitCommand {
  readonly force: Force;
  readonly key: string;
  readonly submittedBy: string;
  readonly traceparent: string;
  readonly body: unknown;
}

/**
 * Refusals with these codes are kept although REST has answered the sender: they are evidence, not typing
 * errors.
 */
const KEPT_CODES: readonly string[] = [
  'never-shared',
  'no-agreement',
  'reference-conflict',
  'idempotency-key-reused',
];

/** Stores single submissions that come over REST. Many of them share one commit. */
export class SubmitRequest {
  private readonly commits: SharedCommits<StorableSubmission, StoreOutcome>;

  constructor(
    private readonly database: Database,
    private readonly types: RequestTypeDirectory,
    store: SubmissionStore,
    private readonly onStored: (force: string) => void,
  ) {
    this.commits = new SharedCommits({
      commit: (items) => store.store(items),
      claimsOf,
      ownerOf: ({ force }) => force,
    });
  }

  /**
   * Resolves after the commit. Throws a Refusal if the submission is not accepted; then nothing of it was
   * stored.
   */
  async submit(command: SubmitCommand): Promise<SubmitResult> {
    try {
      return await this.take(command);
    } catch (error) {
      if (error instanceof Refusal && KEPT_CODES.includes(error.code))
        await this.keep(command, error.problem);
      throw error;
    }
  }

  drained(): Promise<void> {
    return this.commits.drained();
  }

  private async take({ force, key, submittedBy, traceparent, body }: SubmitCommand): Promise<SubmitResult> {
    const checked = checkSubmission(this.types, force, 'rest', body);
    const item: StorableSubmission = {
      id: newId(),
      force: force.slug,
      channel: 'rest',
      key,
      submittedBy,
      traceparent,
      checked,
    };
    const stored = await refusingLostRaces(this.commits.submit(item));
    switch (stored.outcome) {
      case 'created':
        this.onStored(force.slug);
        return { taken: 'created', view: viewOfNew(item, stored.agreementId, stored.receivedAt) };
      case 'replay':
        return { taken: 'replayed', view: await this.view(item, stored.requestId) };
      case 'known':
        return { taken: 'known', view: await this.view(item, stored.requestId) };
      case 'reference-conflict':
        throw conflictOf(item, stored);
      case 'key-reused':
        throw keyReused('rest', key);
      case 'no-agreement':
        throw await this.database.transaction([force.slug], (client) =>
          noAgreement(client, force, checked.type.unit),
        );
    }
  }

  private async view(
    { force, key, submittedBy }: StorableSubmission,
    id: string | null,
  ): Promise<RequestView> {
    // The key was used for something else than a submission: a reply.
    if (id === null) throw keyReused('rest', key);
    return this.database.transaction([force], async (client) => {
      const view = await readRequest(client, this.types, force, id);
      if (!view) throw new Error('a stored request no longer exists');
      await logConsultations(client, this.types, { force, client: submittedBy }, [view]);
      return view;
    });
  }

  private async keep(
    { force, key, body, traceparent, submittedBy }: SubmitCommand,
    problem: ProblemDetails,
  ): Promise<void> {
    const refusal: RefusedSubmission = {
      channel: 'rest',
      problem,
      repeatKey: `rest ${key} ${contentHash(body)} ${problem.code}`,
      reference: referenceIn(body),
      messageId: key,
      receiptHash: null,
      body,
      traceparent,
      submittedBy,
      lawEnforcement: this.types.mayBeLawEnforcement(body),
    };
    await this.database.transaction([force.slug], (client) => keepRefusals(client, force.slug, [refusal]));
  }
}
