import { FORCE_MESSAGES, Refusal, type ForceMessageKind } from '#contracts';
import type { PoolClient } from '#persistence';
import { decide, FINAL_STATES, INITIAL_STATE, type State } from '#requests';
import { correctedPayload, refuseLateReopening, replaceFields } from '#unit';
import { isVersionRead, versionChanged } from '#web';
import type { ForceRegister } from '../../registers/force.register.ts';
import { onlyAnAgreedForceMayReopen } from '../../registers/know-agreements/agreement.store.ts';
import type { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';
import type { ForceMessage } from './force-message.ts';
import { PAYLOAD_TO_CORRECT } from './force-message.sql.ts';
import type { KnownRequest } from './known-request.ts';

type Payload = Readonly<Record<string, unknown>>;

/** The registers that messages are checked against, beside the request. */
export interface JudgingContext {
  readonly types: RequestTypeDirectory;
  readonly forces: ForceRegister;
}

/** The result of checking a message: the payload after a correction. */
export interface Judgement {
  readonly correctedPayload?: Payload;
}

type Rule<Kind extends ForceMessageKind> = (
  client: PoolClient,
  context: JudgingContext,
  request: KnownRequest,
  message: ForceMessage<Kind>,
) => Promise<Judgement | void>;

/** The rules of single kinds. The life cycle is checked before them for every change. */
const RULES: { readonly [Kind in ForceMessageKind]?: Rule<Kind> } = {
  reply: refuseUselessReply,
  correct: judgeCorrection,
  reopen: refuseUselessReopening,
};

/**
 * Throws the Refusal of a message that the unit would certainly refuse, judging by intake's copy of the
 * request. The caller has locked the request.
 */
export async function judgeMessage(
  client: PoolClient,
  context: JudgingContext,
  request: KnownRequest,
  message: ForceMessage,
): Promise<Judgement> {
  const { kind, requestId, version } = message;
  if (version !== undefined && !isVersionRead(request.sequence, version))
    throw versionChanged(request.sequence);
  if (FORCE_MESSAGES[kind].isChange) refuseLateChange(request, kind, requestId);
  const rule = RULES[kind] as Rule<ForceMessageKind> | undefined;
  return (await rule?.(client, context, request, message)) ?? {};
}

/** Returns the state at the unit: an accepted request is in its queue before the unit reads the message. */
const stateAtUnit = ({ state }: KnownRequest): State => (state === 'accepted' ? INITIAL_STATE : state);

function refuseLateChange(request: KnownRequest, kind: ForceMessageKind, requestId: string): void {
  // The commands of a force are the same in every mode of decision.
  const known = { state: stateAtUnit(request), assignee: null, proposer: null };
  const decision = decide(known, FORCE_MESSAGES[kind].command, 'one-person', { role: 'force' });
  if (!decision.ok) throw new Refusal('not-in-this-state', decision.why, { requestId, state: request.state });
  if (request.moving)
    throw new Refusal(
      'not-in-this-state',
      'The unit has not yet decided on an earlier withdrawal or reopening of this request. Wait for its decision.',
      { requestId },
    );
}

/**
 * Any open request accepts a reply: a force may read a question over Kafka before intake has projected it,
 * and a refusal would use up the message id. If no question is open, the unit keeps the reply as a note. For
 * the same reason the unit also judges a `questionVersion` that is later than intake knows.
 */
async function refuseUselessReply(
  _client: PoolClient,
  _context: JudgingContext,
  { state, sequence, askedVersion, replied }: KnownRequest,
  { requestId, fields: { questionVersion } }: ForceMessage<'reply'>,
): Promise<void> {
  if (questionVersion !== undefined && askedVersion !== null && questionVersion < askedVersion)
    throw versionChanged(sequence);
  if (FINAL_STATES.some((final) => final === state))
    throw new Refusal(
      'not-in-this-state',
      `The request is ${state}, so nobody would read the reply. The reply was not stored.`,
      {
        requestId,
      },
    );
  if (state === 'waiting-for-force' && replied)
    throw new Refusal(
      'not-in-this-state',
      'The question already has a reply that the unit has not processed yet. Wait for its next event.',
      { requestId },
    );
}

/**
 * Judges a correction by the payload after all corrections that are on their way; the unit judges it again.
 */
async function judgeCorrection(
  client: PoolClient,
  { types }: JudgingContext,
  request: KnownRequest,
  { force, requestId, fields }: ForceMessage<'correct'>,
): Promise<Judgement> {
  const type = types.find(request.type, request.typeVersion);
  if (!type)
    throw new Refusal(
      'not-correctable',
      'The type of this request is no longer in use, so it cannot be corrected. Add information instead.',
      { requestId },
    );
  const { rows } = await client.query<{ payload: Payload; underWay: readonly Payload[] }>({
    name: 'payload-to-correct',
    text: PAYLOAD_TO_CORRECT,
    values: [force, requestId],
  });
  const { payload, underWay } = rows[0] as (typeof rows)[0];
  const current = underWay.reduce<Payload>(replaceFields, payload);
  const state = stateAtUnit(request);
  return {
    correctedPayload: correctedPayload(
      type.definition,
      type.check,
      { state, payload: current },
      fields.payload,
    ),
  };
}

async function refuseUselessReopening(
  client: PoolClient,
  { forces }: JudgingContext,
  { reopenUntil, at, destination, unit }: KnownRequest,
  { force }: ForceMessage<'reopen'>,
): Promise<void> {
  refuseLateReopening(reopenUntil, at);
  if (destination === 'unit') await onlyAnAgreedForceMayReopen(client, forces.named(force), unit);
}
