import { describe, expect, it } from '@jest/globals';
import { kafkaClient } from './kafka-client.ts';

describe('what the Kafka library says', () => {
  it('is a warning of the service, in one line, because we try again', async () => {
    const lines: string[] = [];
    const settings = {
      brokers: ['127.0.0.1:1'],
      username: 'u',
      password: 'p',
      tls: false,
      clientId: 'fleet',
    };
    const admin = kafkaClient({ ...settings, log: (line) => lines.push(line) }).admin({
      retry: { retries: 1, initialRetryTime: 10 },
    });
    await expect(admin.connect()).rejects.toThrow('ECONNREFUSED');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).not.toContain('\\n');
      expect(JSON.parse(line)).toMatchObject({
        level: 'warn',
        service: 'fleet',
        msg: expect.any(String),
        time: expect.any(String),
      });
    }
  });
});
