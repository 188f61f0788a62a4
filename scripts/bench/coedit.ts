import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { type ChildServer, startServer } from '../child-server.ts';
import { demoSession } from '../demo-session.ts';
import type { Order } from './coedit-people.ts';
import { type BenchResult, percentile, processorTimeOf, rounded } from './measure.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

const roles = ['principal', 'teacher', 'subject-lead', 'vice-principal', 'research-officer', 'core-lead'];
const outcomeSchema = z.object({
  delays: z.array(z.number()),
  savedAfter: z.array(z.number()),
  strokes: z.number(),
  lost: z.number(),
  different: z.number(),
});
type Outcome = z.infer<typeof outcomeSchema>;

/** Somebody who types fast makes five strokes a second. */
const strokesEach = 60;
const millisecondsBetween = 200;

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** Lets people write in a process of their own; `during` is done once everybody writes. */
const letWrite = async (order: Order, during?: () => Promise<void>): Promise<Outcome> => {
  const people: ChildProcess = fork('scripts/bench/coedit-people.ts', {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let outcome: Outcome | null = null;
  let writing = 0;
  const allWriting = new Promise<void>((resolve) => {
    people.on('message', (message) => {
      if (message === 'writing') {
        writing += 1;
        if (writing === order.drafts.length) resolve();
      } else outcome = outcomeSchema.parse(message);
    });
  });
  people.send(order);
  const ended = once(people, 'exit');
  await Promise.race([allWriting, ended]);
  await during?.();
  await ended;
  if (outcome === null) throw new Error('the people who write together did not come to an end');
  return outcome;
};

const figuresOf = (name: string, { delays, savedAfter, strokes, lost, different }: Outcome) => ({
  [`${name}Strokes`]: strokes,
  [`${name}KeyToViewP50Ms`]: rounded(percentile(delays, 0.5)),
  [`${name}KeyToViewP99Ms`]: rounded(percentile(delays, 0.99)),
  [`${name}KeyToSavedP50Ms`]: rounded(percentile(savedAfter, 0.5)),
  [`${name}KeyToSavedP99Ms`]: rounded(percentile(savedAfter, 0.99)),
  [`${name}AcknowledgedAndLost`]: lost,
  [`${name}DraftsThatDiffer`]: different,
});

/**
 * 30 people in one draft, 20 drafts of 4 people each at once, and 30 people in one draft while the server is killed
 * and started again: the delay from one person's key to the others' view, over real WebSockets with real sessions.
 */
export const benchCoedit = (): Promise<BenchResult> =>
  inTemporaryDirectory(async (directory) => {
    const ids = Array.from({ length: 22 }, newId);
    process.env['YANXUN_DRAFTS'] = ids.join(',');
    process.env['YANXUN_WITHOUT_WEB'] = '1';
    const port = await freePort();
    const start = (): Promise<ChildServer> =>
      startServer({ demo: true, directory, script: 'scripts/bench/coedit-server.ts', port });
    let server = await start();
    try {
      const cookies = await Promise.all(
        Array.from({ length: 30 }, (_, index) => demoSession(server.url, roles[index % roles.length] ?? '')),
      );
      const people = (count: number, from = 0): number[] =>
        Array.from({ length: count }, (_, index) => (from + index) % cookies.length);
      const order = (drafts: Order['drafts']): Order => ({
        url: server.url,
        cookies,
        drafts,
        strokesEach,
        millisecondsBetween,
      });
      const [oneDraft = '', killedDraft = '', ...twenty] = ids;

      const measured = async (name: string, drafts: Order['drafts']) => {
        const before = processorTimeOf(server.pid);
        const begun = performance.now();
        const outcome = await letWrite(order(drafts));
        const seconds = (performance.now() - begun) / 1000;
        const busy = processorTimeOf(server.pid) - before;
        return {
          ...figuresOf(name, outcome),
          [`${name}ServerProcessorMsPerStroke`]: rounded(busy / outcome.strokes, 3),
          [`${name}ServerProcessorShare`]: rounded(busy / 1000 / seconds, 3),
        };
      };
      const one = await measured('oneDraft', [{ id: oneDraft, people: people(30) }]);
      const many = await measured(
        'twentyDrafts',
        twenty.map((id, index) => ({ id, people: people(4, index * 4) })),
      );
      let downSeconds = 0;
      const killed = await letWrite(order([{ id: killedDraft, people: people(30) }]), async () => {
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        const begun = performance.now();
        await server.kill();
        server = await start();
        downSeconds = (performance.now() - begun) / 1000;
      });
      return {
        figures: { ...one, ...many, ...figuresOf('killed', killed), killedDownSeconds: rounded(downSeconds) },
        ratios: {
          manyToOneP99: rounded(
            Number(many['twentyDraftsKeyToViewP99Ms']) / Number(one['oneDraftKeyToViewP99Ms']),
          ),
        },
      };
    } catch (error) {
      console.error(server.output());
      throw error;
    } finally {
      await server.stop();
    }
  });
