import { connect } from 'node:net';

// Opens CROWD_SIZE connections to CROWD_PORT and holds them until it is killed. Some are silent, some stop in
// the middle of their headers.
const AT_ONCE = 100;
const port = Number(process.env['CROWD_PORT']);
let left = Number(process.env['CROWD_SIZE']);

function one(): void {
  if (left === 0) return;
  left -= 1;
  const says = left % 2 === 0 ? 'GET /v1/counts HTTP/1.1\r\nhost: intake\r\nx-held-back: ' : '';
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(says);
    one();
  });
  // A refused connection is not opened again, because the test counts those that were accepted.
  socket.on('error', () => undefined);
}

for (let started = 0; started < AT_ONCE; started += 1) one();
