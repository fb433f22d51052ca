import { expect, it, vi } from 'vitest';
import { createGate } from './gate.ts';

function held() {
  let release = () => {};
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { open, release };
}

it('runs as many works as it may, the others in their order', async () => {
  const gate = createGate({ running: 2, waiting: 10 });
  const doors = [held(), held(), held(), held()];
  const begun: number[] = [];
  const works = doors.map((door, index) =>
    gate(async () => {
      begun.push(index);
      await door.open;
    }),
  );
  await vi.waitFor(() => expect(begun).toEqual([0, 1]));
  doors[1]?.release();
  await vi.waitFor(() => expect(begun).toEqual([0, 1, 2]));
  for (const door of doors) door.release();
  await Promise.all(works);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('refuses what would wait behind a full queue, and says when to come again', async () => {
  const gate = createGate({ running: 1, waiting: 1 });
  const door = held();
  const works = [gate(() => door.open), gate(() => door.open)];
  await expect(gate(async () => {})).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'overloaded',
    retryAfterSeconds: 1,
  });
  door.release();
  await Promise.all(works);
  await expect(gate(async () => 'again')).resolves.toBe('again');
});

it('passes on after a work that failed', async () => {
  const gate = createGate({ running: 1, waiting: 1 });
  await expect(gate(() => Promise.reject(new Error('torn')))).rejects.toThrow('torn');
  await expect(gate(async () => 'next')).resolves.toBe('next');
});
