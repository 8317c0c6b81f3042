import { Caller, type TokenSource } from './caller.ts';
import type { HttpAnswer, JsonHttp } from './json-http.ts';
import { refusedBy } from './refused.ts';
import type { RunningStack } from './running-stack.ts';
import type { components, operations, paths } from './unit-api.generated.ts';

type Schemas = components['schemas'];
/** A request in the form that its unit shows to staff. */
export type Task = Schemas['Task'];
/** A request with everything that the unit stores about it. */
export type TaskDetail = Schemas['Request'];
/** Numbers of requests of one force at a unit: by state, arrived, and dead letters. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Names the version that the person has read: the unit refuses the command if the request has changed since.
 */
export type TaskVersion = Pick<Task, 'id' | 'version'>;

export type StaffCommand = Schemas['AllowedCommand']['command'];
type CommandPath<Command extends StaffCommand> = `/v1/requests/{reference}/${Command}`;
type CommandBody<Command extends StaffCommand> = NonNullable<
  paths[CommandPath<Command>]['post']['requestBody']
>['content']['application/json'];
/** The body of a command, which may be left out if it has no required field. */
export type Given<Command extends StaffCommand> =
  Record<string, never> extends CommandBody<Command>
    ? [body?: CommandBody<Command>]
    : [body: CommandBody<Command>];

