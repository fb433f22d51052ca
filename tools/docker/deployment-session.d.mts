/** Settings that `deploy` wrote: for which run of which LocalStack. `text` identifies their contents. */
export interface Settings {
  readonly endpoint: string;
  readonly session?: string | undefined;
  readonly text: string;
}

/** Reads the settings; undefined while there are none. */
export type ReadSettings = () => Settings | undefined;

/** LocalStack's answer; `gone` if nothing can answer at its address. */
export interface SessionAnswer {
  readonly session?: string;
  readonly gone: boolean;
}
export type AskSession = (endpoint: string) => Promise<SessionAnswer>;

/** The exit code of a container whose settings are out of date; compose restarts the container. */
export const OUT_OF_DATE: number;

/** Asks LocalStack for the id of its run. */
export const askSession: AskSession;

/** Waits until the settings were written for the run of LocalStack that answers now; undefined after `limitMs`. */
export function waitForSettings(
  read: ReadSettings,
  options?: {
    ask?: AskSession;
    pauseMs?: number;
    limitMs?: number;
    say?: (message: string) => void;
  },
): Promise<Settings | undefined>;

/** Calls `onLost` once when LocalStack is gone, runs again without the resources, or other settings were written. */
export function watchSettings(
  read: ReadSettings,
  settings: Settings,
  onLost: (reason: string) => void,
  options?: { ask?: AskSession; pauseMs?: number },
): void;
