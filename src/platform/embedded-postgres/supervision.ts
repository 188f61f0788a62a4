import { setTimeout as delay } from 'node:timers/promises';
import { endProcesses } from './processes.ts';
import { launch, ready, type ServerOptions } from './server.ts';
import { removeStale } from './socket.ts';

/** `started` is about the first start only; every later one is repeated until it succeeds. */
export type Supervised = { started: Promise<void>; exited: Promise<void>; stop: () => Promise<void> };

/** Runs the server and starts it again, ever more patiently, whenever it ends unasked. */
export function supervise(options: ServerOptions, log: (message: string) => void): Supervised {
  const { dataDirectory } = options;
  const stopping = new AbortController();
  let current = launch(options);
  const started = ready(current, dataDirectory);

  const restart = async (failures: number) => {
    await delay(failures === 0 ? 0 : Math.min(100 * 2 ** failures, 30_000), undefined, {
      signal: stopping.signal,
    });
    await endProcesses(dataDirectory);
    removeStale(dataDirectory);
    stopping.signal.throwIfAborted();
    current = launch(options);
    await ready(current, dataDirectory);
  };
  const keepRunning = async () => {
    await started;
    for (let failures = 0; ; failures += 1) {
      const how = await current.ended;
      if (stopping.signal.aborted) return;
      log(`数据库意外停止（${how}），正在重新启动。`);
      if (Date.now() - current.startedAt > 60_000) failures = 0;
      try {
        await restart(failures);
        log('数据库已恢复运行。');
      } catch (error) {
        if (stopping.signal.aborted) return;
        log(error instanceof Error ? error.message : String(error));
      }
    }
  };

  // Should the application end without stopping the server, the server is at least told to end too.
  const interrupt = () => current.interrupt();
  process.on('exit', interrupt);
  const exited = keepRunning()
    .catch(() => {
      // Only the first start gets here, and `started` reports it.
    })
    .finally(() => process.off('exit', interrupt));
  const stop = async () => {
    // By now the directory may be another application's.
    if (stopping.signal.aborted) return exited;
    stopping.abort();
    current.interrupt();
    await endProcesses(dataDirectory);
    await exited;
  };
  return { started, exited, stop };
}
