import { PATIENT } from '@triptych/platform/testing/patience';
import { expect, it, vi } from 'vitest';
import { createGate } from './gate.ts';

function held() {
  let release = () => {};
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { open, release };
}

it('runs a bounded number of tasks, and the others in order', async () => {
  const gate = createGate({ running: 2, waiting: 10 });
  const doors = [held(), held(), held(), held()];
  const begun: number[] = [];
  const tasks = doors.map((door, index) =>
    gate(async () => {
      begun.push(index);
      await door.open;
    }),
  );
  await vi.waitFor(() => expect(begun).toEqual([0, 1]), PATIENT);
  doors[1]?.release();
  await vi.waitFor(() => expect(begun).toEqual([0, 1, 2]), PATIENT);
  for (const door of doors) door.release();
  await Promise.all(tasks);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('rejects a task when the queue is full, with the time to retry after', async () => {
  const gate = createGate({ running: 1, waiting: 1 });
  const door = held();
  const tasks = [gate(() => door.open), gate(() => door.open)];
  await expect(gate(async () => {})).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'overloaded',
    retryAfterSeconds: 1,
  });
  door.release();
  await Promise.all(tasks);
  await expect(gate(async () => 'again')).resolves.toBe('again');
});

it('continues after a failed task', async () => {
  const gate = createGate({ running: 1, waiting: 1 });
  await expect(gate(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(gate(async () => 'next')).resolves.toBe('next');
});
