/** Takes one measurement and resolves with its result. */
export type Subject<Sample> = () => Promise<Sample>;

/**
 * Measures all subjects once per round, so that drift (heat, other load, the disk cache) affects all of them equally. The order
 * rotates and is reversed every second round, so that no subject has a fixed position.
 * @returns the samples of each subject, one per round, in the order of the rounds
 * @throws the error of any subject, because a run with a missing measurement is not valid
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

/** The order in a round: reversed in every second round, and rotated by one after each pair of rounds. */
export function orderOf<Name>(names: readonly Name[], round: number): Name[] {
  const first = Math.floor(round / 2) % names.length;
  const turned = [...names.slice(first), ...names.slice(0, first)];
  return round % 2 === 0 ? turned : turned.reverse();
}
