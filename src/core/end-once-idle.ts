/** A worker thread, as far as ending it goes. */
interface Thread {
  unref(): void;
  terminate(): Promise<number>;
}

const IDLE_MILLISECONDS = 2_000;

/**
 * Ends a thread that has no more work, and does not keep the process for it. Node 20 aborts the whole process where a thread is ended while its
 * code is still being compiled in the background, as it is right after hot work, so the thread first stands idle for a while.
 */
export function endOnceIdle(thread: Thread): void {
  thread.unref();
  const timer: unknown = setTimeout(() => void thread.terminate(), IDLE_MILLISECONDS);
  (timer as { unref?: () => void }).unref?.();
}
