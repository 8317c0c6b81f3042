import { expect, it } from '@jest/globals';
import { buildLossProgram } from './packet-loss.ts';

it('drops one in five packets to and from the given TCP ports, and no others', () => {
  const [count, ...program] = buildLossProgram([5432, 9092]).split(',');
  expect(Number(count)).toBe(program.length);
  const instructions = program.map((one) => one.split(' ').map(Number) as [number, number, number, number]);
  const offsets: Record<string, number> = {
    protocol: 0xfff00009,
    source: 0xfff00014,
    target: 0xfff00016,
    chance: 0xfffff038,
  };
  /** Runs the program on a packet as the kernel would: 2 drops the packet, all bits set lets it pass. */
  const verdict = (packet: { protocol: number; source: number; target: number; chance: number }): number => {
    let word = 0;
    for (let at = 0; ; at += 1) {
      const [operation, onTrue, onFalse, value] = instructions[at] as [number, number, number, number];
      if (operation === 6) return value;
      if (operation === 21) at += word === value ? onTrue : onFalse;
      else if (operation === 148) word %= value;
      else word = Object.entries(packet).find(([what]) => offsets[what] === value)?.[1] as number;
    }
  };
  const packet = { protocol: 6, source: 5432, target: 40_000, chance: 10 };
  const [dropped, passed] = [2, 0xffffffff];
  expect(verdict(packet)).toBe(dropped);
  expect(verdict({ ...packet, source: 40_000, target: 9092 })).toBe(dropped);
  for (const chance of [1, 2, 3, 4]) expect(verdict({ ...packet, chance })).toBe(passed);
  expect(verdict({ ...packet, source: 40_000, target: 7301 })).toBe(passed);
  expect(verdict({ ...packet, protocol: 17 })).toBe(passed);
});
