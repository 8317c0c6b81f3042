import type { LoggerService } from '@nestjs/common';
import { Refusal } from '#contracts';
import type { AnsweredRequest } from './request-id.ts';

const LEVELS = { debug: 10, info: 20, warn: 30, error: 40, fatal: 50 } as const;
export type LogLevel = keyof typeof LEVELS;
export const LOG_LEVELS = Object.keys(LEVELS) as LogLevel[];

/** Nest logs every route and module at the start under these contexts; only debugging needs that. */
const CHATTER = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
]);
/** Fields with these names never reach the log, at any depth. */
const SECRET_FIELD =
  /authori[sz]ation|cookie|token|secret|password|assertion|private|credential|^(?:body|payload|answer|jwk|value|key|d)$/i;
const TOKEN_SHAPE = /eyJ[\w-]{6,}\.[\w-]+\.[\w-]*/g;
const URL_PASSWORD = /(\w:\/\/[^\s:/@]*):[^\s@]+@/g;
const DEPTH_MAX = 4;
const TEXT_MAX = 4_000;

/**
 * Writes one JSON object per line with level, time, service, msg, and traceId if the caller gives one. Code
 * uses it through Nest's Logger: `logger.warn('what happened', { force, traceId }, error)`. Bodies, tokens
 * and passwords are removed.
 */
export class ServiceLog implements LoggerService {
  private readonly least: number;

  constructor(
    private readonly service: string,
    level: LogLevel = 'info',
    private readonly write: (line: string) => void = (line) => void process.stdout.write(line),
  ) {
    this.least = LEVELS[level];
  }

  log(message: unknown, ...rest: readonly unknown[]): void {
    const context = rest.at(-1);
    this.line(typeof context === 'string' && CHATTER.has(context) ? 'debug' : 'info', message, rest);
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.line('warn', message, rest);
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    this.line('error', message, rest);
  }

  fatal(message: unknown, ...rest: readonly unknown[]): void {
    this.line('fatal', message, rest);
  }

  debug(message: unknown, ...rest: readonly unknown[]): void {
    this.line('debug', message, rest);
  }

  verbose(message: unknown, ...rest: readonly unknown[]): void {
    this.line('debug', message, rest);
  }

  /** Writes one line for each answered request. All its fields are ours, so nothing has to be removed. */
  answered(request: AnsweredRequest): void {
    if (LEVELS.info < this.least) return;
    const head = { level: 'info', time: new Date().toISOString(), service: this.service, msg: 'answered' };
    this.write(`${JSON.stringify({ ...head, ...request })}\n`);
  }

  private line(level: LogLevel, message: unknown, rest: readonly unknown[]): void {
    if (LEVELS[level] < this.least) return;
    const entry: Record<string, unknown> = { level, time: new Date().toISOString(), service: this.service };
    if (message instanceof Error) {
      entry['msg'] = redactText(message.message);
      entry['error'] = describeError(message);
    } else entry['msg'] = typeof message === 'string' ? redactText(message) : redact(message, 0);
    for (const part of rest) {
      // Nest adds the logger's name as the last string.
      if (typeof part === 'string') entry['context'] = redactText(part);
      else if (part instanceof Error) entry['error'] = describeError(part);
      else if (typeof part === 'object' && part !== null) {
        for (const [name, value] of Object.entries(redact(part, 0) as object))
          if (!(name in entry) && value !== undefined) entry[name] = value;
      }
    }
    this.write(`${JSON.stringify(entry)}\n`);
  }
}

function describeError(error: Error): Record<string, unknown> {
  const code: unknown = 'code' in error ? error.code : undefined;
  const described: Record<string, unknown> = { name: error.name, message: redactText(error.message) };
  if (typeof code === 'string') described['code'] = code;
  // A refusal is an answer, not an error, so its stack is not logged.
  if (!(error instanceof Refusal) && error.stack !== undefined) described['stack'] = redactText(error.stack);
  if (error.cause instanceof Error)
    described['cause'] = redactText(`${error.cause.name}: ${error.cause.message}`);
  return described;
}

function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= DEPTH_MAX) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  const plain: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value))
    plain[name] = SECRET_FIELD.test(name) ? '[redacted]' : redact(item, depth + 1);
  return plain;
}

function redactText(text: string): string {
  const short = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
  return short.replace(TOKEN_SHAPE, '[redacted]').replace(URL_PASSWORD, '$1:[redacted]@');
}
