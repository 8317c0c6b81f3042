// Generated from docs/reference/openapi.json by `npm run generate`; do not edit.
export interface paths {
  '/asyncapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the description of a force's topics
     * @description Read the description of a force's topics
     */
    get: operations['readAsyncApi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Browse the interface
     * @description Browse the interface
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
     * Read what the page is made of
     * @description Read what the page is made of
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
     * Whether the process turns
     * @description Whether the process turns
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
     * Whether it can take work now
     * @description Whether it can take work now
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
     * Whether it was ready once since its start
     * @description Whether it was ready once since its start
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
  '/schemas': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List every version of every request type, with its unit
     * @description List every version of every request type, with its unit
     */
    get: operations['listSchemas'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schemas/{type}/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the JSON Schema 2020-12 of a request type's payload
     * @description Read the JSON Schema 2020-12 of a request type's payload
     */
    get: operations['readSchema'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schemas/{type}/{version}/answer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the JSON Schema 2020-12 of a request type's answer
     * @description Read the JSON Schema 2020-12 of a request type's answer
     */
    get: operations['readAnswerSchema'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/agreements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the agreements in which the force takes part
     * @description As the gate knows them: a request is taken only under one that is live.
     */
    get: operations['listAgreements'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Submit many requests in one body
     * @description One submission a line, as NDJSON, or as CSV whose header names `reference`, `type`, `version`, `origin` and `payload.field` (dots for
     *     nesting, values of a list apart by `;`, an empty cell for what is left out). The 202 comes when the body was read to its end and every line
     *     has its result. A line that is malformed costs itself alone. After a cut connection send the same body with the same `Idempotency-Key`:
     *     nothing is taken twice, and the results are completed. At most 250,000 lines, each as long as a single submission may be.
     */
    post: operations['submitInBulk'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bulk/{job}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read how far an upload is
     * @description `interrupted`: nobody is reading it and it has not ended. The same upload with the same key completes it.
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
  '/v1/bulk/{job}/results': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the result of each line
     * @description In the order of lines, as far as the upload is. `accepted`: taken, with the id of its request. `known`: the same reference and content were
     *     there already, by another way. `refused`: not taken, with the problem; of CSV each of its errors names the column too.
     */
    get: operations['readBulkResults'];
    put?: never;
    post?: never;
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
     * Count the force's requests by state
     * @description In one snapshot, to hold against your own records. It walks all of them: for reconciling, not for a dashboard.
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
  '/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what happened to the force's requests
     * @description Each event exactly once, in order per request. Poll with `after` = the last `next`, which is there even when nothing is new.
     */
    get: operations['readEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/refusals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List what was not taken from the force, with the reason, oldest first
     * @description A page ends early when its bodies come to 4 MB; read on with `next`.
     */
    get: operations['listRefusals'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the force's requests in the order of their last change
     * @description A request that changes while you read the pages is listed again on a later page: count by `id`. A change that commits late can fall behind a page that was read: to follow every change without a gap, read `/v1/events`.
     */
    get: operations['listRequests'];
    put?: never;
    /**
     * Submit a request
     * @description The 201 comes after the commit: from then on the request is safe. Send the same call with the same `Idempotency-Key` as often as you
     *     like; the force's own `reference` is the second net, unique within the force.
     */
    post: operations['submitRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read one request
     * @description Another force's is 404, like one that never was.
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
  '/v1/requests/{id}/corrections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Correct what was submitted
     * @description Name each field that was wrong, as it should be; null leaves an optional field out, and a field is replaced whole. A field may be corrected as long as its `x-correctable` in the schema of the type says; a field without one is fixed. The unit’s event `request-corrected`, with the whole payload as it is then, or `change-refused` settles it. Until then the change stands under `changes` of the request as `requested`.
     */
    post: operations['correctRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{id}/information': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tell the unit more about a request without being asked
     * @description The people who work on the request read it among its notes. The unit’s event `information-received` or `change-refused` settles it. Until then the change stands under `changes` of the request as `requested`.
     */
    post: operations['addInformation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{id}/reopen': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask for more work on an answered or declined request
     * @description It is possible until the end of the day that `reopenUntil` names, and while an agreement with the unit is live. The request goes back to the queue with its history, and its clocks start again. The unit’s event `request-reopened` or `change-refused` settles it. Until then the change stands under `changes` of the request as `requested`.
     */
    post: operations['reopenRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{id}/replies': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tell the unit what it asked, or anything else while the request is open
     * @description Tell the unit what it asked, or anything else while the request is open
     */
    post: operations['replyToQuestion'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests/{id}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a request back
     * @description The unit decides, because it knows what has been done: its event `request-withdrawn` or `change-refused` settles it. Until then the change stands under `changes` of the request as `requested`.
     */
    post: operations['withdrawRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the force's webhooks
     * @description List the force's webhooks
     */
    get: operations['listWebhooks'];
    put?: never;
    /**
     * Have the feed delivered to a URL, from now on
     * @description Each event is posted as `/v1/events` gives it, signed by Standard Webhooks. The answer shows the secret once. At most 10 a force.
     */
    post: operations['createWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a webhook
     * @description Read a webhook
     */
    get: operations['readWebhook'];
    put?: never;
    post?: never;
    /**
     * Delete a webhook and its log of deliveries
     * @description Delete a webhook and its log of deliveries
     */
    delete: operations['deleteWebhook'];
    options?: never;
    head?: never;
    /**
     * Change, disable or enable a webhook
     * @description While it is disabled its place in the feed is kept: enabled again, it goes on from there.
     */
    patch: operations['changeWebhook'];
    trace?: never;
  };
  '/v1/webhooks/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what became of each event at a webhook, newest first
     * @description Read what became of each event at a webhook, newest first
     */
    get: operations['listDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhooks/{id}/previous-secret': {
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
     * Stop signing with the secret before the current one
     * @description Stop signing with the secret before the current one
     */
    delete: operations['deletePreviousWebhookSecret'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhooks/{id}/redeliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Deliver again: one event, or all that came to a webhook in a span of time
     * @description Each is sent again under its own `webhook-id` and has all its tries again; an event of the span that is on its way already is counted too. At most 10,000 at once. A disabled webhook sends nothing until it is enabled.
     */
    post: operations['redeliver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhooks/{id}/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a new secret
     * @description Every message is signed with both for 24 hours, or until the one before is deleted.
     */
    post: operations['rotateWebhookSecret'];
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
    Request: {
      /** Format: uuid */
      id: string;
      /** @description The force's own */
      reference: string;
      type: string;
      version: number;
      unit: string;
      unitReference: string | null;
      /** @enum {string} */
      state:
        | 'accepted'
        | 'queued'
        | 'claimed'
        | 'held'
        | 'waiting-for-force'
        | 'awaiting-decision'
        | 'answered'
        | 'declined'
        | 'withdrawn';
      /** @description 0 until the unit has it, then the unit's own count of changes */
      sequence: number;
      agreementId: string;
      /** @enum {string} */
      channel: 'rest' | 'kafka';
      origin: string | null;
      /** Format: date-time */
      receivedAt: string;
      /** Format: date-time */
      updatedAt: string;
      /** @description As it stands, with every correction that the unit has taken */
      payload: Record<string, never>;
      /** @description As it was sent, where it was corrected since; otherwise null */
      submittedPayload: unknown;
      question: string | null;
      /** @description The answer with what the unit recorded; null before it. Its fields: /schemas/{type}/{version}/answer */
      answer: unknown;
      reopenUntil: string | null;
      reason: string | null;
      belongsTo: string | null;
      clocks: {
        name: string;
        /**
         * Format: date-time
         * @description Absent while the clock is paused
         */
        dueAt?: string;
        /** @enum {string} */
        state: 'running' | 'paused' | 'met' | 'breached';
      }[];
      changes: {
        /** Format: uuid */
        id?: string;
        kind?: string;
        state?: string;
        /** @description What the force said: its reason, its message, or the fields it corrected */
        says?: unknown;
        requestedBy?: string;
        /** Format: date-time */
        requestedAt?: string;
        settledAt?: string | null;
        problem?: unknown;
      }[];
    };
    Event: {
      /** @description The place of this event: send it as `after` to go on behind it */
      cursor: string;
      /** @description The same for ever: what a repeat is recognised by */
      id: string;
      /** @description A message type of the AsyncAPI document */
      type: string;
      /** Format: date-time */
      time: string;
      requestId: string | null;
      /** @description The value of the message; its schema is in the AsyncAPI document */
      data: unknown;
    };
    Refusal: {
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      refusedAt: string;
      channel: string;
      code: string;
      reference: string | null;
      messageId: string | null;
      place: string | null;
      problem: components['schemas']['Problem'];
      /** @description What was sent, when it was JSON */
      body: unknown;
      bytes: string | null;
      bodyHash: string | null;
      bodyErasedAt: string | null;
    };
    Counts: {
      received: number;
      /** @description By the state that the force reads; their sum is `received` */
      byState: {
        [key: string]: number;
      };
      refused: number;
      /** @description What a unit said of this force's requests and intake could not take */
      deadLettered: number;
    };
    Agreement: {
      agreementId: string;
      functionId: string;
      title: string;
      unit: string;
      /** @description Forces, by their slugs */
      participants: string[];
      /** @enum {string} */
      status: 'live' | 'suspended' | 'ended';
      /** Format: date */
      from: string;
      to: string | null;
      edition: number;
      /** @description An invented agreement for demonstration, no published one */
      demonstration: boolean;
    };
    Submission:
      | components['schemas']['vehicle-repair.v1']
      | components['schemas']['vehicle-service.v1']
      | components['schemas']['vehicle-collision.v1']
      | components['schemas']['fault-repair.v1']
      | components['schemas']['access-request.v1']
      | components['schemas']['minor-works.v1']
      | components['schemas']['domestic-abuse-protection-order.v1']
      | components['schemas']['civil-claim.v1']
      | components['schemas']['advice.v1']
      | components['schemas']['certificate-grant.v1']
      | components['schemas']['certificate-renewal.v1']
      | components['schemas']['certificate-variation.v1']
      | components['schemas']['explosives-certificate.v1']
      | components['schemas']['crime-report.v1']
      | components['schemas']['crime-cancellation.v1']
      | components['schemas']['crime-transfer.v1'];
    /** Repair a vehicle */
    'vehicle-repair.v1': {
      /** @constant */
      type: 'vehicle-repair';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `offRoadSince`: Say since when the vehicle is off the road (when `offRoad` is true).
       *     - `offRoadReason`: Say why the vehicle is off the road (when `offRoad` is true).
       *     - `offRoadSince`: Leave this out for a vehicle that is on the road (unless `offRoad` is true).
       *     - `offRoadReason`: Leave this out for a vehicle that is on the road (unless `offRoad` is true).
       */
      payload: {
        /**
         * Registration mark
         * @description Capitals and digits without spaces, such as AB12CDE.
         */
        vrm: string;
        /**
         * Odometer now
         * @description Miles, as read by the force. Kept as its claim: the reading of the unit counts.
         */
        odometerMiles: number;
        /**
         * What the vehicle is used for
         * @enum {string}
         */
        role?: 'response' | 'neighbourhood' | 'armed' | 'roads' | 'dog-unit' | 'custody' | 'pool';
        /** Make and model */
        makeAndModel?: string;
        /** Where the vehicle is */
        location: string;
        /** Who to speak to */
        contact?: string;
        /** Off the road */
        offRoad: boolean;
        /**
         * Off the road since
         * Format: date-time
         */
        offRoadSince?: string;
        /**
         * Why it is off the road
         * @enum {string}
         */
        offRoadReason?:
          'fault' | 'accident-damage' | 'service-overdue' | 'mot-expired' | 'recall' | 'awaiting-parts';
        /**
         * What is wrong
         * @enum {string}
         */
        fault:
          | 'brakes'
          | 'tyres'
          | 'engine'
          | 'transmission'
          | 'electrical'
          | 'emergency-equipment'
          | 'bodywork'
          | 'other';
        /** Description */
        description: string;
      } & (unknown & unknown & unknown & unknown);
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Service or test a vehicle */
    'vehicle-service.v1': {
      /** @constant */
      type: 'vehicle-service';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `serviceDueOn`: Say when the service is due (unless `due` is mot).
       *     - `motDueOn`: Say when the MOT is due (unless `due` is service).
       */
      payload: {
        /**
         * Registration mark
         * @description Capitals and digits without spaces, such as AB12CDE.
         */
        vrm: string;
        /**
         * Odometer now
         * @description Miles, as read by the force. Kept as its claim: the reading of the unit counts.
         */
        odometerMiles: number;
        /**
         * What the vehicle is used for
         * @enum {string}
         */
        role?: 'response' | 'neighbourhood' | 'armed' | 'roads' | 'dog-unit' | 'custody' | 'pool';
        /** Make and model */
        makeAndModel?: string;
        /** Where the vehicle is */
        location: string;
        /** Who to speak to */
        contact?: string;
        /**
         * What is due
         * @enum {string}
         */
        due: 'service' | 'mot' | 'service-and-mot';
        /**
         * Service due on
         * Format: date
         */
        serviceDueOn?: string;
        /**
         * MOT due on
         * Format: date
         */
        motDueOn?: string;
        /**
         * Available from
         * Format: date
         */
        availableFrom?: string;
        /**
         * Available until
         * Format: date
         */
        availableUntil?: string;
        /** Anything else to look at */
        remarks?: string;
      } & (unknown & unknown);
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Report a collision of a police vehicle */
    'vehicle-collision.v1': {
      /** @constant */
      type: 'vehicle-collision';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `offRoadSince`: Say since when the vehicle is off the road (when `offRoad` is true).
       *     - `offRoadReason`: Say why the vehicle is off the road (when `offRoad` is true).
       *     - `offRoadSince`: Leave this out for a vehicle that is on the road (unless `offRoad` is true).
       *     - `offRoadReason`: Leave this out for a vehicle that is on the road (unless `offRoad` is true).
       */
      payload: {
        /**
         * Registration mark
         * @description Capitals and digits without spaces, such as AB12CDE.
         */
        vrm: string;
        /**
         * Odometer now
         * @description Miles, as read by the force. Kept as its claim: the reading of the unit counts.
         */
        odometerMiles: number;
        /**
         * What the vehicle is used for
         * @enum {string}
         */
        role?: 'response' | 'neighbourhood' | 'armed' | 'roads' | 'dog-unit' | 'custody' | 'pool';
        /** Make and model */
        makeAndModel?: string;
        /** Where the vehicle is */
        location: string;
        /** Who to speak to */
        contact?: string;
        /** Off the road */
        offRoad: boolean;
        /**
         * Off the road since
         * Format: date-time
         */
        offRoadSince?: string;
        /**
         * Why it is off the road
         * @enum {string}
         */
        offRoadReason?:
          'fault' | 'accident-damage' | 'service-overdue' | 'mot-expired' | 'recall' | 'awaiting-parts';
        /**
         * When it happened
         * Format: date-time
         */
        occurredAt: string;
        /** Where it happened */
        collisionPlace: string;
        /**
         * Collision class
         * @enum {string}
         */
        collisionClass: 'damage-only' | 'slight-injury' | 'serious-injury' | 'fatal';
        /** Another party involved */
        otherPartyInvolved: boolean;
        /** Driving under emergency conditions */
        emergencyDriving: boolean;
        /** Driver */
        driver: string;
        /** What happened and what is damaged */
        description: string;
      } & (unknown & unknown & unknown & unknown);
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Repair a fault */
    'fault-repair.v1': {
      /** @constant */
      type: 'fault-repair';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `cell`: Say which cell has the ligature point: it is closed (when `ligaturePoint` is true).
       *     - `cell`: Say which cell has the fault (when `fault` is cell).
       */
      payload: {
        /**
         * Site code
         * @description The force's own code for the site, such as NST-01.
         */
        site: string;
        /** Building and room */
        room?: string;
        /**
         * Priority
         * @description P1 danger to life or loss of a custody suite … P7 can wait a month.
         * @enum {string}
         */
        priority: 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7';
        /**
         * Kind of fault
         * @enum {string}
         */
        fault: 'electrical' | 'heating' | 'water' | 'security' | 'lift' | 'fabric' | 'cell' | 'other';
        /** Description */
        description: string;
        /**
         * Cell
         * @description The cell that has the fault, such as M4.
         */
        cell?: string;
        /**
         * Ligature point
         * @description Something in the cell to which a ligature can be tied: it closes the cell at once.
         */
        ligaturePoint?: boolean;
        /** Who to speak to on site */
        contact?: string;
      } & (unknown & unknown);
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Ask for access to a site */
    'access-request.v1': {
      /** @constant */
      type: 'access-request';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      payload: {
        /**
         * Site code
         * @description The force's own code for the site, such as NST-01.
         */
        site: string;
        /** Building and room */
        room?: string;
        /** Who needs access */
        visitor: string;
        /** Organisation */
        organisation?: string;
        /**
         * Kind of person
         * @enum {string}
         */
        kind: 'contractor' | 'staff' | 'partner-agency' | 'visitor';
        /**
         * From
         * Format: date-time
         */
        accessFrom: string;
        /**
         * Until
         * Format: date-time
         */
        accessUntil: string;
        /** Number of people */
        people?: number;
        /** Purpose */
        purpose: string;
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Ask for minor works */
    'minor-works.v1': {
      /** @constant */
      type: 'minor-works';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      payload: {
        /**
         * Site code
         * @description The force's own code for the site, such as NST-01.
         */
        site: string;
        /** Building and room */
        room?: string;
        /** What is wanted */
        title: string;
        /** Description and reason */
        description: string;
        /** Budget in pence */
        budgetPence?: number;
        /** Cost centre of the force */
        costCentre?: string;
        /**
         * Wanted by
         * Format: date
         */
        wantedBy?: string;
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Apply for a domestic abuse protection order */
    'domestic-abuse-protection-order.v1': {
      /** @constant */
      type: 'domestic-abuse-protection-order';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      payload: {
        /**
         * Notice served at
         * Format: date-time
         * @description When the domestic abuse protection notice was given to the person. The 48 hours run from here.
         */
        noticeServedAt: string;
        /** Notice reference */
        noticeReference: string;
        /** Person the notice is against */
        respondent: string;
        /**
         * Respondent's date of birth
         * Format: date
         */
        respondentBornOn?: string;
        /** Person to be protected */
        protectedPerson: string;
        /** Magistrates' court */
        court: string;
        /** Grounds */
        grounds: string;
        /** Conditions sought */
        conditionsSought: string[];
        /** Officer in the case */
        officer: string;
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Handle a civil claim against the force */
    'civil-claim.v1': {
      /** @constant */
      type: 'civil-claim';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `acknowledgedOn`: Leave this out for a claim from a portal: the portal acknowledges it (unless `channel` is letter).
       */
      payload: {
        /**
         * Kind of claim
         * @enum {string}
         */
        kind:
          | 'personal-injury'
          | 'false-imprisonment'
          | 'property-damage'
          | 'data-protection'
          | 'negligence'
          | 'other';
        /**
         * How the claim came
         * @enum {string}
         */
        channel: 'letter' | 'road-traffic-portal' | 'employers-liability-portal' | 'public-liability-portal';
        /**
         * Claim received by the force on
         * Format: date
         * @description The promises run from this day, not from arrival here.
         */
        claimReceivedOn: string;
        /**
         * Acknowledged on
         * Format: date
         * @description Where the force has acknowledged it already.
         */
        acknowledgedOn?: string;
        /**
         * Date of the incident
         * Format: date
         * @description The limitation period is counted from here.
         */
        incidentOn: string;
        /** Claimant */
        claimant: string;
        /** Claimant's representative */
        representative?: string;
        /** Amount claimed in pence */
        amountClaimedPence?: number;
        /** What is alleged */
        allegation: string;
      } & unknown;
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Ask for legal advice */
    'advice.v1': {
      /** @constant */
      type: 'advice';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      payload: {
        /**
         * Field of law
         * @enum {string}
         */
        field:
          | 'police-powers'
          | 'employment'
          | 'contracts'
          | 'information-law'
          | 'inquests'
          | 'misconduct'
          | 'other';
        /** Subject */
        subject: string;
        /** Question */
        question: string;
        /**
         * Needed by
         * Format: date
         */
        neededBy?: string;
        /**
         * Legally privileged
         * @description Marks the matter as privileged from the start.
         */
        privileged: boolean;
        /** Asked by */
        askedBy?: string;
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Decide on a first certificate */
    'certificate-grant.v1': {
      /** @constant */
      type: 'certificate-grant';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `referees`: The two referees must be two people.
       *     - `referees`: The applicant cannot be a referee.
       */
      payload: {
        /** Applicant */
        applicant: string;
        /**
         * Date of birth
         * Format: date
         */
        bornOn: string;
        /**
         * Home address
         * @description The decision is that of the chief officer in whose area the applicant lives.
         */
        address: string;
        /**
         * Application received by the force on
         * Format: date
         * @description The four months run from this day, not from arrival here.
         */
        applicationReceivedOn: string;
        /**
         * Certificate
         * @enum {string}
         */
        certificateKind: 'firearm' | 'shotgun' | 'coterminous';
        /** Referees */
        referees: {
          /** Name */
          name: string;
          /** Address */
          address: string;
          /** How they know the applicant */
          relation?: string;
        }[];
        /**
         * Medical facts
         * @description May follow later; nothing is granted without them.
         */
        medicalFacts?: {
          /** Doctor or practice */
          doctor: string;
          /**
           * Given on
           * Format: date
           */
          givenOn: string;
          /**
           * What was said
           * @enum {string}
           */
          finding: 'nothing-relevant' | 'relevant-condition';
          /** Details */
          details?: string;
        };
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Decide on the renewal of a certificate */
    'certificate-renewal.v1': {
      /** @constant */
      type: 'certificate-renewal';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `referees`: The two referees must be two people.
       *     - `referees`: The applicant cannot be a referee.
       */
      payload: {
        /** Applicant */
        applicant: string;
        /**
         * Date of birth
         * Format: date
         */
        bornOn: string;
        /**
         * Home address
         * @description The decision is that of the chief officer in whose area the applicant lives.
         */
        address: string;
        /**
         * Application received by the force on
         * Format: date
         * @description The four months run from this day, not from arrival here.
         */
        applicationReceivedOn: string;
        /**
         * Certificate
         * @enum {string}
         */
        certificateKind: 'firearm' | 'shotgun' | 'coterminous';
        /** Referees */
        referees: {
          /** Name */
          name: string;
          /** Address */
          address: string;
          /** How they know the applicant */
          relation?: string;
        }[];
        /**
         * Medical facts
         * @description May follow later; nothing is granted without them.
         */
        medicalFacts?: {
          /** Doctor or practice */
          doctor: string;
          /**
           * Given on
           * Format: date
           */
          givenOn: string;
          /**
           * What was said
           * @enum {string}
           */
          finding: 'nothing-relevant' | 'relevant-condition';
          /** Details */
          details?: string;
        };
        /** Certificate number */
        certificateNumber: string;
        /**
         * Old certificate expires on
         * Format: date
         * @description The last day on which it is in force.
         */
        expiresOn: string;
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Decide on a variation of a certificate */
    'certificate-variation.v1': {
      /** @constant */
      type: 'certificate-variation';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      payload: {
        /** Certificate number */
        certificateNumber: string;
        /**
         * Certificate
         * @enum {string}
         */
        certificateKind: 'firearm' | 'shotgun' | 'coterminous';
        /** Holder */
        holder: string;
        /**
         * Application received by the force on
         * Format: date
         */
        applicationReceivedOn: string;
        /** Number of guns allowed now */
        gunsNow: number;
        /** Number of guns asked for */
        gunsAskedFor: number;
        /** Asked for together with a renewal */
        withRenewal: boolean;
        /** What changes, and why */
        change: string;
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Decide on an explosives certificate */
    'explosives-certificate.v1': {
      /** @constant */
      type: 'explosives-certificate';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `keptAt`: Say where the explosives are to be kept (when `allows` is acquire-and-keep).
       */
      payload: {
        /** Applicant */
        applicant: string;
        /**
         * Date of birth
         * Format: date
         */
        bornOn: string;
        /**
         * Home address
         * @description The decision is that of the chief officer in whose area the applicant lives.
         */
        address: string;
        /**
         * Application received by the force on
         * Format: date
         * @description The four months run from this day, not from arrival here.
         */
        applicationReceivedOn: string;
        /**
         * What it allows
         * @enum {string}
         */
        allows: 'acquire' | 'acquire-and-keep';
        /** Explosives */
        explosives: string;
        /** Quantity in kilograms */
        quantityKilograms: number;
        /**
         * Place of keeping
         * @description Needed to keep explosives.
         */
        keptAt?: string;
        /** Purpose */
        purpose: string;
      } & unknown;
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Record a reported crime */
    'crime-report.v1': {
      /** @constant */
      type: 'crime-report';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      /**
       * @description Rules over several fields:
       *     - `reportReceivedAt`: Say when the force received the report, or set receiptUnknown to true (unless `receiptUnknown` is true).
       *     - `reportReceivedAt`: Leave reportReceivedAt out when receiptUnknown is true (when `receiptUnknown` is true).
       *     - `incidentReference`: Every report is incident-logged: give its reference (unless `receiptUnknown` is true).
       *     - `occurredMonth`: Say when it happened: occurredFrom, or occurredMonth where only the month is known (when `occurredFrom` is left out).
       *     - `latitude`: Give both coordinates or neither (when `longitude` is given).
       *     - `longitude`: Give both coordinates or neither (when `latitude` is given).
       *     - `suggestedOffenceCode`: There is no such Home Office offence code.
       */
      payload: {
        /**
         * Report received by the force
         * Format: date-time
         * @description When the force received the report, at any first contact. The 24 hours run from here, not from arrival in this queue.
         */
        reportReceivedAt?: string;
        /**
         * Time of receipt unknown
         * @description True where no time of receipt was kept, as in published data: nothing is invented in its place.
         */
        receiptUnknown?: boolean;
        /**
         * Incident log reference
         * @description Every report is logged as an incident first.
         */
        incidentReference?: string;
        /**
         * Crime type
         * @enum {string}
         */
        crimeType:
          | 'Bicycle theft'
          | 'Burglary'
          | 'Criminal damage and arson'
          | 'Drugs'
          | 'Other crime'
          | 'Other theft'
          | 'Possession of weapons'
          | 'Public order'
          | 'Robbery'
          | 'Shoplifting'
          | 'Theft from the person'
          | 'Vehicle crime'
          | 'Violence and sexual offences';
        /**
         * Suggested offence code
         * @description Home Office class/subclass, such as 028/03.
         */
        suggestedOffenceCode?: string;
        /**
         * Happened from
         * Format: date-time
         */
        occurredFrom?: string;
        /**
         * Happened until
         * Format: date-time
         */
        occurredUntil?: string;
        /**
         * Month in which it happened
         * @description Where only the month is known: 2018-10.
         */
        occurredMonth?: string;
        /** Location */
        location: string;
        /** Longitude */
        longitude?: number;
        /** Latitude */
        latitude?: number;
        /** LSOA code */
        lsoaCode?: string;
        /** LSOA name */
        lsoaName?: string;
        /**
         * Force in whose area it happened
         * @description As published; it may differ from the force that recorded it, which keeps the record.
         */
        fallsWithin?: string;
        /** What was reported */
        summary?: string;
        /**
         * Victim
         * @description Recording is victim-oriented; a business or the Crown may be the victim.
         */
        victimName?: string;
        /**
         * Victim has enhanced rights
         * @description Victims' Code: key decisions are told within 1 working day instead of 5.
         */
        victimHasEnhancedRights?: boolean;
        /** Number of victims */
        victims?: number;
        /**
         * Outcome category
         * @description As published, for imported rows.
         */
        outcomeCategory?: string;
        /** Published crime id */
        publishedCrimeId?: string;
      } & (unknown & unknown & unknown & unknown & unknown & unknown);
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Cancel a recorded crime */
    'crime-cancellation.v1': {
      /** @constant */
      type: 'crime-cancellation';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      payload: {
        /** Crime reference */
        crimeReference: string;
        /**
         * Reason
         * @description The only two grounds on which a recorded crime is cancelled (Crime Recording General Rules).
         * @enum {string}
         */
        reason: 'recorded-in-error' | 'additional-verifiable-information';
        /**
         * Explanation
         * @description What shows it: the information, and where it can be verified.
         */
        explanation: string;
        /**
         * Asked by
         * @description The officer or staff member of the owning force.
         */
        requestedBy: string;
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Transfer a crime to another force */
    'crime-transfer.v1': {
      /** @constant */
      type: 'crime-transfer';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 1;
      payload: {
        /** Crime reference */
        crimeReference: string;
        /**
         * Receiving force
         * @description Any force, of this alliance or not.
         */
        receivingForce: string;
        /**
         * Why it belongs there
         * @enum {string}
         */
        ground: 'committed-in-receiving-force' | 'recorded-by-wrong-force';
        /** Where it was committed */
        location: string;
        /** What the receiver needs to know */
        handover: string;
      };
      /**
       * @description Where the sending system took it from (a file and line, a screen). Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /**
     * Answer: Repair a vehicle
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'vehicle-repair.v1.answer': {
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'completed' | 'not-needed' | 'beyond-repair';
      /** Work done */
      workDone: string;
      /**
       * Odometer when finished
       * @description Miles. The readings of the unit never fall; a wrong one is struck out first.
       */
      odometerMiles: number;
      /** Cost in pence */
      costPence?: number;
      /**
       * Back on the road at
       * Format: date-time
       */
      backOnRoadAt?: string;
      /**
       * Next MOT due
       * Format: date
       */
      motDueOn?: string;
      /**
       * Next service due
       * Format: date
       */
      serviceDueOn?: string;
    };
    /**
     * Answer: Service or test a vehicle
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'vehicle-service.v1.answer': {
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'completed' | 'not-needed' | 'beyond-repair';
      /** Work done */
      workDone: string;
      /**
       * Odometer when finished
       * @description Miles. The readings of the unit never fall; a wrong one is struck out first.
       */
      odometerMiles: number;
      /** Cost in pence */
      costPence?: number;
      /**
       * Back on the road at
       * Format: date-time
       */
      backOnRoadAt?: string;
      /**
       * Next MOT due
       * Format: date
       */
      motDueOn?: string;
      /**
       * Next service due
       * Format: date
       */
      serviceDueOn?: string;
    };
    /**
     * Answer: Report a collision of a police vehicle
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'vehicle-collision.v1.answer': {
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'completed' | 'not-needed' | 'beyond-repair';
      /** Work done */
      workDone: string;
      /**
       * Odometer when finished
       * @description Miles. The readings of the unit never fall; a wrong one is struck out first.
       */
      odometerMiles: number;
      /** Cost in pence */
      costPence?: number;
      /**
       * Back on the road at
       * Format: date-time
       */
      backOnRoadAt?: string;
      /**
       * Next MOT due
       * Format: date
       */
      motDueOn?: string;
      /**
       * Next service due
       * Format: date
       */
      serviceDueOn?: string;
    };
    /**
     * Answer: Repair a fault
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'fault-repair.v1.answer': {
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'fixed' | 'no-fault-found' | 'replaced-by-works';
      /** Work done */
      workDone: string;
      /**
       * Responded at
       * Format: date-time
       */
      respondedAt?: string;
      /**
       * Made safe at
       * Format: date-time
       */
      madeSafeAt?: string;
      /**
       * Fixed at
       * Format: date-time
       */
      fixedAt?: string;
      /**
       * Ligature point removed
       * @description Needed where one was reported: only then does the cell open again.
       */
      ligaturePointRemoved?: boolean;
    };
    /**
     * Answer: Ask for access to a site
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'access-request.v1.answer': {
      /**
       * Decision
       * @enum {string}
       */
      decision: 'allowed' | 'allowed-with-escort' | 'refused';
      /** Pass number */
      passNumber?: string;
      /**
       * Pass ends on
       * Format: date
       */
      passEndsOn?: string;
      /**
       * Reasons
       * @description Needed when refused.
       */
      reasons?: string;
    };
    /**
     * Answer: Ask for minor works
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'minor-works.v1.answer': {
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'planned' | 'done' | 'not-taken-on';
      /** Estimate in pence */
      estimatePence?: number;
      /**
       * Planned for
       * Format: date
       */
      plannedFor?: string;
      /** What was agreed */
      remarks: string;
    };
    /**
     * Answer: Apply for a domestic abuse protection order
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'domestic-abuse-protection-order.v1.answer': {
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'order-made' | 'order-refused' | 'withdrawn';
      /**
       * Heard at
       * Format: date-time
       * @description When the hearing began; an adjournment afterwards keeps the notice alive.
       */
      heardAt?: string;
      /**
       * Order ends on
       * Format: date
       */
      orderEndsOn?: string;
      /** Conditions ordered */
      conditions?: string[];
      /** Remarks */
      remarks?: string;
    };
    /**
     * Answer: Handle a civil claim against the force
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'civil-claim.v1.answer': {
      /**
       * Position
       * @enum {string}
       */
      position: 'liability-admitted' | 'liability-denied' | 'settled' | 'withdrawn';
      /**
       * Acknowledged on
       * Format: date
       */
      acknowledgedOn?: string;
      /** Settlement in pence */
      settlementPence?: number;
      /** Reasons */
      reasons: string;
    };
    /**
     * Answer: Ask for legal advice
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'advice.v1.answer': {
      /** Advice */
      advice: string;
      /** Authorities relied on */
      authorities?: string;
    };
    /**
     * Answer: Decide on a first certificate
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'certificate-grant.v1.answer': {
      /**
       * Decision
       * @enum {string}
       */
      decision: 'granted' | 'refused';
      /**
       * Certificate starts on
       * Format: date
       * @description Needed when granted.
       */
      startsOn?: string;
      /** Conditions */
      conditions?: string[];
      /**
       * Medical facts
       * @description Where they came after the application.
       */
      medicalFacts?: {
        /** Doctor or practice */
        doctor: string;
        /**
         * Given on
         * Format: date
         */
        givenOn: string;
        /**
         * What was said
         * @enum {string}
         */
        finding: 'nothing-relevant' | 'relevant-condition';
        /** Details */
        details?: string;
      };
      /** Departs from the statutory guidance */
      departsFromGuidance: boolean;
      /**
       * Reasons
       * @description Needed when refused, and when guidance is departed from.
       */
      reasons?: string;
      /**
       * Partner and household interviewed on
       * Format: date
       * @description Each separately from the applicant. Leave out for somebody who lives alone.
       */
      householdInterviewedOn?: string;
      /** Lives alone */
      livesAlone: boolean;
      /**
       * Social media checked on
       * Format: date
       */
      socialMediaCheckedOn?: string;
      /** Both referees answered */
      refereesAnswered: boolean;
    };
    /**
     * Answer: Decide on the renewal of a certificate
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'certificate-renewal.v1.answer': {
      /**
       * Decision
       * @enum {string}
       */
      decision: 'granted' | 'refused';
      /**
       * Certificate starts on
       * Format: date
       * @description Needed when granted.
       */
      startsOn?: string;
      /** Conditions */
      conditions?: string[];
      /**
       * Medical facts
       * @description Where they came after the application.
       */
      medicalFacts?: {
        /** Doctor or practice */
        doctor: string;
        /**
         * Given on
         * Format: date
         */
        givenOn: string;
        /**
         * What was said
         * @enum {string}
         */
        finding: 'nothing-relevant' | 'relevant-condition';
        /** Details */
        details?: string;
      };
      /** Departs from the statutory guidance */
      departsFromGuidance: boolean;
      /**
       * Reasons
       * @description Needed when refused, and when guidance is departed from.
       */
      reasons?: string;
      /**
       * Partner and household interviewed on
       * Format: date
       * @description Each separately from the applicant. Leave out for somebody who lives alone.
       */
      householdInterviewedOn?: string;
      /** Lives alone */
      livesAlone: boolean;
      /**
       * Social media checked on
       * Format: date
       */
      socialMediaCheckedOn?: string;
      /** Both referees answered */
      refereesAnswered: boolean;
    };
    /**
     * Answer: Decide on a variation of a certificate
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'certificate-variation.v1.answer': {
      /**
       * Decision
       * @enum {string}
       */
      decision: 'granted' | 'refused';
      /**
       * Certificate starts on
       * Format: date
       * @description Needed when granted.
       */
      startsOn?: string;
      /** Conditions */
      conditions?: string[];
      /**
       * Medical facts
       * @description Where they came after the application.
       */
      medicalFacts?: {
        /** Doctor or practice */
        doctor: string;
        /**
         * Given on
         * Format: date
         */
        givenOn: string;
        /**
         * What was said
         * @enum {string}
         */
        finding: 'nothing-relevant' | 'relevant-condition';
        /** Details */
        details?: string;
      };
      /** Departs from the statutory guidance */
      departsFromGuidance: boolean;
      /**
       * Reasons
       * @description Needed when refused, and when guidance is departed from.
       */
      reasons?: string;
    };
    /**
     * Answer: Decide on an explosives certificate
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'explosives-certificate.v1.answer': {
      /**
       * Decision
       * @enum {string}
       */
      decision: 'granted' | 'refused';
      /**
       * Certificate starts on
       * Format: date
       * @description Needed when granted.
       */
      startsOn?: string;
      /** Conditions */
      conditions?: string[];
      /**
       * Medical facts
       * @description Where they came after the application.
       */
      medicalFacts?: {
        /** Doctor or practice */
        doctor: string;
        /**
         * Given on
         * Format: date
         */
        givenOn: string;
        /**
         * What was said
         * @enum {string}
         */
        finding: 'nothing-relevant' | 'relevant-condition';
        /** Details */
        details?: string;
      };
      /** Departs from the statutory guidance */
      departsFromGuidance: boolean;
      /**
       * Reasons
       * @description Needed when refused, and when guidance is departed from.
       */
      reasons?: string;
    };
    /**
     * Answer: Record a reported crime
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'crime-report.v1.answer': {
      /**
       * Decision
       * @enum {string}
       */
      decision: 'recorded' | 'not-a-crime';
      /**
       * Offence code
       * @description Home Office class/subclass of the principal crime; needed when recorded.
       */
      offenceCode?: string;
      /**
       * Reasons
       * @description Needed when it is not a crime.
       */
      reasons?: string;
    };
    /**
     * Answer: Cancel a recorded crime
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'crime-cancellation.v1.answer': {
      /**
       * Decision
       * @enum {string}
       */
      decision: 'cancelled' | 'kept';
      /**
       * Decided as
       * @description The Force Crime Registrar or a Designated Decision Maker of the owning force.
       * @enum {string}
       */
      decidedAs: 'force-crime-registrar' | 'designated-decision-maker';
      /** Grounds */
      grounds: string;
    };
    /**
     * Answer: Transfer a crime to another force
     * @description Under `answer` of an answered request. The unit may add fields to it.
     */
    'crime-transfer.v1.answer': {
      /**
       * What the receiver said
       * @enum {string}
       */
      decision: 'accepted' | 'refused';
      /**
       * Receiver's crime reference
       * @description Needed when accepted.
       */
      receiverReference?: string;
      /**
       * Accepted on
       * Format: date
       */
      acceptedOn?: string;
      /**
       * Reasons
       * @description Needed when refused.
       */
      reasons?: string;
    };
    /** @description Problem details (RFC 9457). `kind` says whether somebody must change something, or a retry may help. */
    Problem: {
      /** @description urn:concordat:problem: and the code */
      type: string;
      title: string;
      status: number;
      /** @description For people; it may change */
      detail: string;
      /** @description For programs; it does not change */
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
  readAsyncApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AsyncAPI 3.1 */
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
        /** @description The asset of what is meant */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description Not up; the checks say what is missing */
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
      /** @description Not up; the checks say what is missing */
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
  listSchemas: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The types */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              name: string;
              version: number;
              title: string;
              unit: string;
              /**
               * Format: uri-reference
               * @description Where its schema is
               */
              schema: string;
              /**
               * Format: uri-reference
               * @description Where the schema of its answer is
               */
              answerSchema: string;
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
  readSchema: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the request type, such as vehicle-repair */
        type: string;
        /** @description One of its versions */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The schema */
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
      /** @description `not-found`: Nothing is here for you */
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
  readAnswerSchema: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the request type, such as vehicle-repair */
        type: string;
        /** @description One of its versions */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The schema */
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
      /** @description `not-found`: Nothing is here for you */
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
  listAgreements: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The agreements */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Agreement'][];
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  submitInBulk: {
    parameters: {
      query?: {
        /** @description For CSV without a column `type`: the type of every line */
        type?: string;
      };
      header: {
        /** @description Names this attempt, 1 to 128 visible ASCII characters: repeat a call with the same key as often as you like. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-ndjson': string;
        /**
         * @example reference,payload.vrm,payload.odometerMiles
         *     R-1,EX26AAA,48210
         */
        'text/csv': string;
      };
    };
    responses: {
      /** @description Every line has its result */
      202: {
        headers: {
          /** @description Where to read the job */
          location?: string;
          /** @description `true` when this upload had ended before */
          'idempotent-replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            id: string;
            key: string;
            /** @enum {string} */
            format: 'ndjson' | 'csv';
            type: string | null;
            /** @enum {string} */
            state: 'receiving' | 'interrupted' | 'finished';
            accepted: number;
            known: number;
            refused: number;
            /** Format: date-time */
            startedAt: string;
            finishedAt: string | null;
            results: string;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'invalid-request' | 'missing-idempotency-key';
          };
        };
      };
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `in-flight`: The same key is being worked on */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'in-flight';
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `idempotency-key-reused`: That Idempotency-Key stands for another body */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'idempotency-key-reused';
          };
        };
      };
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
          };
        };
      };
      /** @description `busy`: Too much is waiting; try again shortly; `unavailable`: A part that this needs is not available */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'busy' | 'unavailable';
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
        /** @description The job that the upload was answered with */
        job: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The job */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            id: string;
            key: string;
            /** @enum {string} */
            format: 'ndjson' | 'csv';
            type: string | null;
            /** @enum {string} */
            state: 'receiving' | 'interrupted' | 'finished';
            accepted: number;
            known: number;
            refused: number;
            /** Format: date-time */
            startedAt: string;
            finishedAt: string | null;
            results: string;
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  readBulkResults: {
    parameters: {
      query?: {
        /** @description The last line that was read; results after it are given */
        after?: number;
      };
      header?: never;
      path: {
        /** @description The job that the upload was answered with */
        job: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The results */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': {
            line: number;
            /** @enum {string} */
            outcome: 'accepted' | 'known' | 'refused';
            reference?: string;
            /** Format: uuid */
            requestId?: string;
            problem?: components['schemas']['Problem'];
          };
        };
      };
      /** @description `invalid-request`: The request is not valid; `invalid-cursor`: The cursor is not one that was given out */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
      /** @description The numbers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Counts'];
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  readEvents: {
    parameters: {
      query?: {
        /** @description Where to go on: `next` of the page before, unchanged */
        after?: string;
        /** @description How many items a page may have; at most 1000 are given */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events, the oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Event'][];
            next: string;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid; `invalid-cursor`: The cursor is not one that was given out */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  listRefusals: {
    parameters: {
      query?: {
        /** @description Where to go on: `next` of the page before, unchanged */
        cursor?: string;
        /** @description How many items a page may have; at most 1000 are given */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page; the last one has no `next` */
      200: {
        headers: {
          /** @description The next page (RFC 8288), when there is one */
          link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Refusal'][];
            next?: string;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid; `invalid-cursor`: The cursor is not one that was given out */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  listRequests: {
    parameters: {
      query?: {
        /** @description Only those that changed at this moment or later */
        updatedSince?: string;
        /** @description Only those in this state */
        state?:
          | 'accepted'
          | 'queued'
          | 'claimed'
          | 'held'
          | 'waiting-for-force'
          | 'awaiting-decision'
          | 'answered'
          | 'declined'
          | 'withdrawn';
        /** @description Only the one with this reference of the force's own */
        reference?: string;
        /** @description How many items a page may have; at most 1000 are given */
        limit?: number;
        /** @description Where to go on: `next` of the page before, unchanged */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page; the last one has no `next` */
      200: {
        headers: {
          /** @description The next page (RFC 8288), when there is one */
          link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Request'][];
            next?: string;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid; `invalid-cursor`: The cursor is not one that was given out */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  submitRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this attempt, 1 to 128 visible ASCII characters: repeat a call with the same key as often as you like. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Submission'];
      };
    };
    responses: {
      /** @description This reference with this content was stored before, under another key */
      200: {
        headers: {
          /** @description Version of the request */
          etag?: string;
          /** @description Where to read it */
          location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Request'];
        };
      };
      /** @description Stored */
      201: {
        headers: {
          /** @description Version of the request */
          etag?: string;
          /** @description Where to read it */
          location?: string;
          /** @description `true` when this key and content had been stored before */
          'idempotent-replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Request'];
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request' | 'missing-idempotency-key';
          };
        };
      };
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that; `never-shared`: This matter is never shared; `no-agreement`: No live agreement covers this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed' | 'never-shared' | 'no-agreement';
          };
        };
      };
      /** @description `in-flight`: The same key is being worked on; `reference-conflict`: That reference stands for other content */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'in-flight' | 'reference-conflict';
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `unknown-type`: No unit takes this type of request; `invalid-payload`: The payload does not fit its type; `idempotency-key-reused`: That Idempotency-Key stands for another body */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'unknown-type' | 'invalid-payload' | 'idempotency-key-reused';
          };
        };
      };
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
          };
        };
      };
      /** @description `busy`: Too much is waiting; try again shortly */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'busy' | 'unavailable';
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
        /** @description Id of the request, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request */
      200: {
        headers: {
          /** @description Its version: `sequence` in quotes */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  correctRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this attempt, 1 to 128 visible ASCII characters: repeat a call with the same key as often as you like. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. Then nothing is asked if the request has moved on. */
        'If-Match'?: string;
      };
      path: {
        /** @description Id of the request, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "payload": {
         *         "location": "Southern station yard"
         *       },
         *       "reason": "The vehicle was moved."
         *     }
         */
        'application/json': {
          /** @description Each field that was wrong as it should be; null leaves an optional one out. A field is replaced whole */
          payload: Record<string, never>;
          /**
           * @description Why; who works on it reads it
           * @example The mark was read wrongly.
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will have it and decide */
      202: {
        headers: {
          /** @description `true` when the same message had been stored under this key before */
          'idempotent-replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            requestId: string;
            /** Format: uuid */
            changeId: string;
          };
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request' | 'missing-idempotency-key';
          };
        };
      };
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `in-flight`: The same key is being worked on; `not-in-this-state`: The request is not in a state that allows this; `not-correctable`: That can no longer be corrected */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'in-flight' | 'not-in-this-state' | 'not-correctable';
          };
        };
      };
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `idempotency-key-reused`: That Idempotency-Key stands for another body; `invalid-payload`: The payload does not fit its type */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'idempotency-key-reused' | 'invalid-payload';
          };
        };
      };
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  addInformation: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this attempt, 1 to 128 visible ASCII characters: repeat a call with the same key as often as you like. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. Then nothing is asked if the request has moved on. */
        'If-Match'?: string;
      };
      path: {
        /** @description Id of the request, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "message": "It stands in bay 7 now."
         *     }
         */
        'application/json': {
          /**
           * @description What who works on it should know; it stands among the notes
           * @example The keys are at the front desk.
           */
          message: string;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will have it and decide */
      202: {
        headers: {
          /** @description `true` when the same message had been stored under this key before */
          'idempotent-replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            requestId: string;
            /** Format: uuid */
            changeId: string;
          };
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request' | 'missing-idempotency-key';
          };
        };
      };
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `in-flight`: The same key is being worked on; `not-in-this-state`: The request is not in a state that allows this */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'in-flight' | 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `idempotency-key-reused`: That Idempotency-Key stands for another body */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'idempotency-key-reused';
          };
        };
      };
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  reopenRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this attempt, 1 to 128 visible ASCII characters: repeat a call with the same key as often as you like. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. Then nothing is asked if the request has moved on. */
        'If-Match'?: string;
      };
      path: {
        /** @description Id of the request, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "The same noise is back."
         *     }
         */
        'application/json': {
          /**
           * @description Why the answer is not enough; who works on it reads it
           * @example The fault is back.
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will have it and decide */
      202: {
        headers: {
          /** @description `true` when the same message had been stored under this key before */
          'idempotent-replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            requestId: string;
            /** Format: uuid */
            changeId: string;
          };
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request' | 'missing-idempotency-key';
          };
        };
      };
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that; `no-agreement`: No live agreement covers this */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'not-allowed' | 'no-agreement';
          };
        };
      };
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `in-flight`: The same key is being worked on; `not-in-this-state`: The request is not in a state that allows this; `not-reopenable`: That may not be reopened */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'in-flight' | 'not-in-this-state' | 'not-reopenable';
          };
        };
      };
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `idempotency-key-reused`: That Idempotency-Key stands for another body */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'idempotency-key-reused';
          };
        };
      };
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  replyToQuestion: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this attempt, 1 to 128 visible ASCII characters: repeat a call with the same key as often as you like. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. Then nothing is asked if the request has moved on. */
        'If-Match'?: string;
      };
      path: {
        /** @description Id of the request, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "message": "It is parked in bay 4, keys with the front counter."
         *     }
         */
        'application/json': {
          /** @example The vehicle is in bay 4. */
          message: string;
          /** @description The version of the request (its sequence) that carried the question. A reply to an earlier question is then never taken as the answer to a later one. */
          questionVersion?: number;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will have it */
      202: {
        headers: {
          /** @description `true` when the same message had been stored under this key before */
          'idempotent-replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            requestId: string;
          };
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request' | 'missing-idempotency-key';
          };
        };
      };
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `in-flight`: The same key is being worked on; `not-in-this-state`: The request is not in a state that allows this */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'in-flight' | 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `idempotency-key-reused`: That Idempotency-Key stands for another body */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'idempotency-key-reused';
          };
        };
      };
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  withdrawRequest: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this attempt, 1 to 128 visible ASCII characters: repeat a call with the same key as often as you like. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. Then nothing is asked if the request has moved on. */
        'If-Match'?: string;
      };
      path: {
        /** @description Id of the request, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "The vehicle was sold."
         *     }
         */
        'application/json': {
          /**
           * @description Why; who works on it reads it
           * @example The fault was found and mended on site.
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will have it and decide */
      202: {
        headers: {
          /** @description `true` when the same message had been stored under this key before */
          'idempotent-replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            requestId: string;
            /** Format: uuid */
            changeId: string;
          };
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'malformed-json' | 'too-deep' | 'invalid-request' | 'missing-idempotency-key';
          };
        };
      };
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `in-flight`: The same key is being worked on; `not-in-this-state`: The request is not in a state that allows this */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'in-flight' | 'not-in-this-state';
          };
        };
      };
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `idempotency-key-reused`: That Idempotency-Key stands for another body */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'idempotency-key-reused';
          };
        };
      };
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  listWebhooks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All of them */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** Format: uuid */
              id: string;
              url: string;
              types: string[] | null;
              enabled: boolean;
              disabledReason: string | null;
              disabledAt: string | null;
              previousSecretUntil: string | null;
              lastDeliveredAt: string | null;
              /** Format: date-time */
              createdAt: string;
              version: number;
            }[];
            next?: string;
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  createWebhook: {
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
         *       "url": "https://systems.example.police.uk/concordat",
         *       "types": [
         *         "concordat.request-answered.v1"
         *       ]
         *     }
         */
        'application/json': {
          /** @description https; its host must resolve to public addresses only */
          url: string;
          /** @description Event types to deliver; all of the feed when left out */
          types?: (
            | 'concordat.request-submitted.v1'
            | 'concordat.force-replied.v1'
            | 'concordat.withdrawal-requested.v1'
            | 'concordat.information-added.v1'
            | 'concordat.correction-requested.v1'
            | 'concordat.reopening-requested.v1'
            | 'concordat.request-queued.v1'
            | 'concordat.request-not-taken.v1'
            | 'concordat.request-claimed.v1'
            | 'concordat.request-released.v1'
            | 'concordat.request-held.v1'
            | 'concordat.request-resumed.v1'
            | 'concordat.question-asked.v1'
            | 'concordat.question-withdrawn.v1'
            | 'concordat.reply-received.v1'
            | 'concordat.milestone-reached.v1'
            | 'concordat.decision-proposed.v1'
            | 'concordat.decision-returned.v1'
            | 'concordat.request-answered.v1'
            | 'concordat.request-declined.v1'
            | 'concordat.request-withdrawn.v1'
            | 'concordat.information-received.v1'
            | 'concordat.request-corrected.v1'
            | 'concordat.request-reopened.v1'
            | 'concordat.change-refused.v1'
            | 'concordat.request-refused.v1'
            | 'concordat.webhook-disabled.v1'
          )[];
        };
      };
    };
    responses: {
      /** @description The webhook, and its secret */
      201: {
        headers: {
          /** @description Version */
          etag?: string;
          /** @description The webhook */
          location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            id: string;
            url: string;
            types: string[] | null;
            enabled: boolean;
            disabledReason: string | null;
            disabledAt: string | null;
            previousSecretUntil: string | null;
            lastDeliveredAt: string | null;
            /** Format: date-time */
            createdAt: string;
            version: number;
            /** @description Shown this once: `whsec_` and base64, as Standard Webhooks has it */
            secret: string;
          };
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  readWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the webhook, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook */
      200: {
        headers: {
          /** @description Version of the webhook */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            id: string;
            url: string;
            types: string[] | null;
            enabled: boolean;
            disabledReason: string | null;
            disabledAt: string | null;
            previousSecretUntil: string | null;
            lastDeliveredAt: string | null;
            /** Format: date-time */
            createdAt: string;
            version: number;
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  deleteWebhook: {
    parameters: {
      query?: never;
      header: {
        /** @description ETag of the version that was read */
        'If-Match': string;
      };
      path: {
        /** @description Id of the webhook, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone; its events stay in the feed */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  changeWebhook: {
    parameters: {
      query?: never;
      header: {
        /** @description ETag of the version that was read */
        'If-Match': string;
      };
      path: {
        /** @description Id of the webhook, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "enabled": true
         *     }
         */
        'application/json': {
          /** @description https; its host must resolve to public addresses only */
          url?: string;
          /** @description Event types to deliver; all of the feed when left out, and again with an empty list */
          types?: (
            | 'concordat.request-submitted.v1'
            | 'concordat.force-replied.v1'
            | 'concordat.withdrawal-requested.v1'
            | 'concordat.information-added.v1'
            | 'concordat.correction-requested.v1'
            | 'concordat.reopening-requested.v1'
            | 'concordat.request-queued.v1'
            | 'concordat.request-not-taken.v1'
            | 'concordat.request-claimed.v1'
            | 'concordat.request-released.v1'
            | 'concordat.request-held.v1'
            | 'concordat.request-resumed.v1'
            | 'concordat.question-asked.v1'
            | 'concordat.question-withdrawn.v1'
            | 'concordat.reply-received.v1'
            | 'concordat.milestone-reached.v1'
            | 'concordat.decision-proposed.v1'
            | 'concordat.decision-returned.v1'
            | 'concordat.request-answered.v1'
            | 'concordat.request-declined.v1'
            | 'concordat.request-withdrawn.v1'
            | 'concordat.information-received.v1'
            | 'concordat.request-corrected.v1'
            | 'concordat.request-reopened.v1'
            | 'concordat.change-refused.v1'
            | 'concordat.request-refused.v1'
            | 'concordat.webhook-disabled.v1'
          )[];
          /** @description false stops delivery and keeps the place in the feed; true goes on from there */
          enabled?: boolean;
        };
      };
    };
    responses: {
      /** @description The webhook as it is now */
      200: {
        headers: {
          /** @description Version of the webhook */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            id: string;
            url: string;
            types: string[] | null;
            enabled: boolean;
            disabledReason: string | null;
            disabledAt: string | null;
            previousSecretUntil: string | null;
            lastDeliveredAt: string | null;
            /** Format: date-time */
            createdAt: string;
            version: number;
          };
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  listDeliveries: {
    parameters: {
      query?: {
        /** @description Only those in this state */
        state?: 'waiting' | 'delivered' | 'given-up';
        /** @description How many items a page may have; at most 1000 are given */
        limit?: number;
        /** @description Where to go on: `next` of the page before, unchanged */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description Id of the webhook, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page; the last one has no `next` */
      200: {
        headers: {
          /** @description The next page (RFC 8288), when there is one */
          link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /**
               * Format: uuid
               * @description The webhook-id under which it is sent
               */
              eventId: string;
              type: string;
              requestId: string | null;
              /** @enum {string} */
              state: 'waiting' | 'delivered' | 'given-up';
              tries: number;
              lastTryAt: string | null;
              lastStatus: number | null;
              lastError: string | null;
              nextTryAt: string | null;
              deliveredAt: string | null;
            }[];
            next?: string;
          };
        };
      };
      /** @description `invalid-request`: The request is not valid; `invalid-cursor`: The cursor is not one that was given out */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  deletePreviousWebhookSecret: {
    parameters: {
      query?: never;
      header: {
        /** @description ETag of the version that was read */
        'If-Match': string;
      };
      path: {
        /** @description Id of the webhook, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook as it is now */
      200: {
        headers: {
          /** @description Version of the webhook */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            id: string;
            url: string;
            types: string[] | null;
            enabled: boolean;
            disabledReason: string | null;
            disabledAt: string | null;
            previousSecretUntil: string | null;
            lastDeliveredAt: string | null;
            /** Format: date-time */
            createdAt: string;
            version: number;
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  redeliver: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the webhook, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "since": "2026-03-02T09:30:00Z"
         *     }
         */
        'application/json': {
          /** @description One event: its id, or the webhook-id of its delivery */
          eventId?: string;
          /**
           * Format: date-time
           * @description All events that came to this webhook since then
           */
          since?: string;
          /**
           * Format: date-time
           * @description With since: before this moment
           */
          until?: string;
        };
      };
    };
    responses: {
      /** @description They are due */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            count: number;
          };
        };
      };
      /** @description `malformed-json`: The body is not JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid */
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `unsupported-media-type`: The body is of a kind that is not taken here */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header: {
        /** @description ETag of the version that was read */
        'If-Match': string;
      };
      path: {
        /** @description Id of the webhook, as the 201 gave it */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook, and its new secret */
      200: {
        headers: {
          /** @description Version of the webhook */
          etag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: uuid */
            id: string;
            url: string;
            types: string[] | null;
            enabled: boolean;
            disabledReason: string | null;
            disabledAt: string | null;
            previousSecretUntil: string | null;
            lastDeliveredAt: string | null;
            /** Format: date-time */
            createdAt: string;
            version: number;
            /** @description Shown this once: `whsec_` and base64, as Standard Webhooks has it */
            secret: string;
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
      /** @description `unauthenticated`: No valid access token */
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
      /** @description `not-allowed`: This credential may not do that */
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
      /** @description `not-found`: Nothing is here for you */
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
      /** @description `version-changed`: The record has changed since it was read */
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
      /** @description `version-required`: Say which version you read */
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
      /** @description `too-many-requests`: More than this force may ask here */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code?: 'too-many-requests';
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

/** The route of each kind of message that a force may send about a request after it submitted it. */
export const FORCE_MESSAGE_PATHS = {
  reply: '/v1/requests/{id}/replies',
  withdraw: '/v1/requests/{id}/withdraw',
  inform: '/v1/requests/{id}/information',
  correct: '/v1/requests/{id}/corrections',
  reopen: '/v1/requests/{id}/reopen',
} as const;
