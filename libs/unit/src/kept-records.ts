import type { FieldError } from '#contracts';
import type { PoolClient } from '#persistence';
import type {
  AnswerCaution,
  AnsweredRequest,
  ArrivedRequest,
  Fields,
  KeptRecords,
  RecordHooks,
  RelatedRequest,
  RequestType,
} from './unit-definition.ts';

/**
 * Names the records that a request type is kept in, and how the records read its payloads and answers. Types
 * with the same hooks share the records: the requests of a batch reach the hook in one call, even if their
 * types differ.
 */
export function keptIn<RP, RA, Added extends object, P, A>(
  hooks: RecordHooks<RP, RA, Added>,
  read: {
    readonly payload: (payload: NoInfer<P>) => NoInfer<RP>;
    readonly answer: (answer: NoInfer<A>, payload: NoInfer<P>) => NoInfer<RA>;
  },
): KeptRecords<P, A> {
  return { hooks, ...read };
}

/** The records of a unit. They give each request of a batch to the hooks of its type and version. */
export class UnitRecords {
  private readonly types: ReadonlyMap<string, RequestType>;

  constructor(types: readonly RequestType[]) {
    this.types = new Map(types.map((type) => [keyOf(type), type]));
  }

  /** True if any type judges answers by more than their fields. */
  get judgeAnswers(): boolean {
    return [...this.types.values()].some(
      ({ answerRules, answerFaults, records }) =>
        answerRules !== undefined || answerFaults !== undefined || records?.hooks.answerFaults !== undefined,
    );
  }

  /** True if any type writes answers into records. */
  get keepAnswers(): boolean {
    return [...this.types.values()].some(({ records }) => records?.hooks.onAnswer !== undefined);
  }

  async onArrival(client: PoolClient, requests: readonly ArrivedRequest[]): Promise<void> {
    for (const { hooks, places } of this.sharing(requests)) {
      const arrived = places.map((place) => this.readAs(requests[place] as ArrivedRequest));
      await hooks.onArrival?.(client, arrived);
    }
  }

  /** The faults of each answer: first those that its type finds, then those of the records. */
  async answerFaults(
    client: PoolClient,
    answered: readonly AnsweredRequest[],
  ): Promise<readonly (readonly FieldError[])[]> {
    const faults = answered.map(({ request, answer }) => {
      const type = this.typeOf(request);
      return type ? faultsByType(type, answer, request.payload) : [];
    });
    for (const { hooks, places } of this.sharing(answered.map(({ request }) => request))) {
      const found = await hooks.answerFaults?.(client, this.answersAt(answered, places));
      places.forEach((place, index) => faults[place]?.push(...(found?.[index] ?? [])));
    }
    return faults;
  }

  /** The fields that the records add to each answer. */
  async onAnswer(
    client: PoolClient,
    answered: readonly AnsweredRequest[],
  ): Promise<readonly Record<string, unknown>[]> {
    const added: Record<string, unknown>[] = answered.map(() => ({}));
    for (const { hooks, places } of this.sharing(answered.map(({ request }) => request))) {
      const fields = await hooks.onAnswer?.(client, this.answersAt(answered, places));
      places.forEach((place, index) => (added[place] = { ...fields?.[index] }));
    }
    return added;
  }

  /** Writes a published answer again after a restore; false if the records cannot do it and people must. */
  async onCaughtUp(client: PoolClient, published: AnsweredRequest): Promise<boolean> {
    const type = this.typeOf(published.request);
    const hooks = type?.records?.hooks;
    if (!hooks?.onCaughtUp) return type !== undefined ? !hooks?.onAnswer : !this.keepAnswers;
    const [answered] = this.answersAt([published], [0]) as [AnsweredRequest<unknown, unknown>];
    await hooks.onCaughtUp(client, [{ ...answered, added: published.answer }]);
    return true;
  }

  async read(client: PoolClient, request: ArrivedRequest): Promise<Record<string, unknown> | null> {
    return (await this.typeOf(request)?.records?.hooks.read?.(client, this.readAs(request))) ?? null;
  }

  /** The numbers of an answer that would be surprising, as the records of the request's type know it. */
  async cautions(client: PoolClient, request: ArrivedRequest): Promise<readonly AnswerCaution[]> {
    return (await this.typeOf(request)?.records?.hooks.cautions?.(client, this.readAs(request))) ?? [];
  }

  /** Other requests about the same thing, as the records of the request's type know it. */
  async related(client: PoolClient, request: ArrivedRequest): Promise<readonly RelatedRequest[]> {
    return (await this.typeOf(request)?.records?.hooks.related?.(client, this.readAs(request))) ?? [];
  }

  /**
   * Groups the places of the requests of a batch by the hooks that they share. The hooks come in the order of
   * the declared types, so that two batches take their locks in the same order.
   */
  private sharing(
    requests: readonly ArrivedRequest[],
  ): { readonly hooks: KeptRecords['hooks']; readonly places: readonly number[] }[] {
    const places = new Map<KeptRecords['hooks'] | undefined, number[]>(
      [...this.types.values()].map(({ records }) => [records?.hooks, []]),
    );
    requests.forEach((request, place) => places.get(this.typeOf(request)?.records?.hooks)?.push(place));
    return [...places].flatMap(([hooks, shared]) =>
      hooks && shared.length > 0 ? [{ hooks, places: shared }] : [],
    );
  }

  private readAs(request: ArrivedRequest): ArrivedRequest<unknown> {
    return { ...request, payload: this.typeOf(request)?.records?.payload(request.payload) };
  }

  private answersAt(
    answered: readonly AnsweredRequest[],
    places: readonly number[],
  ): AnsweredRequest<unknown, unknown>[] {
    return places.map((place) => {
      const { request, answer } = answered[place] as AnsweredRequest;
      return {
        request: this.readAs(request),
        answer: this.typeOf(request)?.records?.answer(answer, request.payload),
      };
    });
  }

  private typeOf({ type, version }: ArrivedRequest): RequestType | undefined {
    return this.types.get(keyOf({ name: type, version }));
  }
}

function keyOf({ name, version }: Pick<RequestType, 'name' | 'version'>): string {
  return `${name}/${version}`;
}

/** The faults that a type finds in an answer by itself: those of its rules, then its own. */
export function faultsByType(
  { answerRules = [], answerFaults }: RequestType,
  answer: Fields,
  payload: Fields,
): FieldError[] {
  const broken = answerRules.filter((rule) => !rule.holds(answer));
  return [
    ...broken.map(({ code, pointer, detail }) => ({ pointer: `/answer${pointer}`, code, detail })),
    ...(answerFaults?.(answer, payload) ?? []),
  ];
}
