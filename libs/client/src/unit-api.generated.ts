// Generated from docs/reference/staff-api/every-unit.json by `npm run generate`; do not edit.
export interface paths {
  '/docs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Browse this API
     * @description Browse this API
     */
    get: operations['readDocs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs/{asset}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a script or style sheet of the page
     * @description Read a script or style sheet of the page
     */
    get: operations['readDocsAsset'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Check whether the process responds
     * @description Check whether the process responds
     */
    get: operations['readLiveness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Check whether the service can take requests now
     * @description Check whether the service can take requests now
     */
    get: operations['readReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/startup': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Check whether the service has been ready since it started
     * @description Check whether the service has been ready since it started
     */
    get: operations['readStartup'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read this document
     * @description Read this document
     */
    get: operations['readOpenApi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulk-changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your bulk changes, newest first
     * @description List your bulk changes, newest first
     */
    get: operations['listBulks'];
    put?: never;
    /**
     * Select many requests for one command
     * @description Keeps the requests that match now, at most 20000, each with its version. Nothing changes until you start it. The newest twenty bulk changes of each person are kept.
     */
    post: operations['prepareBulk'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulk-changes/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read how far a bulk change is
     * @description Read how far a bulk change is
     */
    get: operations['readBulk'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulk-changes/{id}/items': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the results of a bulk change
     * @description In the order of work. A refused request is as it was, and says why.
     */
    get: operations['listBulkItems'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulk-changes/{id}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give the command to every selected request
     * @description The requests are changed in turn while others work. A request that changed after the selection is refused. Starting again changes nothing.
     */
    post: operations['startBulk'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulk-changes/{id}/stop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stop a bulk change
     * @description The requests that were changed stay changed.
     */
    post: operations['stopBulk'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the requests that changed since your last call
     * @description Call it first without `after`: the answer has no items and the present cursor. Then call it every few seconds with the `next` of the last answer. Each item is the request as it is now. A request that was finished is listed too, with its final state. A request may be listed again without a new version.
     */
    get: operations['listChanges'];
    put?: never;
    /**
     * Give many commands at once
     * @description Each command is decided by itself and has its result at the same place in the list. A refused one changes nothing and does not affect the others.
     */
    post: operations['changeMany'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/counts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Count the requests of each force
     * @description For reconciliation: `arrived` is counted by itself and equals the sum of the states. `deadLettered` counts messages that could not be processed.
     */
    get: operations['countRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the messages that could not be processed
     * @description The newest 200, without their content: those of your forces, and those without a force.
     */
    get: operations['listDeadLetters'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the people to whom requests of a force can be assigned
     * @description They have signed in to this unit as a caseworker or supervisor, with the right to see the force. At most 500, by name.
     */
    get: operations['listMembers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/quality-checks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List quality checks, with their numbers by outcome
     * @description Each law-enforcement record with a remark in the answer is logged as consulted, because a remark says what is in the record.
     */
    get: operations['listChecks'];
    put?: never;
    /**
     * Draw decided requests at random
     * @description Draws from the requests that were answered or declined in the period. A request is drawn once, and never by a person who decided it, so there may be fewer than you ask for.
     */
    post: operations['drawChecks'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/quality-checks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Record the outcome of a quality check, once
     * @description A law-enforcement record is logged as consulted.
     */
    post: operations['recordOutcome'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/queue': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the queue
     * @description The requests of all forces that you may see, in the order of work: earliest due first, then higher risk, then earlier arrival.
     */
    get: operations['listQueue'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/queue/next': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Claim the next request in the order of work
     * @description Claim the next request in the order of work
     */
    post: operations['claimNext'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/queue/take': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Claim the most urgent requests
     * @description The list is empty if nothing waits.
     */
    post: operations['claimMany'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a request
     * @description Everything that the unit stores about it, and the commands that you may give now. Reading a law-enforcement record is logged as consultation.
     */
    get: operations['readRequest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/answer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Answer a request that one person decides
     * @description The answer is valid by the schema of the request’s type. The unit signs it and sends it to the force.
     *
     *     States: claimed. Roles: caseworker, supervisor.
     */
    post: operations['answerRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/ask': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask the force a question
     * @description The request waits until the force replies.
     *
     *     States: claimed. Roles: caseworker, supervisor.
     */
    post: operations['askForce'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/assign': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a request to a member of staff
     * @description `GET /v1/members` lists the people to whom a request can be assigned.
     *
     *     States: queued, claimed, held, waiting-for-force, awaiting-decision. Roles: supervisor.
     */
    post: operations['assignRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/claim': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a request from the queue
     * @description One person gets the request, however many claim it. `If-Match` may be left out.
     *
     *     States: queued. Roles: caseworker, supervisor.
     */
    post: operations['claimRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Confirm a proposed answer
     * @description Somebody other than the proposer confirms. Some types also need the delegated authority of the owning force.
     *
     *     States: awaiting-decision. Roles: decision-maker.
     */
    post: operations['confirmAnswer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/decline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Decline a request that belongs elsewhere
     * @description The force sees the reason, and where the request belongs.
     *
     *     States: claimed. Roles: caseworker, supervisor.
     */
    post: operations['declineRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/hold': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put a request on hold
     * @description The clocks that may pause stop. The force is notified and sees the reason.
     *
     *     States: claimed. Roles: caseworker, supervisor.
     */
    post: operations['holdRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/links': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Link a request to another one of the same force
     * @description The same link again changes nothing. The force does not see links.
     */
    post: operations['linkRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/links/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Remove a link of a request
     * @description Remove a link of a request
     */
    delete: operations['unlinkRequests'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/milestone': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Report that a milestone is reached
     * @description `GET /v1/unit` lists the milestones of each type. The force is notified.
     *
     *     States: claimed, held, waiting-for-force, awaiting-decision. Roles: caseworker, supervisor.
     */
    post: operations['reachMilestone'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/note': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Add a note
     * @description Notes stay in the unit; the force does not see them.
     *
     *     States: queued, claimed, held, waiting-for-force, awaiting-decision. Roles: caseworker, supervisor, decision-maker.
     */
    post: operations['addNote'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/propose': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Propose an answer that a second person decides
     * @description States: claimed. Roles: caseworker, supervisor.
     */
    post: operations['proposeAnswer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/readers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the people who read or changed a request, newest first
     * @description The newest 200 entries of the access log that the Data Protection Act 2018, section 62, demands.
     */
    get: operations['listReaders'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a request back to the queue
     * @description States: claimed, held. Roles: supervisor, caseworker.
     */
    post: operations['releaseRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Continue a request that is on hold
     * @description States: held. Roles: caseworker, supervisor.
     */
    post: operations['resumeRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/return': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Return a proposed answer to its proposer
     * @description States: awaiting-decision. Roles: decision-maker.
     */
    post: operations['returnAnswer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{reference}/withdraw-question': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Withdraw a question that the force has not answered
     * @description States: waiting-for-force. Roles: supervisor, caseworker.
     */
    post: operations['withdrawQuestion'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Find requests by reference, number, name or word
     * @description Open and finished requests of the forces that you may see, newest first. Every word must be in the request. The last word may be a beginning of at least 2 letters or digits. Case, diacritics, spaces and dashes do not matter. A number alone finds the references that have it, with or without leading zeros, and these come first. `matched` names the fields in which the words were found. `more` says that there are more, or that a word is too common to read all its requests: add a word. Each law-enforcement record in the answer is logged as consulted.
     */
    get: operations['searchRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/team': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read who has how much of the open work
     * @description The open requests of the forces that you may see, by person and by urgency, the most overdue person first. At most 200 people of each force, and 2000 requests of each of them, are read.
     */
    get: operations['readTeam'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/unit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what the unit works on and who you are here
     * @description Every declared version of every request type, with the schemas of its payload and its answer. Requests may have any of these versions; new ones have the newest.
     */
    get: operations['readUnit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Task: {
      /** Format: uuid */
      id: string;
      /** @description The short reference, such as FLT-26-000123 */
      unitReference: string;
      /** @description The owning force */
      force: string;
      /** @description The force’s own reference */
      forceReference: string;
      type: string;
      /** @description The title of the type */
      title: string;
      /** @enum {string} */
      state:
        | 'queued'
        | 'claimed'
        | 'held'
        | 'waiting-for-force'
        | 'awaiting-decision'
        | 'answered'
        | 'declined'
        | 'withdrawn';
      assignee: string | null;
      urgency: ('criticallyOverdue' | 'overdue' | 'dueSoon' | 'notDueYet' | 'paused') | null;
      dueAt: string | null;
      risk: number;
      /** @description Also the ETag */
      version: number;
      /** Format: date-time */
      receivedAt: string;
      /** Format: date-time */
      updatedAt: string;
      clocks: components['schemas']['Clock'][];
    };
    Clock: {
      name: string;
      /**
       * @description `breached`: it was met too late, or its due moment has passed and it is not met
       * @enum {string}
       */
      state: 'running' | 'paused' | 'met' | 'breached';
      dueAt: string | null;
      dueDay: string | null;
      metAt: string | null;
      left: number | null;
      /** @enum {string} */
      leftUnit: 'milliseconds' | 'working-milliseconds' | 'days' | 'working-days';
      /** @description True if it is counted over years whose bank holidays are not known yet */
      unproven: boolean;
    };
    Queue: {
      groups: {
        /** @enum {string} */
        name: 'criticallyOverdue' | 'overdue' | 'dueSoon' | 'notDueYet' | 'paused' | 'finished';
        items: components['schemas']['QueueItem'][];
      }[];
      /** @description The open requests of the force and type, by urgency */
      counts: {
        criticallyOverdue: number;
        overdue: number;
        dueSoon: number;
        notDueYet: number;
        paused: number;
      };
      /** @description The requests of the force and type, by state */
      countsByState: {
        queued: number;
        claimed: number;
        held: number;
        'waiting-for-force': number;
        'awaiting-decision': number;
        answered: number;
        declined: number;
        withdrawn: number;
      };
      /** @description The open requests under the whole filter except `group`, by urgency */
      filtered: {
        criticallyOverdue: number;
        overdue: number;
        dueSoon: number;
        notDueYet: number;
        paused: number;
      };
      /** @description The open requests that are assigned to the caller */
      mine: number;
      /** @description The cursor of the next page; absent on the last page */
      next?: string;
    };
    QueueItem: {
      /** Format: uuid */
      id: string;
      /** @description The short reference, such as FLT-26-000123 */
      unitReference: string;
      /** @description The owning force */
      force: string;
      /** @description The force’s own reference */
      forceReference: string;
      type: string;
      /** @description The title of the type */
      title: string;
      /** @enum {string} */
      state:
        | 'queued'
        | 'claimed'
        | 'held'
        | 'waiting-for-force'
        | 'awaiting-decision'
        | 'answered'
        | 'declined'
        | 'withdrawn';
      assignee: string | null;
      urgency: ('criticallyOverdue' | 'overdue' | 'dueSoon' | 'notDueYet' | 'paused') | null;
      dueAt: string | null;
      risk: number;
      /** @description Also the ETag */
      version: number;
      /** Format: date-time */
      receivedAt: string;
      /** Format: date-time */
      updatedAt: string;
      clocks: components['schemas']['Clock'][];
      /** @description What the request is about in one line; for law enforcement without personal data */
      subject: string;
      /** @description The newest answer; only with `sort=finished`, and not of a law-enforcement record, because reading that is logged */
      answer?: {
        [key: string]: unknown;
      };
      /** @description Continues after this item; only if the query has `places=true` */
      cursor?: string;
    };
    BulkChange: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      command: 'assign' | 'claim' | 'release' | 'hold' | 'resume' | 'ask' | 'note' | 'decline';
      filter: {
        [key: string]: unknown;
      };
      /**
       * @description `prepared`: nothing has changed yet. `stopped`: what was done before stays done
       * @enum {string}
       */
      state: 'prepared' | 'running' | 'stopped' | 'finished';
      total: number;
      done: number;
      refused: number;
      /** Format: date-time */
      preparedAt: string;
      startedAt: string | null;
      finishedAt: string | null;
    };
    Link: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      kind: 'duplicate-of' | 'follows' | 'same-incident';
      /** @description True if it leads from this request to the other */
      outgoing: boolean;
      person: string;
      /** Format: date-time */
      at: string;
      /** @description The short reference of the other request */
      reference: string;
      title: string;
      subject: string;
      /** @enum {string} */
      state:
        | 'queued'
        | 'claimed'
        | 'held'
        | 'waiting-for-force'
        | 'awaiting-decision'
        | 'answered'
        | 'declined'
        | 'withdrawn';
    };
    QualityCheck: {
      /** Format: uuid */
      id: string;
      request: components['schemas']['QueueItem'];
      drawnBy: string;
      /** Format: date-time */
      drawnAt: string;
      outcome: ('sound' | 'sound-with-remarks' | 'not-sound') | null;
      remark: string | null;
      recordedBy: string | null;
      recordedAt: string | null;
      /** @description True if you may record the outcome */
      mayRecord: boolean;
    };
    FoundRequest: {
      /** Format: uuid */
      id: string;
      /** @description The short reference, such as FLT-26-000123 */
      unitReference: string;
      /** @description The owning force */
      force: string;
      /** @description The force’s own reference */
      forceReference: string;
      type: string;
      /** @description The title of the type */
      title: string;
      /** @enum {string} */
      state:
        | 'queued'
        | 'claimed'
        | 'held'
        | 'waiting-for-force'
        | 'awaiting-decision'
        | 'answered'
        | 'declined'
        | 'withdrawn';
      assignee: string | null;
      urgency: ('criticallyOverdue' | 'overdue' | 'dueSoon' | 'notDueYet' | 'paused') | null;
      dueAt: string | null;
      risk: number;
      /** @description Also the ETag */
      version: number;
      /** Format: date-time */
      receivedAt: string;
      /** Format: date-time */
      updatedAt: string;
      clocks: components['schemas']['Clock'][];
      /** @description What the request is about in one line; for law enforcement without personal data */
      subject: string;
      /** @description The fields in which the words were found */
      matched: string;
    };
    Counts: {
      arrived: number;
      deadLettered: number;
      queued: number;
      claimed: number;
      held: number;
      'waiting-for-force': number;
      'awaiting-decision': number;
      answered: number;
      declined: number;
      withdrawn: number;
    };
    Request: {
      /** Format: uuid */
      id: string;
      /** @description The short reference, such as FLT-26-000123 */
      unitReference: string;
      /** @description The owning force */
      force: string;
      /** @description The force’s own reference */
      forceReference: string;
      type: string;
      /** @description The title of the type */
      title: string;
      /** @enum {string} */
      state:
        | 'queued'
        | 'claimed'
        | 'held'
        | 'waiting-for-force'
        | 'awaiting-decision'
        | 'answered'
        | 'declined'
        | 'withdrawn';
      assignee: string | null;
      urgency: ('criticallyOverdue' | 'overdue' | 'dueSoon' | 'notDueYet' | 'paused') | null;
      dueAt: string | null;
      risk: number;
      /** @description Also the ETag */
      version: number;
      /** Format: date-time */
      receivedAt: string;
      /** Format: date-time */
      updatedAt: string;
      clocks: components['schemas']['Clock'][];
      /** @description What the request is about in one line; for law enforcement without personal data */
      subject: string;
      payload: components['schemas']['Payload'];
      submittedPayload: components['schemas']['Payload'] | null;
      corrections: components['schemas']['Correction'][];
      typeVersion: number;
      channel: string;
      submittedBy: string;
      agreementId: string;
      question: string | null;
      proposal: {
        proposer: string;
        /** Format: date-time */
        at: string;
        answer: {
          [key: string]: unknown;
        };
      } | null;
      returnedProposal: {
        proposer: string;
        /** Format: date-time */
        at: string;
        answer: {
          [key: string]: unknown;
        };
      } | null;
      answer: {
        [key: string]: unknown;
      } | null;
      reason: string | null;
      belongsTo: string | null;
      /** @description Newest first */
      timeline: components['schemas']['TimelineEntry'][];
      notes: components['schemas']['Note'][];
      record: {
        [key: string]: unknown;
      } | null;
      /** @description Every command that exists for the type, and whether you may give it now */
      allowed: components['schemas']['AllowedCommand'][];
      changedSinceProposal: {
        corrections: components['schemas']['Correction'][];
        notes: components['schemas']['Note'][];
        events: components['schemas']['TimelineEntry'][];
      } | null;
      forceContact: string | null;
      /** @description The numbers that are expected in an answer. Ask a person who gives another one whether it is right */
      cautions: {
        /** @description The field of the answer, such as `/odometerMiles` */
        pointer: string;
        least: number;
        most: number;
        detail: string;
      }[];
      /** @description Links to other requests of the same force, newest first */
      links: components['schemas']['Link'][];
      /** @description Other requests of the same force about the same thing, newest first */
      related: components['schemas']['RelatedRequest'][];
    };
    Correction: {
      /** Format: uuid */
      changeId: string;
      /** Format: date-time */
      at: string;
      by: string;
      reason: string;
      /** @description Each field as the force set it; null if the force removed it */
      corrected: {
        [key: string]: unknown;
      };
    };
    Note: {
      /** Format: uuid */
      id: string;
      /**
       * @description `reply`: to a question. `information`: the force sent it unasked
       * @enum {string}
       */
      kind: 'note' | 'reply' | 'information';
      author: string;
      text: string;
      /** Format: date-time */
      at: string;
    };
    TimelineEntry: {
      type: string;
      /** Format: date-time */
      at: string;
      person: string | null;
      sequence: number;
      /** @enum {string} */
      state:
        | 'queued'
        | 'claimed'
        | 'held'
        | 'waiting-for-force'
        | 'awaiting-decision'
        | 'answered'
        | 'declined'
        | 'withdrawn';
      role?: string;
      question?: string;
      reason?: string;
      belongsTo?: string;
      milestone?: string;
      /** @description True if the event is published to the force */
      told: boolean;
      sentAt: string | null;
    };
    RelatedRequest: {
      reference: string;
      type: string;
      title: string;
      /** @description What the request is about in one line; for law enforcement without personal data */
      subject: string;
      /** @enum {string} */
      state:
        | 'queued'
        | 'claimed'
        | 'held'
        | 'waiting-for-force'
        | 'awaiting-decision'
        | 'answered'
        | 'declined'
        | 'withdrawn';
      /** Format: date-time */
      at: string;
      summary: string;
    };
    AllowedCommand:
      | {
          /** @enum {string} */
          command:
            | 'claim'
            | 'assign'
            | 'release'
            | 'hold'
            | 'resume'
            | 'ask'
            | 'withdraw-question'
            | 'milestone'
            | 'note'
            | 'answer'
            | 'propose'
            | 'confirm'
            | 'return'
            | 'decline';
          /** @constant */
          allowed: true;
        }
      | {
          /** @enum {string} */
          command:
            | 'claim'
            | 'assign'
            | 'release'
            | 'hold'
            | 'resume'
            | 'ask'
            | 'withdraw-question'
            | 'milestone'
            | 'note'
            | 'answer'
            | 'propose'
            | 'confirm'
            | 'return'
            | 'decline';
          /** @constant */
          allowed: false;
          /** @description The sentence that the command would be refused with */
          why: string;
        };
    /** @description What the force sent, as last corrected */
    Payload: {
      [key: string]: unknown;
    };
    /** @description The fields of the answer of the request’s type */
    GivenAnswer: {
      [key: string]: unknown;
    };
    /** @description Problem details (RFC 9457). `kind` is `business` if somebody must change something, and `system` if a retry may help. */
    Problem: {
      /** @description urn:concordat:problem: and the code */
      type: string;
      title: string;
      status: number;
      /** @description For people; the text may change */
      detail: string;
      /** @description For programs; it never changes */
      code: string;
      /** @enum {string} */
      kind: 'business' | 'system';
      errors?: {
        pointer: string;
        code: string;
        detail: string;
      }[];
      requestId?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readDocs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readDocsAsset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The asset of the record */
        asset: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A script or style sheet */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/javascript': string;
          'text/css': string;
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Up */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            status: 'up' | 'down' | 'draining';
            checks: {
              [key: string]: {
                ok: boolean;
                detail?: string;
              };
            };
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Up */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            status: 'up' | 'down' | 'draining';
            checks: {
              [key: string]: {
                ok: boolean;
                detail?: string;
              };
            };
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description Not up; the checks say which part is missing */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            status: 'up' | 'down' | 'draining';
            checks: {
              [key: string]: {
                ok: boolean;
                detail?: string;
              };
            };
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readStartup: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Up */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            status: 'up' | 'down' | 'draining';
            checks: {
              [key: string]: {
                ok: boolean;
                detail?: string;
              };
            };
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description Not up; the checks say which part is missing */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            status: 'up' | 'down' | 'draining';
            checks: {
              [key: string]: {
                ok: boolean;
                detail?: string;
              };
            };
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OpenAPI 3.1 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listBulks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest twenty */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['BulkChange'][];
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  prepareBulk: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "command": "assign",
         *       "body": {
         *         "assignee": "fleet.caseworker"
         *       },
         *       "filter": {
         *         "assignee": "none",
         *         "type": "vehicle-repair"
         *       }
         *     }
         */
        'application/json': {
          /** @enum {string} */
          command: 'assign' | 'claim' | 'release' | 'hold' | 'resume' | 'ask' | 'note' | 'decline';
          /** @description The same body that the command for one request takes */
          body?: Record<string, never>;
          /** @description The same filter as that of the queue */
          filter?: {
            /** @enum {string} */
            group?: 'criticallyOverdue' | 'overdue' | 'dueSoon' | 'notDueYet' | 'paused';
            /**
             * @description Open requests if left out
             * @enum {string}
             */
            state?:
              | 'queued'
              | 'claimed'
              | 'held'
              | 'waiting-for-force'
              | 'awaiting-decision'
              | 'answered'
              | 'declined'
              | 'withdrawn';
            /** @description `me`, `none` or a person */
            assignee?: string;
            type?: string;
            force?: string;
          };
          /** @description Single requests by id or short reference, instead of a filter */
          requests?: string[];
        };
      };
    };
    responses: {
      /** @description The prepared bulk change */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkChange'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readBulk: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of a bulk change of yours */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bulk change */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkChange'];
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listBulkItems: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        after?: number;
        /** @description Only these */
        outcome?: 'done' | 'refused';
        /** @description The largest number of results on a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The id of a bulk change of yours */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of results */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              place: number;
              reference: string;
              force: string;
              forceReference: string;
              /** @enum {string} */
              outcome: 'pending' | 'done' | 'refused';
              reason: string | null;
            }[];
            /** @description The `after` of the next page; absent on the last page */
            next?: number;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  startBulk: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of a bulk change of yours */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bulk change */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkChange'];
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  stopBulk: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of a bulk change of yours */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bulk change */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkChange'];
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listChanges: {
    parameters: {
      query?: {
        /** @description The `next` of the last answer */
        after?: string;
        /** @description The largest number of events to read */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The changed requests */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "01998a3c-6f0e-7c41-9a53-2f1d7f5f0a11",
           *           "unitReference": "FLT-26-000123",
           *           "force": "bedfordshire",
           *           "version": 2,
           *           "state": "claimed",
           *           "assignee": "fleet.caseworker"
           *         }
           *       ],
           *       "next": "AQIDBAUGBwg"
           *     }
           */
          'application/json': {
            items: {
              /** Format: uuid */
              id: string;
              unitReference: string;
              force: string;
              version: number;
              /** @enum {string} */
              state:
                | 'queued'
                | 'claimed'
                | 'held'
                | 'waiting-for-force'
                | 'awaiting-decision'
                | 'answered'
                | 'declined'
                | 'withdrawn';
              assignee: string | null;
            }[];
            /** @description The cursor for the next call */
            next: string;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid; `invalid-cursor`: The cursor is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request' | 'invalid-cursor';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeMany: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "changes": [
         *         {
         *           "request": "FLT-26-000123",
         *           "command": "claim"
         *         },
         *         {
         *           "request": "FLT-26-000124",
         *           "command": "note",
         *           "version": 2,
         *           "body": {
         *             "text": "Spoke to the station."
         *           }
         *         }
         *       ]
         *     }
         */
        'application/json': {
          changes: {
            /** @description Request id or short reference */
            request: string;
            /** @enum {string} */
            command:
              | 'claim'
              | 'assign'
              | 'release'
              | 'hold'
              | 'resume'
              | 'ask'
              | 'withdraw-question'
              | 'milestone'
              | 'note'
              | 'answer'
              | 'propose'
              | 'confirm'
              | 'return'
              | 'decline';
            /** @description The version that you read; only a claim may leave it out */
            version?: number;
            /** @description The same body that the command for one request takes */
            body?: Record<string, never>;
          }[];
        };
      };
    };
    responses: {
      /** @description The result of each command */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            results: {
              request: string;
              /** @description The status that the command for one request answers */
              status: number;
              task?: components['schemas']['Task'];
              problem?: components['schemas']['Problem'];
            }[];
          };
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  countRequests: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The numbers, by force */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            byForce: {
              [key: string]: components['schemas']['Counts'];
            };
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listDeadLetters: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The messages */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @description `unattributed` if the message names no force */
              owningForce: string;
              /** Format: uuid */
              id: string;
              topic: string;
              partition: number;
              offset: string;
              reason: string;
              problem: components['schemas']['Problem'];
              /** Format: date-time */
              keptAt: string;
              bytes: number;
            }[];
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listMembers: {
    parameters: {
      query: {
        /** @description The force whose requests are to be assigned */
        force: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The people */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "person": "fleet.caseworker",
           *           "name": "Fleet caseworker",
           *           "role": "caseworker"
           *         }
           *       ]
           *     }
           */
          'application/json': {
            items: {
              person: string;
              name: string;
              /** @enum {string} */
              role: 'caseworker' | 'supervisor' | 'decision-maker' | 'auditor' | 'administrator';
            }[];
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listChecks: {
    parameters: {
      query?: {
        /** @description `open`: without an outcome, the oldest first. `mine`: drawn by you. `recorded`: with an outcome, the newest first */
        list?: 'open' | 'mine' | 'recorded';
        /** @description The largest number of checks in the answer */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The checks */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['QualityCheck'][];
            /** @description All checks of the forces that you may see, by outcome */
            counts: {
              open: number;
              sound: number;
              'sound-with-remarks': number;
              'not-sound': number;
            };
            /** @description True if there are more than these */
            more: boolean;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  drawChecks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "count": 10,
         *       "from": "2026-02-01",
         *       "to": "2026-02-28"
         *     }
         */
        'application/json': {
          count: number;
          /**
           * Format: date
           * @description The first day in London on which they were decided
           */
          from: string;
          /**
           * Format: date
           * @description The last day, at most 92 days in all
           */
          to: string;
          /** @description Only requests of this type */
          type?: string;
          /** @description Only requests of this force */
          force?: string;
        };
      };
    };
    responses: {
      /** @description The requests that were drawn */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['QualityCheck'][];
          };
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  recordOutcome: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of a check */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "outcome": "sound-with-remarks",
         *       "remark": "The answer is right. The force could have been told a day earlier."
         *     }
         */
        'application/json': {
          /** @enum {string} */
          outcome: 'sound' | 'sound-with-remarks' | 'not-sound';
          /** @description Required unless the outcome is `sound` */
          remark?: string;
        };
      };
    };
    responses: {
      /** @description The check */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QualityCheck'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listQueue: {
    parameters: {
      query?: {
        /** @description Only requests of this urgency */
        group?: 'criticallyOverdue' | 'overdue' | 'dueSoon' | 'notDueYet' | 'paused';
        /** @description Only requests in this state; if left out, open requests, or finished ones with `sort=finished` */
        state?:
          | 'queued'
          | 'claimed'
          | 'held'
          | 'waiting-for-force'
          | 'awaiting-decision'
          | 'answered'
          | 'declined'
          | 'withdrawn';
        /** @description `me`: requests of the caller. `none`: requests of nobody. Otherwise the person */
        assignee?: string;
        /** @description Only requests of this type */
        type?: string;
        /** @description Only requests of this force */
        force?: string;
        /** @description `due`: the order of work. `oldest` and `newest`: by arrival. `finished`: only finished requests, newest answer first, with their answers */
        sort?: 'due' | 'oldest' | 'newest' | 'finished';
        /** @description `true`: each item has the cursor that continues after it */
        places?: 'true' | 'false';
        /** @description `next` of the page before, or the cursor of an item */
        cursor?: string;
        /** @description The largest number of requests on a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of the queue, and its numbers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Queue'];
        };
      };
      /** @description `invalid-request`: The request is not valid; `invalid-cursor`: The cursor is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request' | 'invalid-cursor';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  claimNext: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': {
          /** @description Only these request types; all if left out */
          types?: string[];
        };
      };
    };
    responses: {
      /** @description The request, which is now yours */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description Nothing waits */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  claimMany: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "count": 10
         *     }
         */
        'application/json': {
          /** @description The largest number of requests to claim */
          count: number;
          /** @description Only these request types; all if left out */
          types?: string[];
        };
      };
    };
    responses: {
      /** @description The requests, which are now yours */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Task'][];
          };
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Request'];
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  answerRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "answer": {
         *         "workDone": "Replaced the offside front tyre."
         *       }
         *     }
         */
        'application/json': {
          answer: components['schemas']['GivenAnswer'];
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state; `second-person-needed`: A second person must confirm this */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state' | 'second-person-needed';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `unknown-type`: The request type or its version is not known; `invalid-payload`: The payload is not valid for its request type */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unknown-type' | 'invalid-payload';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  askForce: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "question": "Where are the keys?"
         *     }
         */
        'application/json': {
          /** @example Where are the keys? */
          question: string;
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  assignRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "assignee": "fleet.caseworker"
         *     }
         */
        'application/json': {
          /**
           * @description The member of staff who gets the request: the subject of their token
           * @example sam
           */
          assignee: string;
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  claimRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional: the ETag of the version you read. If the request has changed since, the call is refused. */
        'If-Match'?: string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  confirmAnswer: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this; `no-delegated-authority`: No delegated authority from the owning force */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed' | 'no-delegated-authority';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state; `second-person-needed`: A second person must confirm this */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state' | 'second-person-needed';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `unknown-type`: The request type or its version is not known; `invalid-payload`: The payload is not valid for its request type */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unknown-type' | 'invalid-payload';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  declineRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "The building is leased.",
         *       "belongsTo": "The landlord"
         *     }
         */
        'application/json': {
          /** @example The building is leased. */
          reason: string;
          /**
           * @description The place where the request belongs, so that the force knows where to send it
           * @example The landlord
           */
          belongsTo: string;
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  holdRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "The part arrives on Friday."
         *     }
         */
        'application/json': {
          /** @example The part arrives on Friday. */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  linkRequests: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "to": "FLT-26-000124",
         *       "kind": "same-incident"
         *     }
         */
        'application/json': {
          /**
           * @description The other request, by id or short reference
           * @example FLT-26-000124
           */
          to: string;
          /**
           * @description This request is a duplicate of the other, follows it, or is about the same incident
           * @enum {string}
           */
          kind: 'duplicate-of' | 'follows' | 'same-incident';
        };
      };
    };
    responses: {
      /** @description The links of the request, newest first */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Link'][];
          };
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  unlinkRequests: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
        /** @description The id of the link */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The links that are left */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Link'][];
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  reachMilestone: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "made-safe"
         *     }
         */
        'application/json': {
          /** @description A milestone of the type, such as made-safe */
          name: string;
          /**
           * @description How it was reached. The force does not see this
           * @example The road is closed off.
           */
          note?: string;
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  addNote: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "text": "Spoke to the station."
         *     }
         */
        'application/json': {
          /** @example Spoke to the station. */
          text: string;
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  proposeAnswer: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "answer": {
         *         "workDone": "Replaced the offside front tyre."
         *       }
         *     }
         */
        'application/json': {
          answer: components['schemas']['GivenAnswer'];
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state; `second-person-needed`: A second person must confirm this */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state' | 'second-person-needed';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `unknown-type`: The request type or its version is not known; `invalid-payload`: The payload is not valid for its request type */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unknown-type' | 'invalid-payload';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listReaders: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The accesses */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "logged": true,
           *       "items": [
           *         {
           *           "person": "crime-recording.caseworker",
           *           "name": "Crime recording caseworker",
           *           "at": "2026-03-02T09:31:00.000Z",
           *           "operation": "consultation"
           *         },
           *         {
           *           "person": "force-bedfordshire",
           *           "name": null,
           *           "at": "2026-03-02T09:30:00.000Z",
           *           "operation": "collection"
           *         }
           *       ]
           *     }
           */
          'application/json': {
            /** @description False if the type is not law-enforcement processing: then readings are not logged */
            logged: boolean;
            items: {
              person: string;
              name: string | null;
              /** Format: date-time */
              at: string;
              /** @enum {string} */
              operation:
                'collection' | 'alteration' | 'consultation' | 'disclosure' | 'combination' | 'erasure';
            }[];
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  releaseRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resumeRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  returnAnswer: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "The mileage is missing."
         *     }
         */
        'application/json': {
          /** @example The part arrives on Friday. */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state; `second-person-needed`: A second person must confirm this */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state' | 'second-person-needed';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  withdrawQuestion: {
    parameters: {
      query?: never;
      header: {
        /** @description The ETag of the version that you read. The call is refused if the request has changed since. */
        'If-Match': string;
      };
      path: {
        /** @description The id of the request, or its short reference such as FLT-26-000123 */
        reference: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done; the request as it is now */
      200: {
        headers: {
          /** @description The version of the request */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Task'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description `not-found`: Not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-found';
          };
        };
      };
      /** @description `not-in-this-state`: Not possible in the current state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since you read it */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-changed';
          };
        };
      };
      /** @description `too-large`: The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-large';
          };
        };
      };
      /** @description `unsupported-media-type`: This content type is not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unsupported-media-type';
          };
        };
      };
      /** @description `version-required`: The If-Match header is required */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'version-required';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  searchRequests: {
    parameters: {
      query: {
        /** @description One to 8 words */
        q: string;
        /** @description The largest number of requests in the answer */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The requests that were found */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['FoundRequest'][];
            more: boolean;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readTeam: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The load of each person */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "people": [
           *         {
           *           "person": "fleet.caseworker",
           *           "name": "Fleet caseworker",
           *           "role": "caseworker",
           *           "open": 3,
           *           "byUrgency": {
           *             "criticallyOverdue": 0,
           *             "overdue": 1,
           *             "dueSoon": 1,
           *             "notDueYet": 0,
           *             "paused": 1
           *           },
           *           "oldestDueAt": "2026-03-02T17:00:00.000Z",
           *           "lastChangeAt": "2026-03-03T09:12:00.000Z",
           *           "more": false
           *         }
           *       ],
           *       "unassigned": {
           *         "open": 1,
           *         "byUrgency": {
           *           "criticallyOverdue": 0,
           *           "overdue": 0,
           *           "dueSoon": 0,
           *           "notDueYet": 1,
           *           "paused": 0
           *         },
           *         "oldestDueAt": "2026-03-09T17:00:00.000Z"
           *       },
           *       "stuck": []
           *     }
           */
          'application/json': {
            people: {
              open: number;
              byUrgency: {
                criticallyOverdue: number;
                overdue: number;
                dueSoon: number;
                notDueYet: number;
                paused: number;
              };
              oldestDueAt: string | null;
              person: string;
              name: string | null;
              role: ('caseworker' | 'supervisor' | 'decision-maker' | 'auditor' | 'administrator') | null;
              /**
               * Format: date-time
               * @description The newest change of any of these requests
               */
              lastChangeAt: string;
              /** @description True if there are more requests than were counted */
              more: boolean;
            }[];
            /** @description The requests that nobody has */
            unassigned: {
              open: number;
              byUrgency: {
                criticallyOverdue: number;
                overdue: number;
                dueSoon: number;
                notDueYet: number;
                paused: number;
              };
              oldestDueAt: string | null;
            };
            /** @description Assigned requests, at most 20; the one that nobody has changed for the longest time is first */
            stuck: components['schemas']['QueueItem'][];
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readUnit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The unit */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "slug": "fleet",
           *       "title": "Fleet",
           *       "functionId": "F2",
           *       "referencePrefix": "FLT",
           *       "me": {
           *         "person": "fleet.caseworker",
           *         "name": "Fleet caseworker",
           *         "role": "caseworker"
           *       },
           *       "forces": [
           *         {
           *           "slug": "bedfordshire",
           *           "name": "Bedfordshire Police"
           *         }
           *       ],
           *       "people": [
           *         {
           *           "person": "fleet.caseworker",
           *           "name": "Fleet caseworker"
           *         }
           *       ],
           *       "types": [
           *         {
           *           "name": "vehicle-repair",
           *           "version": 1,
           *           "title": "Repair a vehicle",
           *           "decision": "one-person",
           *           "lawEnforcement": false,
           *           "payload": {
           *             "type": "object",
           *             "properties": {
           *               "vrm": {
           *                 "type": "string"
           *               }
           *             }
           *           },
           *           "answer": {
           *             "title": "Repair a vehicle",
           *             "type": "object",
           *             "properties": {
           *               "workDone": {
           *                 "type": "string"
           *               }
           *             }
           *           },
           *           "milestones": [
           *             {
           *               "name": "made-safe",
           *               "title": "Made safe"
           *             }
           *           ],
           *           "clocks": [
           *             {
           *               "name": "respond",
           *               "title": "Respond"
           *             }
           *           ],
           *           "newest": true
           *         }
           *       ]
           *     }
           */
          'application/json': {
            slug: string;
            title: string;
            /** @description The function in the catalogue, F1 to F21 */
            functionId: string;
            /** @description The letters that begin every short reference of the unit */
            referencePrefix: string;
            /** @description The caller, as the token names them */
            me: {
              person: string;
              name: string;
              /** @enum {string} */
              role: 'caseworker' | 'supervisor' | 'decision-maker' | 'auditor' | 'administrator';
            };
            forces: {
              slug: string;
              name: string;
            }[];
            /** @description Who works here for one of these forces, by name; requests name people by `person` */
            people: {
              person: string;
              name: string;
            }[];
            types: {
              name: string;
              version: number;
              title: string;
              /**
               * @description `one-person`: one person answers. `second-person`: another person confirms a proposed answer. `second-person-delegated`: that person also needs the delegation of the owning force
               * @enum {string}
               */
              decision: 'one-person' | 'second-person' | 'second-person-delegated';
              /** @description True if it is law-enforcement processing: each reading is then logged */
              lawEnforcement: boolean;
              /** @description A JSON Schema 2020-12 of what the force sends */
              payload: Record<string, never>;
              /** @description A JSON Schema 2020-12 of the answer that staff give */
              answer: Record<string, never>;
              milestones: {
                name: string;
                title: string;
              }[];
              clocks: {
                name: string;
                title: string;
              }[];
              /** @description True for the newest version of its type */
              newest: boolean;
            }[];
          };
        };
      };
      /** @description `invalid-request`: The request is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request';
          };
        };
      };
      /** @description `unauthenticated`: The access token is missing or not valid */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unauthenticated';
          };
        };
      };
      /** @description `not-allowed`: Your credential does not allow this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed';
          };
        };
      };
      /** @description Any other problem; see its code */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
