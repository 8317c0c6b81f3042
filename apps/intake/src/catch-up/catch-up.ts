import { expectMessage, type Envelope, type SubmittedRequest } from '#contracts';
import { contentHash } from '#kernel';
import { readDelivery, type ReceivedMessage } from '#messaging';
import type { Database } from '#persistence';
import type { RequestTypeDirectory } from '../registers/request-types/request-type.directory.ts';
import { RESTORE_SUBMISSIONS } from './restore-submissions.sql.ts';

/** The result of a catch-up, and the work that is left for people. */
export interface CatchUpResult {
  /** Requests that were lost and are restored, with the ids that their forces know. */
  readonly arrived: number;
  /**
   * Ids of requests whose reference now belongs to another id, because a force sent the request again before
   * this ran.
   */
  readonly underAnotherId: readonly string[];
}

/**
 * Restores requests from the units' topics after a database was restored to an earlier moment. Each request
 * gets the id that its force knows. A second run changes nothing.
 */
export class CatchUp {
  private arrived = 0;
  private readonly underAnotherId: string[] = [];

  constructor(
    private readonly database: Database,
    private readonly types: RequestTypeDirectory,
  ) {}

  /** Restores the requests of one batch of a unit's topic. */
  async takeSubmitted(unit: string, messages: readonly ReceivedMessage[]): Promise<void> {
    // The relay repeats a message if it is not sure, so a batch may hold it twice.
    const submitted = [
      ...new Map(
        messages.flatMap(readable).map((one) => [`${one.owningForce} ${one.value.requestId}`, one]),
      ).values(),
    ];
    if (submitted.length === 0) return;
    const forces = [...new Set(submitted.map(({ owningForce }) => owningForce as string))];
    const rows = submitted.map(({ owningForce, traceparent, value }, n) =>
      this.rowOf(n, owningForce as string, unit, value, traceparent),
    );
    const { rows: lost } = await this.database.transaction(forces, (client) =>
      client.query<{ id: string; here: boolean }>({
        name: 'restore-submissions',
        text: RESTORE_SUBMISSIONS,
        values: [JSON.stringify(rows)],
      }),
    );
    this.arrived += lost.filter(({ here }) => here).length;
    this.underAnotherId.push(...lost.filter(({ here }) => !here).map(({ id }) => id));
  }

  report(): CatchUpResult {
    return { arrived: this.arrived, underAnotherId: this.underAnotherId };
  }

  private rowOf(
    n: number,
    force: string,
    unit: string,
    value: SubmittedRequest,
    trace: string | undefined,
  ): object {
    const {
      requestId,
      type,
      version,
      forceReference: reference,
      payload,
      receivedAt,
      channel,
      submittedBy,
      agreementId,
    } = value;
    return {
      ...{
        n,
        force,
        id: requestId,
        reference,
        type,
        version,
        unit,
        channel,
        payload,
        data: value,
        trace: trace ?? null,
      },
      ...{
        hash: contentHash({ type, reference, payload }),
        submitter: submittedBy,
        agreement: agreementId,
        received: receivedAt,
      },
      logged: this.types.mayBeLawEnforcement({ type }),
    };
  }
}

/** Replies and later changes have no row here: the unit processes them again. */
function readable(message: ReceivedMessage): Envelope<SubmittedRequest>[] {
  try {
    const { envelope } = readDelivery(message);
    const known = expectMessage(envelope, ['concordat.request-submitted.v1']);
    return known.owningForce === undefined ? [] : [known];
  } catch {
    return [];
  }
}
