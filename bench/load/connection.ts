import { connect, type Socket } from 'node:net';

export interface Exchange {
  readonly status: number;
  readonly text: string;
}

/**
 * A kept-alive HTTP/1.1 connection with one request at a time. It uses the socket directly, because Node's
 * own client needs more time than most of the measured servers. Each answer must have a content-length or be
 * a 204.
 */
export class Connection {
  private received = '';
  private awaiting: { resolve: (answer: Exchange) => void; reject: (error: Error) => void } | undefined;
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    // Lengths are in bytes, and each latin1 character is one byte.
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      this.received += String(text);
      this.read();
    });
    const lost = (error?: Error): void =>
      this.awaiting?.reject(error ?? new Error('the server closed the connection'));
    socket.on('error', lost).on('close', () => lost());
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new Connection(socket);
  }

  exchange(request: string): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      this.awaiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.awaiting = undefined;
    this.socket.destroy();
  }

  private read(): void {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.received.slice(0, end + 2));
    const whole = end + 4 + Number(length?.[1] ?? 0);
    if (this.received.length < whole) return;
    const status = Number(this.received.slice(9, 12));
    const text = this.received.slice(end + 4, whole);
    this.received = this.received.slice(whole);
    const { awaiting } = this;
    this.awaiting = undefined;
    awaiting?.resolve({ status, text });
  }
}

/** Builds the text of a request with a JSON body. */
export function buildRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): string {
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