type Query<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>;
export type QueueQuery = Query<'listQueue'>;
/** The body that the described operation answers with status 200. */
export type StaffAnswer<Operation extends keyof operations> = operations[Operation]['responses'] extends {
  200: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;
type Bulk = Schemas['BulkChange'];
export type LinkBody = operations['linkRequests']['requestBody']['content']['application/json'];
type Check = Schemas['QualityCheck'];
type Body<Operation extends 'drawChecks' | 'recordOutcome'> =
  operations[Operation]['requestBody']['content']['application/json'];
type DescribedBulk = operations['prepareBulk']['requestBody']['content']['application/json'];
/** The fields of the command are those of its own body. */
export type BulkBody = Omit<DescribedBulk, 'body'> & { readonly body?: Readonly<Record<string, unknown>> };
/** The schemas that the description of the staff API names. */
export type StaffSchemas = Schemas;

/**
 * A client of a unit's public API for one member of its staff. The methods return the parsed answer and throw
 * `Refused` for every refusal; only `ask` returns the answer with any status. A call is repeated only once,
 * with a new token, after a 401. It throws `ConnectionLost` when no answer came, because a command may have
 * had its effect.
 */
export class StaffClient {
  readonly clientId: string;
  readonly unit: string;
  /** Undefined if only the unit knows it. */
  readonly role: string | undefined;

  constructor(
    private readonly desk: Caller,
    { clientId, unit, role }: { readonly clientId: string; readonly unit: string; readonly role?: string },
  ) {
    this.clientId = clientId;
    this.unit = unit;
    this.role = role;
  }

  /** Opens a client for a development identity of the running system, at the identity's own unit. */
  static of(
    stack: RunningStack,
    clientId: string,
    {
      connections = 1,
      insecureIssuer,
    }: { readonly connections?: number; readonly insecureIssuer?: boolean } = {},
  ): StaffClient {
    const access = stack.staff[clientId];
    const url = access && stack.urls.units[access.unit];
    if (!access || !url) throw new Error(`the running stack has no staff identity ${clientId}`);
    const { keyFile, resource } = access;
    const credential = { issuer: stack.urls.identity, clientId, keyFile, resource, insecureIssuer };
    return new StaffClient(new Caller(credential, url, connections), { clientId, ...access });
  }

  /**
   * Makes a client for one person with their own access token, over connections that many people share. The
   * function is asked for the token before every call.
   */
  static withToken(
    http: JsonHttp,
    person: { readonly clientId: string; readonly unit: string },
    token: TokenSource['token'],
  ): StaffClient {
    return new StaffClient(new Caller({ token }, http), person);
  }

  /**
   * Claims the most urgent request for this person, of these types if any are named; undefined when the queue
   * is empty.
   */
  async next(types?: readonly string[]): Promise<Task | undefined> {
    const body = types === undefined ? {} : { types };
    const answer = await this.desk.call(at('/v1/queue/next'), { method: 'POST', body });
    return answer.status === 204 ? undefined : (expectDone(answer).body as StaffAnswer<'claimNext'>);
  }

  /** Reads a page of the queue in its groups, with the counts. */
  async queue(query: QueueQuery): Promise<StaffAnswer<'listQueue'>> {
    return this.get('/v1/queue', query);
  }

  /** Lists the queue; `queued` is the unit's number of requests in that state. */
  async list(query: QueueQuery): Promise<{ tasks: Task[]; queued: number }> {
    const { groups, countsByState } = await this.queue(query);
    return { tasks: groups.flatMap(({ items }) => items), queued: countsByState.queued };
  }

  /** Reads what the unit works on, and who the caller is there. */
  async describe(): Promise<StaffAnswer<'readUnit'>> {
    return this.get('/v1/unit');
  }

  /** Reads the people to whom requests of this force may be assigned. */
  async members(query: Query<'listMembers'>): Promise<StaffAnswer<'listMembers'>> {
    return this.get('/v1/members', query);
  }

  /** Finds requests by their references, numbers, names and words. */
  async search(query: Query<'searchRequests'>): Promise<StaffAnswer<'searchRequests'>> {
    return this.get('/v1/search', query);
  }

  /** Reads which requests changed since the last call. */
  async changes(query: Query<'listChanges'>): Promise<StaffAnswer<'listChanges'>> {
    return this.get('/v1/changes', query);
  }

  /** Reads who has read a request. */
  async readers(id: string): Promise<StaffAnswer<'listReaders'>> {
    return this.get('/v1/requests/{reference}/readers', {}, id);
  }

  /** Reads one request with its payload and notes. */
  async read(id: string): Promise<TaskDetail> {
    return this.get('/v1/requests/{reference}', {}, id);
  }

  /** Links a request to another one of the same force. */
  async link(id: string, body: LinkBody): Promise<void> {
    const path = at('/v1/requests/{reference}/links', id);
    expectDone(await this.desk.call(path, { method: 'POST', body }));
  }

  /** Removes a link of a request. */
  async unlink(id: string, link: string): Promise<void> {
    const path = `${at('/v1/requests/{reference}/links', id)}/${encodeURIComponent(link)}`;
    expectDone(await this.desk.call(path, { method: 'DELETE' }));
  }

  /** Selects many requests for one command, and changes nothing yet. */
  async prepareBulk(wanted: BulkBody): Promise<Bulk> {
    const answer = await this.desk.call('/v1/bulk-changes', { method: 'POST', body: wanted });
    return expectDone(answer).body as Bulk;
  }

  /** Starts or stops a bulk change of this person. */
  async moveBulk(id: string, move: 'start' | 'stop'): Promise<Bulk> {
    const path = `/v1/bulk-changes/${encodeURIComponent(id)}/${move}`;
    return expectDone(await this.desk.call(path, { method: 'POST', body: {} })).body as Bulk;
  }

  /** Reads how far a bulk change of this person is. */
  async bulk(id: string): Promise<Bulk> {
    return this.get('/v1/bulk-changes/{id}', {}, id);
  }

  /** Reads this person's bulk changes, newest first. */
  async bulks(): Promise<StaffAnswer<'listBulks'>> {
    return this.get('/v1/bulk-changes');
  }

  /** Reads a page of the results of a bulk change. */
  async bulkItems(id: string, query: Query<'listBulkItems'>): Promise<StaffAnswer<'listBulkItems'>> {
    return this.get('/v1/bulk-changes/{id}/items', query, id);
  }

  /** Reads who has how much of the open work, and what is stuck. */
  async team(): Promise<StaffAnswer<'readTeam'>> {
    return this.get('/v1/team');
  }

  /** Draws decided requests at random, to look at the work. */
  async drawChecks(wanted: Body<'drawChecks'>): Promise<readonly Check[]> {
    const answer = await this.desk.call('/v1/quality-checks', { method: 'POST', body: wanted });
    return (expectDone(answer).body as { readonly items: readonly Check[] }).items;
  }

  /** Reads quality checks, with their numbers by outcome. */
  async checks(query: Query<'listChecks'>): Promise<StaffAnswer<'listChecks'>> {
    return this.get('/v1/quality-checks', query);
  }

  /** Records the outcome of a quality check. */
  async recordOutcome(id: string, found: Body<'recordOutcome'>): Promise<Check> {
    const path = at('/v1/quality-checks/{id}', id);
    return expectDone(await this.desk.call(path, { method: 'POST', body: found })).body as Check;
  }

  /** Reads the unit's numbers of requests, by force. */
  async counts(): Promise<Readonly<Record<string, Counts>>> {
    const { byForce } = await this.get<StaffAnswer<'countRequests'>>('/v1/counts');
    return byForce;
  }

  /** Sends one command for the version that was read. Returns the answer with any status. */
  ask<Command extends StaffCommand>(
    task: TaskVersion,
    command: Command,
    ...[body]: Given<Command>
  ): Promise<HttpAnswer> {
    return this.send(task, command, body ?? {});
  }

  /** Sends one command and returns the request as it is now. Throws `Refused` when the unit refuses it. */
  async act<Command extends StaffCommand>(
    task: TaskVersion,
    command: Command,
    ...body: Given<Command>
  ): Promise<Task> {
    return expectDone(await this.ask(task, command, ...body)).body as StaffAnswer<'claimRequest'>;
  }

  /**
   * Sends a command whose fields come from a form, which was made from the schemas of the type. The unit
   * checks them. Returns the request as it is now, and throws `Refused` when the unit refuses the command.
   */
  async fillIn(
    task: TaskVersion,
    command: StaffCommand,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<Task> {
    return expectDone(await this.send(task, command, fields)).body as StaffAnswer<'claimRequest'>;
  }

  close(): void {
    this.desk.close();
  }

  private send({ id, version }: TaskVersion, command: StaffCommand, body: unknown): Promise<HttpAnswer> {
    const headers = { 'if-match': `"${version}"` };
    const path = at(`/v1/requests/{reference}/${command}`, id);
    return this.desk.call(path, { method: 'POST', body, headers });
  }

  private async get<Body>(path: keyof paths, query: object = {}, id = ''): Promise<Body> {
    const text = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    const answer = await this.desk.call(`${at(path, id)}${text === '' ? '' : `?${text}`}`);
    return expectDone(answer).body as Body;
  }
}

/** Returns the answer if its status is below 300; throws `Refused` with its problem otherwise. */
export function expectDone(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 300) return answer;
  throw refusedBy(answer, answer.body);
}

/** The address of a described path. */
function at(path: keyof paths, reference = ''): string {
  return path.replace(/\{(?:reference|id)\}/, encodeURIComponent(reference));
}
