import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ChildServer {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to the line that names its address. */
  readonly startMilliseconds: number;
  /** Everything it printed so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
  /** As the machine's power would: no warning, nothing put in order. */
  readonly kill: () => Promise<void>;
}

const startTimeout = 180_000;
const stopTimeout = 20_000;

/** Starts the program as `npm start` or `npm run demo` do, on a free port, and waits until it names its address. */
export const startServer = async (options: {
  demo: boolean;
  /** Where it keeps everything, as YANXUN_VAR. */
  directory: string;
  /** Another program than the application itself, started in the same way. */
  script?: string;
  port?: number;
}): Promise<ChildServer> => {
  const { DATABASE_URL: _, ...environment } = process.env;
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [options.script ?? 'src/main.ts', ...(options.demo ? ['--demo'] : [])],
    {
      env: { ...environment, PORT: String(options.port ?? 0), YANXUN_VAR: options.directory },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const stop = (): Promise<void> => stopChild(child);
  try {
    const url = await addressPrintedBy(child, () => printed);
    const startMilliseconds = performance.now() - begun;
    return {
      url,
      pid: child.pid ?? 0,
      startMilliseconds,
      output: () => printed,
      stop,
      kill: () => endChild(child, 'SIGKILL'),
    };
  } catch (error) {
    await stop();
    throw new Error(`the server did not start:\n${printed}`, { cause: error });
  }
};

const addressPrintedBy = async (child: ChildProcess, printed: () => string): Promise<string> => {
  const deadline = performance.now() + startTimeout;
  while (performance.now() < deadline) {
    const [, url] = /研训已启动：(https?:\/\/\S+)/.exec(printed()) ?? [];
    if (url !== undefined) return url;
    if (hasEnded(child)) throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no address within ${startTimeout / 1000} s`);
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const stopChild = (child: ChildProcess): Promise<void> => endChild(child, 'SIGTERM');

const endChild = async (child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
  await ended;
  clearTimeout(timer);
};
