import { OneOf, PayloadCheck, Refusal, Text, type FieldError } from '#contracts';
import { isUuid } from '#kernel';
import { Odometer } from '../vehicle.fields.ts';

export type NewCorrection =
  | { readonly kind: 'strike-out'; readonly reading: string; readonly reason: string }
  | { readonly kind: 'new-instrument'; readonly miles: number; readonly reason: string };

class CorrectionBody {
  @OneOf(['strike-out', 'new-instrument']) kind!: NewCorrection['kind'];
  @Text({ max: 36, optional: true, help: 'Needed for strike-out: the id of the wrong reading' })
  reading?: string;
  @Odometer('Needed for new-instrument: the miles that the new instrument shows', { optional: true })
  miles?: number;
  @Text({
    max: 2000,
    personal: true,
    help: 'Why the correction is needed. The person who confirms it reads this.',
  })
  reason!: string;
}
class RefusalBody {
  @Text({ max: 2000, personal: true }) reason!: string;
}
class EmptyBody {}

const correction = new PayloadCheck(CorrectionBody);
const refusal = new PayloadCheck(RefusalBody);
const empty = new PayloadCheck(EmptyBody);

export const CORRECTION_BODY = correction.schema;
export const REFUSAL_BODY = refusal.schema;
export const EMPTY_BODY = empty.schema;

export function readNewCorrection(body: unknown): NewCorrection {
  refuse(correction.faults(body, ''), 'The correction has wrong or missing fields.');
  const { kind, reading, miles, reason } = body as CorrectionBody;
  const faults: FieldError[] = [];
  const check = (holds: boolean, field: string, detail: string): void => {
    if (!holds) faults.push({ pointer: `/${field}`, code: 'DoesNotFitItsKind', detail });
  };
  if (kind === 'strike-out') {
    check(
      reading !== undefined && isUuid(reading),
      'reading',
      'Give the id of the reading. GET /v1/vehicles/{force}/{vrm} lists the readings.',
    );
    check(
      miles === undefined,
      'miles',
      'Leave this field out: a strike-out does not replace the wrong reading',
    );
  } else {
    check(miles !== undefined, 'miles', 'Give the miles that the new instrument shows');
    check(
      reading === undefined,
      'reading',
      'Leave this field out: the readings of the old instrument do not change',
    );
  }
  refuse(faults, `The fields do not fit a correction of the kind ${kind}.`);
  return kind === 'strike-out'
    ? { kind, reading: reading as string, reason }
    : { kind, miles: miles as number, reason };
}

export function readRefusal(body: unknown): string {
  refuse(refusal.faults(body, ''), 'Give the reason for refusing the correction.');
  return (body as RefusalBody).reason;
}

export function readEmptyBody(body: unknown): void {
  refuse(empty.faults(body ?? {}, ''), 'Send an empty body.');
}

function refuse(errors: readonly FieldError[], detail: string): void {
  if (errors.length > 0) throw new Refusal('invalid-request', detail, { errors });
}
