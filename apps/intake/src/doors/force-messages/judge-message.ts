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

/** What messages are judged by, beside the request. */
export interface JudgingContext {
  readonly types: RequestTypeDirectory;
  readonly forces: ForceRegister;
}

/** Found out while a message was judged: the payload that a correction leads to. */
export interface Judgement {
  readonly correctedPayload?: Payload;
}

type Rule<Kind extends ForceMessageKind> = (
  client: PoolClient,
  context: JudgingContext,
  request: KnownRequest,
  message: ForceMessage<Kind>,
) => Promise<Judgement | void>;

/** Rules of single kinds. The life cycle holds for every change before them. */
const RULES: { readonly [Kind in ForceMessageKind]?: Rule<Kind> } = {
  reply: refuseVainReply,
  correct: judgeCorrection,
  reopen: refuseVainReopening,
};

/**
 * Throws the Refusal of a message that the unit would certainly refuse, by what intake knows of the request. The
 * caller has locked the request.
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

/** The state at the unit: it has an accepted request in its queue before it reads the message. */
const stateAtUnit = ({ state }: KnownRequest): State => (state === 'accepted' ? INITIAL_STATE : state);

function refuseLateChange(request: KnownRequest, kind: ForceMessageKind, requestId: string): void {
  // A force may do the same in every mode of decision.
  const known = { state: stateAtUnit(request), assignee: null, proposer: null };
  const decision = decide(known, FORCE_MESSAGES[kind].command, 'one-person', { role: 'force' });
  if (!decision.ok) throw new Refusal('not-in-this-state', decision.why, { requestId, state: request.state });
  if (request.moving)
    throw new Refusal(
      'not-in-this-state',
      'A withdrawal or a reopening is on its way already; the unit has not answered yet.',
      { requestId },
    );
}

/**
 * Any open request takes a reply: a force may read a question over Kafka before intake has projected it, and a
 * refusal would use up the message id. If no question is open, the unit keeps the reply as a note. The unit also
 * judges a `questionVersion` that is later than intake knows, for the same reason.
 */
async function refuseVainReply(
  _client: PoolClient,
  _context: JudgingContext,
  { state, sequence, askedVersion, replied }: KnownRequest,
  { requestId, fields: { questionVersion } }: ForceMessage<'reply'>,
): Promise<void> {
  if (questionVersion !== undefined && askedVersion !== null && questionVersion < askedVersion)
    throw versionChanged(sequence);
  if (FINAL_STATES.some((final) => final === state))
    throw new Refusal('not-in-this-state', `Nobody would read the reply: the request is ${state}.`, {
      requestId,
    });
  if (state === 'waiting-for-force' && replied)
    throw new Refusal(
      'not-in-this-state',
      'The question has a reply already; the unit has not taken it yet.',
      { requestId },
    );
}

/** Judges a correction by the payload that the corrections under way lead to; the unit judges again. */
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
      'The type of this request is no longer taken: add information instead.',
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

async function refuseVainReopening(
  client: PoolClient,
  { forces }: JudgingContext,
  { reopenUntil, at, destination, unit }: KnownRequest,
  { force }: ForceMessage<'reopen'>,
): Promise<void> {
  refuseLateReopening(reopenUntil, at);
  if (destination === 'unit') await onlyAnAgreedForceMayReopen(client, forces.named(force), unit);
}
