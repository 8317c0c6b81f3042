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
     * @description Intake accepts a request only under an agreement that is live here.
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
     * @description Send one submission per line, as NDJSON or CSV. The header of a CSV names `reference`, `type`, `version`, `origin` and `payload.field`
     *     (with dots for nesting, `;` between the values of a list, and an empty cell for an absent value). The 202 is sent when the body has been
     *     read to its end and every line has a result. A malformed line does not affect the others. If the connection breaks, send the same body
     *     with the same `Idempotency-Key`: nothing is stored twice, and the results are completed. At most 250,000 lines, each within the size
     *     limit of a single submission.
     *
     *     Only the system of a force may call this, not its people.
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
     * Read the progress of an upload
     * @description `interrupted` means that the upload stopped before its end. Send the same upload with the same key to complete it.
     *
     *     Only the system of a force may call this, not its people.
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
     * @description The results are in the order of the lines, as far as the upload has got. `accepted`: stored, with the id of the request. `known`: a request
     *     with this reference and content existed already. `refused`: not stored, with the problem; for CSV its errors also name the column.
     *
     *     Only the system of a force may call this, not its people.
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
     * @description All numbers are from one snapshot, to compare with your own records. The call reads all requests: use it to reconcile, not for a dashboard.
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
     * Read the events of the force's requests
     * @description Each event comes exactly once, in order per request. Poll with `after` = the last `next`, which is present even if nothing is new.
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
     * List refused messages and requests of the force with their reasons, oldest first
     * @description A page ends early if its bodies reach 4 MB; continue with `next`.
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
     * @description A request that changes while you read the pages is listed again on a later page, so count by `id`. A change that commits late may belong to a page that you have read already. To follow every change without a gap, read `/v1/events`.
     */
    get: operations['listRequests'];
    put?: never;
    /**
     * Submit a request
     * @description The 201 is sent after the commit: from then on the request is safely stored. You may repeat the call with the same `Idempotency-Key` as
     *     often as you like. The force's own `reference` also prevents duplicates, because it is unique within the force.
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
     * @description A request of another force answers 404, like one that does not exist.
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
     * @description Name each field that was wrong, as it should be; null leaves an optional field out, and a field is replaced whole. A field may be corrected as long as its `x-correctable` in the schema of the type says; a field without one is fixed. The unit’s event `request-corrected`, with the whole payload as it is then, or `change-refused` settles it. Until then the change is listed under `changes` of the request as `requested`.
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
     * @description The people who work on the request read it among its notes. The unit’s event `information-received` or `change-refused` settles it. Until then the change is listed under `changes` of the request as `requested`.
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
     * @description It is possible until the end of the day that `reopenUntil` names, and while an agreement with the unit is live. The request goes back to the queue with its history, and its clocks start again. The unit’s event `request-reopened` or `change-refused` settles it. Until then the change is listed under `changes` of the request as `requested`.
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
     * @description The unit decides, because it knows what has been done: its event `request-withdrawn` or `change-refused` settles it. Until then the change is listed under `changes` of the request as `requested`.
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
     *
     *     Only the system of a force may call this, not its people.
     */
    get: operations['listWebhooks'];
    put?: never;
    /**
     * Create a webhook: have new events sent to a URL
     * @description Each event is sent by POST in the form of `/v1/events`, signed as Standard Webhooks describes. Only this answer shows the secret. A force has at most 10 webhooks.
     *
     *     Only the system of a force may call this, not its people.
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
     *
     *     Only the system of a force may call this, not its people.
     */
    get: operations['readWebhook'];
    put?: never;
    post?: never;
    /**
     * Delete a webhook and its log of deliveries
     * @description Delete a webhook and its log of deliveries
     *
     *     Only the system of a force may call this, not its people.
     */
    delete: operations['deleteWebhook'];
    options?: never;
    head?: never;
    /**
     * Change, disable or enable a webhook
     * @description A disabled webhook keeps its place in the feed and continues from there when it is enabled again.
     *
     *     Only the system of a force may call this, not its people.
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
     * List the deliveries of a webhook, newest first
     * @description List the deliveries of a webhook, newest first
     *
     *     Only the system of a force may call this, not its people.
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
     * Stop signing with the previous secret
     * @description Stop signing with the previous secret
     *
     *     Only the system of a force may call this, not its people.
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
     * Send an event again, or all events of a webhook in a period
     * @description Each event is sent again under its own `webhook-id`, with a full set of tries. The count includes events of the period that are still being delivered. At most 10,000 events at once. A disabled webhook sends nothing until it is enabled.
     *
     *     Only the system of a force may call this, not its people.
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
     * Create a new secret for a webhook
     * @description Every message is signed with both secrets for 24 hours, or until the previous secret is deleted.
     *
     *     Only the system of a force may call this, not its people.
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
      /** @description The force's own reference */
      reference: string;
      type: string;
      version: number;
      unit: string;
      /** @description What the request is about in one line */
      subject: string;
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
      /** @description 0 until the unit has the request, then the unit's count of changes */
      sequence: number;
      agreementId: string;
      /** @enum {string} */
      channel: 'rest' | 'kafka';
      origin: string | null;
      /** Format: date-time */
      receivedAt: string;
      /** Format: date-time */
      updatedAt: string;
      /** @description The current payload, with every correction that the unit accepted */
      payload: Record<string, never>;
      /** @description The payload as submitted, if it was corrected later; otherwise null */
      submittedPayload: unknown;
      question: string | null;
      /** @description The answer and what the unit recorded; null before the answer. Its fields: /schemas/{type}/{version}/answer */
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
        /** @description The reason, the message, or the corrected fields */
        says?: unknown;
        requestedBy?: string;
        /** Format: date-time */
        requestedAt?: string;
        settledAt?: string | null;
        problem?: unknown;
      }[];
    };
    Event: {
      /** @description The place of this event. Send it as `after` to continue behind it */
      cursor: string;
      /** @description Never changes; a repeat of the event has the same id */
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
      /** @description The refused message, if it was JSON */
      body: unknown;
      bytes: string | null;
      bodyHash: string | null;
      bodyErasedAt: string | null;
    };
    Counts: {
      received: number;
      /** @description The number of requests by state; their sum is `received` */
      byState: {
        [key: string]: number;
      };
      refused: number;
      /** @description Events of units about this force's requests that intake could not process */
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
      /** @description True for an invented agreement that only serves the demonstration */
      demonstration: boolean;
    };
    Submission:
      | components['schemas']['vehicle-repair.v1']
      | components['schemas']['vehicle-service.v1']
      | components['schemas']['vehicle-collision.v1']
      | components['schemas']['fault-repair.v1']
      | components['schemas']['fault-repair.v2']
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
       *     - `offRoadSince`: Give the time since when the vehicle has been off the road (when `offRoad` is true).
       *     - `offRoadReason`: Give the reason why the vehicle is off the road (when `offRoad` is true).
       *     - `offRoadSince`: Leave this field out, because the vehicle is on the road (unless `offRoad` is true).
       *     - `offRoadReason`: Leave this field out, because the vehicle is on the road (unless `offRoad` is true).
       */
      payload: {
        /**
         * Registration mark
         * @description Capitals and digits without spaces, such as AB12CDE.
         */
        vrm: string;
        /**
         * Odometer now
         * @description Miles, as read by the force. The unit takes its own reading, and only that one counts.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       *     - `serviceDueOn`: Give the day on which the service is due (unless `due` is mot).
       *     - `motDueOn`: Give the day on which the MOT is due (unless `due` is service).
       */
      payload: {
        /**
         * Registration mark
         * @description Capitals and digits without spaces, such as AB12CDE.
         */
        vrm: string;
        /**
         * Odometer now
         * @description Miles, as read by the force. The unit takes its own reading, and only that one counts.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       *     - `offRoadSince`: Give the time since when the vehicle has been off the road (when `offRoad` is true).
       *     - `offRoadReason`: Give the reason why the vehicle is off the road (when `offRoad` is true).
       *     - `offRoadSince`: Leave this field out, because the vehicle is on the road (unless `offRoad` is true).
       *     - `offRoadReason`: Leave this field out, because the vehicle is on the road (unless `offRoad` is true).
       */
      payload: {
        /**
         * Registration mark
         * @description Capitals and digits without spaces, such as AB12CDE.
         */
        vrm: string;
        /**
         * Odometer now
         * @description Miles, as read by the force. The unit takes its own reading, and only that one counts.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
      version: 1;
      /**
       * @description Rules over several fields:
       *     - `cell`: Give the cell with the ligature point, so that it can be closed (when `ligaturePoint` is true).
       *     - `cell`: Give the cell that has the fault (when `fault` is cell).
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
         * @description From P1 (danger to life, or a custody suite cannot be used) to P7 (can wait a month).
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
         * @description A ligature can be tied to something in the cell. The cell is closed at once.
         */
        ligaturePoint?: boolean;
        /** Who to speak to on site */
        contact?: string;
      } & (unknown & unknown);
      /**
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /** Repair a fault */
    'fault-repair.v2': {
      /** @constant */
      type: 'fault-repair';
      /** @description The force's own reference, unique within the force */
      reference: string;
      /** @constant */
      version?: 2;
      /**
       * @description Rules over several fields:
       *     - `cell`: Give the cell with the ligature point, so that it can be closed (when `ligaturePoint` is true).
       *     - `cell`: Give the cell that has the fault (when `fault` is cell).
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
         * @description From P1 (danger to life, or a custody suite cannot be used) to P7 (can wait a month).
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
         * @description A ligature can be tied to something in the cell. The cell is closed at once.
         */
        ligaturePoint?: boolean;
        /** Who to speak to on site */
        contact?: string;
        /**
         * Out of hours
         * @description True if the site lets a contractor in outside office hours.
         */
        outOfHours?: boolean;
      } & (unknown & unknown);
      /**
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
         * @description When the domestic abuse protection notice was given to the person. The 48 hours run from this time.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       *     - `acknowledgedOn`: Leave this field out for a claim from a portal, because the portal acknowledges it (unless `channel` is letter).
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
         * How the claim arrived
         * @enum {string}
         */
        channel: 'letter' | 'road-traffic-portal' | 'employers-liability-portal' | 'public-liability-portal';
        /**
         * Claim received by the force on
         * Format: date
         * @description The time limits run from this day, not from the day on which this request arrives.
         */
        claimReceivedOn: string;
        /**
         * Acknowledged on
         * Format: date
         * @description Give this day if the force has already acknowledged the claim.
         */
        acknowledgedOn?: string;
        /**
         * Date of the incident
         * Format: date
         * @description The limitation period is counted from this day.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       *     - `referees`: Name two different people as referees.
       *     - `referees`: The applicant cannot be a referee: name another person.
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
         * @description The chief officer of the area in which the applicant lives makes the decision.
         */
        address: string;
        /**
         * Application received by the force on
         * Format: date
         * @description The four months run from this day, not from the day on which this request arrives.
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
         * @description These may follow later, but no certificate is granted without them.
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
           * Finding
           * @enum {string}
           */
          finding: 'nothing-relevant' | 'relevant-condition';
          /** Details */
          details?: string;
        };
      };
      /**
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       *     - `referees`: Name two different people as referees.
       *     - `referees`: The applicant cannot be a referee: name another person.
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
         * @description The chief officer of the area in which the applicant lives makes the decision.
         */
        address: string;
        /**
         * Application received by the force on
         * Format: date
         * @description The four months run from this day, not from the day on which this request arrives.
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
         * @description These may follow later, but no certificate is granted without them.
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
           * Finding
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       *     - `keptAt`: Give the place where the explosives are to be kept (when `allows` is acquire-and-keep).
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
         * @description The chief officer of the area in which the applicant lives makes the decision.
         */
        address: string;
        /**
         * Application received by the force on
         * Format: date
         * @description The four months run from this day, not from the day on which this request arrives.
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
         * @description Needed if the explosives are to be kept.
         */
        keptAt?: string;
        /** Purpose */
        purpose: string;
      } & unknown;
      /**
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
       *     - `reportReceivedAt`: Give the time at which the force received the report, or set receiptUnknown to true (unless `receiptUnknown` is true).
       *     - `reportReceivedAt`: Leave reportReceivedAt out, because receiptUnknown is true (when `receiptUnknown` is true).
       *     - `incidentReference`: Give the reference of the incident log: every report has one (unless `receiptUnknown` is true).
       *     - `occurredMonth`: Give occurredFrom, or occurredMonth if only the month is known (when `occurredFrom` is left out).
       *     - `latitude`: Give both coordinates or neither (when `longitude` is given).
       *     - `longitude`: Give both coordinates or neither (when `latitude` is given).
       *     - `suggestedOffenceCode`: This Home Office offence code does not exist. Give another one or leave it out.
       */
      payload: {
        /**
         * Report received by the force
         * Format: date-time
         * @description When the force received the report at the first contact of any kind. The 24 hours run from this time, not from the arrival of this request.
         */
        reportReceivedAt?: string;
        /**
         * Time of receipt unknown
         * @description True if the time of receipt was not kept, as in published data. Do not invent a time.
         */
        receiptUnknown?: boolean;
        /**
         * Incident log reference
         * @description The force logs every report as an incident first.
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
         * @description Give this if only the month is known, such as 2018-10.
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
         * @description As published. The record belongs to the force that recorded it, which may be another force.
         */
        fallsWithin?: string;
        /** What was reported */
        summary?: string;
        /**
         * Victim
         * @description The victim may also be a business or the Crown.
         */
        victimName?: string;
        /**
         * Victim has enhanced rights
         * @description Victims' Code: the victim hears of key decisions within 1 working day instead of 5.
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
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
         * @description A recorded crime can be cancelled for these two reasons only (Crime Recording General Rules).
         * @enum {string}
         */
        reason: 'recorded-in-error' | 'additional-verifiable-information';
        /**
         * Explanation
         * @description Give the information that supports the reason, and where it can be verified.
         */
        explanation: string;
        /**
         * Asked by
         * @description The officer or staff member of the owning force.
         */
        requestedBy: string;
      };
      /**
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
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
         * @description A force of this alliance or any other force.
         */
        receivingForce: string;
        /**
         * Why it belongs there
         * @enum {string}
         */
        ground: 'committed-in-receiving-force' | 'recorded-by-wrong-force';
        /** Where it was committed */
        location: string;
        /** What the receiving force needs to know */
        handover: string;
      };
      /**
       * @description The source in your own system, such as a file and line or a screen. Kept and returned, never compared.
       * @example repairs-march.csv, line 17
       */
      origin?: string;
    };
    /**
     * Answer: Repair a vehicle
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description Miles, read by the unit. It must not be below an earlier reading of the unit; correct a wrong reading first.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description Miles, read by the unit. It must not be below an earlier reading of the unit; correct a wrong reading first.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description Miles, read by the unit. It must not be below an earlier reading of the unit; correct a wrong reading first.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description Needed if the request reported one. The cell opens again only when it is removed.
       */
      ligaturePointRemoved?: boolean;
    };
    /**
     * Answer: Repair a fault
     * @description The field `answer` of an answered request. The unit may add fields to it.
     */
    'fault-repair.v2.answer': {
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
       * @description Needed if the request reported one. The cell opens again only when it is removed.
       */
      ligaturePointRemoved?: boolean;
    };
    /**
     * Answer: Ask for access to a site
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description When the hearing began. The notice stays in force if the hearing is then adjourned.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
     */
    'advice.v1.answer': {
      /** Advice */
      advice: string;
      /** Authorities relied on */
      authorities?: string;
    };
    /**
     * Answer: Decide on a first certificate
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description Give these if they came after the application.
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
         * Finding
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
       * @description Needed when refused, and when the decision departs from the guidance.
       */
      reasons?: string;
      /**
       * Partner and household interviewed on
       * Format: date
       * @description Each person is interviewed without the applicant. Leave this out if the applicant lives alone.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description Give these if they came after the application.
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
         * Finding
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
       * @description Needed when refused, and when the decision departs from the guidance.
       */
      reasons?: string;
      /**
       * Partner and household interviewed on
       * Format: date
       * @description Each person is interviewed without the applicant. Leave this out if the applicant lives alone.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description Give these if they came after the application.
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
         * Finding
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
       * @description Needed when refused, and when the decision departs from the guidance.
       */
      reasons?: string;
    };
    /**
     * Answer: Decide on an explosives certificate
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
       * @description Give these if they came after the application.
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
         * Finding
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
       * @description Needed when refused, and when the decision departs from the guidance.
       */
      reasons?: string;
    };
    /**
     * Answer: Record a reported crime
     * @description The field `answer` of an answered request. The unit may add fields to it.
     */
    'crime-report.v1.answer': {
      /**
       * Decision
       * @enum {string}
       */
      decision: 'recorded' | 'not-a-crime';
      /**
       * Offence code
       * @description Home Office class/subclass of the principal crime. Needed when recorded.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
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
     * @description The field `answer` of an answered request. The unit may add fields to it.
     */
    'crime-transfer.v1.answer': {
      /**
       * Decision of the receiving force
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
               * @description The address of its schema
               */
              schema: string;
              /**
               * Format: uri-reference
               * @description The address of the schema of its answer
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The type of every line, for a CSV without a column `type` */
        type?: string;
      };
      header: {
        /** @description A key for this call, 1 to 128 visible ASCII characters. You may repeat the call safely with the same key. */
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
      /** @description Every line has a result */
      202: {
        headers: {
          /** @description The address of the job */
          location?: string;
          /** @description `true` if this upload had finished before */
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
      /** @description `in-flight`: A request with the same key or reference is still being processed */
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
      /** @description `idempotency-key-reused`: This Idempotency-Key was already used with a different body */
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
      /** @description `too-many-requests`: Too many requests */
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
      /** @description `busy`: The service is busy; try again shortly; `unavailable`: The service is temporarily unavailable */
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
        /** @description The id of the job, from the answer to the upload */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description A line number; only results of later lines are sent */
        after?: number;
      };
      header?: never;
      path: {
        /** @description The id of the job, from the answer to the upload */
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
      /** @description `too-many-requests`: Too many requests */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The place to continue from: `next` of the previous page, unchanged */
        after?: string;
        /** @description The number of items in a page, at most 1000 */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The place to continue from: `next` of the previous page, unchanged */
        cursor?: string;
        /** @description The number of items in a page, at most 1000 */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description Only requests that changed at this time or later */
        updatedSince?: string;
        /** @description Only requests in this state */
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
        /** @description Only the request with this reference, the force's own */
        reference?: string;
        /** @description Programs that follow changes read the oldest first */
        order?: 'oldest-change-first' | 'newest-change-first';
        /** @description The number of items in a page, at most 1000 */
        limit?: number;
        /** @description The place to continue from: `next` of the previous page, unchanged */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description A key for this call, 1 to 128 visible ASCII characters. You may repeat the call safely with the same key. */
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
      /** @description A request with this reference and content was stored before, under another key */
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
          /** @description `true` if this key and content were stored before */
          'idempotent-replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Request'];
        };
      };
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
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
      /** @description `not-allowed`: Your credential does not allow this; `never-shared`: Forces never share this kind of work; `no-agreement`: No current collaboration agreement covers this */
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
      /** @description `in-flight`: A request with the same key or reference is still being processed; `reference-conflict`: This reference is already used for different content */
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
      /** @description `unknown-type`: The request type or its version is not known; `invalid-payload`: The payload is not valid for its request type; `idempotency-key-reused`: This Idempotency-Key was already used with a different body */
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
      /** @description `too-many-requests`: Too many requests */
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
      /** @description `busy`: The service is busy; try again shortly */
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
        /** @description The id of the request, from the 201 */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description A key for this call, 1 to 128 visible ASCII characters. You may repeat the call safely with the same key. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. If the request has changed since, the call is refused. */
        'If-Match'?: string;
      };
      path: {
        /** @description The id of the request, from the 201 */
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
          /** @description The corrected value of each wrong field; null removes an optional field. A field is replaced as a whole */
          payload: Record<string, never>;
          /**
           * @description Why you correct the request. The staff who work on it read this
           * @example The mark was read wrongly.
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will get it and decide */
      202: {
        headers: {
          /** @description `true` if the same message was stored under this key before */
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
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
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
      /** @description `in-flight`: A request with the same key or reference is still being processed; `not-in-this-state`: Not possible in the current state; `not-correctable`: This cannot be corrected */
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
      /** @description `idempotency-key-reused`: This Idempotency-Key was already used with a different body; `invalid-payload`: The payload is not valid for its request type */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description A key for this call, 1 to 128 visible ASCII characters. You may repeat the call safely with the same key. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. If the request has changed since, the call is refused. */
        'If-Match'?: string;
      };
      path: {
        /** @description The id of the request, from the 201 */
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
           * @description Something that the staff who work on the request should know. It is added to the notes
           * @example The keys are at the front desk.
           */
          message: string;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will get it and decide */
      202: {
        headers: {
          /** @description `true` if the same message was stored under this key before */
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
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
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
      /** @description `in-flight`: A request with the same key or reference is still being processed; `not-in-this-state`: Not possible in the current state */
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
      /** @description `idempotency-key-reused`: This Idempotency-Key was already used with a different body */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description A key for this call, 1 to 128 visible ASCII characters. You may repeat the call safely with the same key. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. If the request has changed since, the call is refused. */
        'If-Match'?: string;
      };
      path: {
        /** @description The id of the request, from the 201 */
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
           * @description Why the answer is not enough. The staff who work on the request read this
           * @example The fault is back.
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will get it and decide */
      202: {
        headers: {
          /** @description `true` if the same message was stored under this key before */
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
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
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
      /** @description `not-allowed`: Your credential does not allow this; `no-agreement`: No current collaboration agreement covers this */
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
      /** @description `in-flight`: A request with the same key or reference is still being processed; `not-in-this-state`: Not possible in the current state; `not-reopenable`: This request cannot be reopened */
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
      /** @description `idempotency-key-reused`: This Idempotency-Key was already used with a different body */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description A key for this call, 1 to 128 visible ASCII characters. You may repeat the call safely with the same key. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. If the request has changed since, the call is refused. */
        'If-Match'?: string;
      };
      path: {
        /** @description The id of the request, from the 201 */
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
          /** @description The version (sequence) of the request that carried the question. With it, a reply to an earlier question is never taken for a reply to a later one. */
          questionVersion?: number;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will get it */
      202: {
        headers: {
          /** @description `true` if the same message was stored under this key before */
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
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
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
      /** @description `in-flight`: A request with the same key or reference is still being processed; `not-in-this-state`: Not possible in the current state */
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
      /** @description `idempotency-key-reused`: This Idempotency-Key was already used with a different body */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description A key for this call, 1 to 128 visible ASCII characters. You may repeat the call safely with the same key. */
        'Idempotency-Key': string;
        /** @description Optional: the ETag of the version you read. If the request has changed since, the call is refused. */
        'If-Match'?: string;
      };
      path: {
        /** @description The id of the request, from the 201 */
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
           * @description Why you withdraw the request. The staff who work on it read this
           * @example The fault was found and mended on site.
           */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Stored; the unit will get it and decide */
      202: {
        headers: {
          /** @description `true` if the same message was stored under this key before */
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
      /** @description `malformed-json`: The body is not valid JSON; `too-deep`: The body is nested too deeply; `invalid-request`: The request is not valid; `missing-idempotency-key`: The Idempotency-Key header is missing or malformed */
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
      /** @description `in-flight`: A request with the same key or reference is still being processed; `not-in-this-state`: Not possible in the current state */
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
      /** @description `idempotency-key-reused`: This Idempotency-Key was already used with a different body */
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
      /** @description `too-many-requests`: Too many requests */
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
      /** @description All webhooks of the force */
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
      /** @description `too-many-requests`: Too many requests */
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
          /** @description An https URL; its host must resolve to public addresses only */
          url: string;
          /** @description Event types to deliver; leave it out for all types */
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
            /** @description Shown only in this answer. `whsec_` and base64, the format of Standard Webhooks */
            secret: string;
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The id of the webhook, from the 201 */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The ETag of the version that you read */
        'If-Match': string;
      };
      path: {
        /** @description The id of the webhook, from the 201 */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook is deleted; its events stay in the feed */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The ETag of the version that you read */
        'If-Match': string;
      };
      path: {
        /** @description The id of the webhook, from the 201 */
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
          /** @description An https URL; its host must resolve to public addresses only */
          url?: string;
          /** @description Event types to deliver; leave it out for all types; an empty list means all types */
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
          /** @description false stops delivery and keeps the place in the feed; true continues from that place */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description Only deliveries in this state */
        state?: 'waiting' | 'delivered' | 'given-up';
        /** @description The number of items in a page, at most 1000 */
        limit?: number;
        /** @description The place to continue from: `next` of the previous page, unchanged */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The id of the webhook, from the 201 */
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
               * @description The webhook-id of the delivery
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The ETag of the version that you read */
        'If-Match': string;
      };
      path: {
        /** @description The id of the webhook, from the 201 */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The id of the webhook, from the 201 */
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
          /** @description The id of one event, or the webhook-id of its delivery */
          eventId?: string;
          /**
           * Format: date-time
           * @description All events for this webhook from this time on
           */
          since?: string;
          /**
           * Format: date-time
           * @description Together with since: only events before this time
           */
          until?: string;
        };
      };
    };
    responses: {
      /** @description The events will be sent again */
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
      /** @description `too-many-requests`: Too many requests */
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
        /** @description The ETag of the version that you read */
        'If-Match': string;
      };
      path: {
        /** @description The id of the webhook, from the 201 */
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
            /** @description Shown only in this answer. `whsec_` and base64, the format of Standard Webhooks */
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
      /** @description `too-many-requests`: Too many requests */
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
