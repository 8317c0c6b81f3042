import { OneOf, PayloadCheck, Refusal, Text, type FieldError } from '#contracts';
import { isUuid } from '#kernel';
import { Odometer } from '../vehicle.fields.ts';

export type NewCorrection =
  | { readonly kind: 'strike-out'; readonly reading: string; readonly reason: string }
  | { readonly kind: 'new-instrument'; readonly miles: number; readonly reason: string };

class CorrectionBody {
  @OneOf(['strike-out', 'new-instrument']) kind!: NewCorrection['kind'];
  @Text({ max: 36, optional: true, help: 'With strike-out: the id of the reading that is wrong' })
  reading?: string;
  @Odometer('With new-instrument: what the new instrument shows', { optional: true }) miles?: number;
  @Text({ max: 2000, personal: true, help: 'Why: whoever confirms it decides by this' }) reason!: string;
}
class RefusalBody {
  @Text({ max: 2000, personal: true }) reason!: string;
}
class EmptyBody {}

const correction = new PayloadCheck(CorrectionBody);
const refusal = new PayloadCheck(RefusalBody);
const empty = new PayloadCheck(EmptyBody);

export function readNewCorrection(body: unknown): NewCorrection {
  refuse(correction.faults(body, ''), 'The correction does not fit.');
  const { kind, reading, miles, reason } = body as CorrectionBody;
  const faults: FieldError[] = [];
  const must = (holds: boolean, field: string, detail: string): void => {
    if (!holds) faults.push({ pointer: `/${field}`, code: 'DoesNotFitItsKind', detail });
  };
  if (kind === 'strike-out') {
    must(
      reading !== undefined && isUuid(reading),
      'reading',
      'Give the id of the reading, as GET of the vehicle shows it',
    );
    must(
      miles === undefined,
      'miles',
      'Leave it out: a strike-out puts no other reading in the place of the wrong one',
    );
  } else {
    must(miles !== undefined, 'miles', 'Say what the new instrument shows');
    must(
      reading === undefined,
      'reading',
      'Leave it out: the readings of the old instrument stay as they are',
    );
  }
  refuse(faults, `The correction does not fit ${kind}.`);
  return kind === 'strike-out'
    ? { kind, reading: reading as string, reason }
    : { kind, miles: miles as number, reason };
}

export function readRefusal(body: unknown): string {
  refuse(refusal.faults(body, ''), 'Say why the correction is refused.');
  return (body as RefusalBody).reason;
}

export function readEmptyBody(body: unknown): void {
  refuse(empty.faults(body ?? {}, ''), 'This takes an empty body.');
}

function refuse(errors: readonly FieldError[], detail: string): void {
  if (errors.length > 0) throw new Refusal('invalid-request', detail, { errors });
}
