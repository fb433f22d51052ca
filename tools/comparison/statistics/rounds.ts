/** Measures once; resolves with whatever one measurement tells. */
export type Subject<Sample> = () => Promise<Sample>;

/**
 * Measures all subjects once per round. What drifts (heat, neighbours, the disk's cache) then meets all of them alike,
 * and since the order turns and runs backwards every other time, none has a place of its own.
 * @returns for each subject its samples, one per round, in the order of the rounds
 * @throws whatever a subject throws: a run that lost a measurement proves nothing
 */
export async function interleave<Name extends string, Sample>(
  subjects: Readonly<Record<Name, Subject<Sample>>>,
  rounds: number,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(subjects) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Sample[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of orderOf(names, round)) samples[name].push(await subjects[name]());
  }
  return samples;
}

/** The order in a round: backwards in every second one, and turned on by one after each such pair. */
export function orderOf<Name>(names: readonly Name[], round: number): Name[] {
  const first = Math.floor(round / 2) % names.length;
  const turned = [...names.slice(first), ...names.slice(0, first)];
  return round % 2 === 0 ? turned : turned.reverse();
}
