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
  const gate = createGate({ capacity: 2, waiting: 10 });
  const doors = [held(), held(), held(), held()];
  const begun: number[] = [];
  const tasks = doors.map((door, index) =>
    gate(1, async () => {
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
  const gate = createGate({ capacity: 1, waiting: 1 });
  const door = held();
  const tasks = [gate(1, () => door.open), gate(1, () => door.open)];
  await expect(gate(1, async () => {})).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'overloaded',
    retryAfterSeconds: 1,
  });
  door.release();
  await Promise.all(tasks);
  await expect(gate(1, async () => 'again')).resolves.toBe('again');
});

it('continues after a failed task', async () => {
  const gate = createGate({ capacity: 1, waiting: 1 });
  await expect(gate(1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(gate(1, async () => 'next')).resolves.toBe('next');
});

it('runs as many tasks as their weights allow, in the order in which they came', async () => {
  const gate = createGate({ capacity: 10, waiting: 10 });
  const doors = [held(), held(), held(), held()];
  const begun: number[] = [];
  const tasks = [6, 7, 1, 9].map((weight, index) =>
    gate(weight, async () => {
      begun.push(index);
      await doors[index]?.open;
    }),
  );
  await vi.waitFor(() => expect(begun).toEqual([0]));
  doors[0]?.release();
  await vi.waitFor(() => expect(begun).toEqual([0, 1, 2]));
  doors[2]?.release();
  await tasks[2];
  expect(begun).toEqual([0, 1, 2]);
  doors[1]?.release();
  await vi.waitFor(() => expect(begun).toEqual([0, 1, 2, 3]));
  doors[3]?.release();
  await Promise.all(tasks);
});

it('runs a task that is heavier than the capacity alone', async () => {
  const gate = createGate({ capacity: 10, waiting: 10 });
  const door = held();
  const begun: string[] = [];
  const light = gate(1, async () => {
    begun.push('light');
    await door.open;
  });
  const heavy = gate(99, async () => void begun.push('heavy'));
  await vi.waitFor(() => expect(begun).toEqual(['light']));
  door.release();
  await Promise.all([light, heavy]);
  expect(begun).toEqual(['light', 'heavy']);
});
