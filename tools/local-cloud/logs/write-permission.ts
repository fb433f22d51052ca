import { writeLogs } from '../iam/index.ts';
import type { Kernel } from '../kernel.ts';
import type { Actor } from '../permissions/index.ts';

/** A log group and a stream in it. */
interface Stream {
  readonly group: string;
  readonly stream: string;
}

/** The stream when the writer's role may create it and write to it. Nothing otherwise. */
export function writableStream(stream: Stream, writer: Actor, kernel: Kernel): Partial<Stream> {
  return writer.may(writeLogs(stream.group, stream.stream, kernel)) ? stream : {};
}
