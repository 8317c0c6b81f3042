import { describe, expect, it } from '@jest/globals';
import { Nested, Text } from '#contracts';
import type { RequestType } from '#unit';
import { personalTextsOf, findGuarded } from './secrets-in-logs.ts';

class Person {
  @Text({ max: 40, personal: true })
  name!: string;
}

class Report {
  @Nested(() => Person)
  victim!: Person;
  @Text({ max: 40 })
  place!: string;
}

const type: RequestType = {
  name: 'report',
  version: 1,
  title: 'Report',
  payload: Report,
  answer: Person,
  decision: 'one-person',
  subject: () => ['a report'],
  lawEnforcement: true,
  risk: 1,
  clocks: [],
  examples: [
    {
      payload: { victim: { name: 'Quite Invented' }, place: 'Mill Lane' },
      answer: { name: 'Also Invented' },
    },
  ],
};

describe('a secret or personal text in a log', () => {
  const guarded = new Map([
    ['password of kafka intake', '0123456789abcdef'],
    ...personalTextsOf([
      { slug: 'probe', functionId: 'F1', title: 'Probe', referencePrefix: 'PRB', requestTypes: [type] },
    ]),
  ]);

  it.each([
    ['{"msg":"could not log in","detail":"0123456789abcdef"}', 'password of kafka intake'],
    ['DETAIL:  Failing row contains (1, {"name": "Quite Invented"})', 'report/victim/name'],
    ['{"msg":"answered","what":"Also Invented"}', 'report answer/name'],
    ['authorization: Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJmb3JjZSJ9.c2lnbmF0dXJl', 'an access token'],
    ['signing with whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'a webhook secret'],
    ['-----BEGIN PRIVATE KEY-----', 'a private key'],
    ['connecting to postgres://intake:hunter2hunter2@127.0.0.1:5432/intake', 'a password in a URL'],
  ])('is reported by its line and name, never by its text: %#', (line, what) => {
    expect(findGuarded(`{"msg":"listening"}\n${line}\n`, guarded)).toEqual([`line 2: ${what}`]);
  });

  it('is not reported for harmless text', () => {
    expect(
      findGuarded('{"msg":"postgres://intake:[redacted]@127.0.0.1/intake","place":"Mill Lane"}', guarded),
    ).toEqual([]);
  });
});
