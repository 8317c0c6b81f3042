import { expect, it, jest } from '@jest/globals';
import { CsvRecords } from './csv-records.ts';

it('does not search an open record again before a new line arrives', () => {
  const bytes = Buffer.from(`${'""'.repeat(1_000)}"`);
  const looks = jest.spyOn(bytes, 'indexOf');
  const records = new CsvRecords();
  expect(records.push([{ number: 1, bytes, tooLong: false }])).toEqual([]);
  const once = looks.mock.calls.length;
  for (let chunk = 0; chunk < 10; chunk += 1) expect(records.push([])).toEqual([]);
  expect(looks.mock.calls).toHaveLength(once);
  expect(records.push([{ number: 2, bytes: Buffer.from('"'), tooLong: false }])).toHaveLength(1);
});
