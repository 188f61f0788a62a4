/**
 * People who write together, in a process of their own so that their work is not counted as the server's. Told by
 * the parent over IPC what to do, and tells it what came of it.
 */
import * as Y from 'yjs';
import { names } from '#modules/library/co-editing/rules.ts';
import { connectTestClient, saved, type TestClient, until } from '#platform/co-editing/testing.ts';

export interface Order {
  readonly url: string;
  readonly cookies: readonly string[];
  /** Of each draft its people, as places in `cookies`. */
  readonly drafts: readonly { readonly id: string; readonly people: readonly number[] }[];
  readonly strokesEach: number;
  readonly millisecondsBetween: number;
}

export interface Outcome {
  /** From one person's keystroke to each other person's view, in milliseconds. */
  readonly delays: number[];
  /** From a keystroke to "saved" at the one who made it. */
  readonly savedAfter: number[];
  readonly strokes: number;
  /** What was acknowledged and is not in somebody's view. */
  readonly lost: number;
  /** Drafts whose people do not see the same. */
  readonly different: number;
}

/** Seconds; a server that was killed is back long before. */
const patience = 180;

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const bodyOf = (doc: Y.Doc): Y.Text => doc.getText(names.cell('process', 'p1', 'teacher'));

/** One draft's people; each writes marks that nobody else writes. */
const writeDraft = async (
  order: Order,
  draft: Order['drafts'][number],
  outcome: Outcome,
): Promise<number> => {
  const made = new Map<string, number>();
  const acknowledged = new Set<string>();
  const clients: TestClient[] = draft.people.map((person) =>
    connectTestClient(order.url, draft.id, { cookie: order.cookies[person] ?? '' }),
  );
  await Promise.all(clients.map((client) => saved(client, patience)));
  for (const { doc } of clients)
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.local) return;
      const now = performance.now();
      for (const [mark] of writtenIn(doc, transaction).matchAll(/<\d+-\d+>/g)) {
        const at = made.get(mark);
        if (at !== undefined) outcome.delays.push(now - at);
      }
    });
  process.send?.('writing');
  await Promise.all(
    clients.map(async (client, who) => {
      await wait((who / clients.length) * order.millisecondsBetween);
      const waiting: { mark: string; at: number }[] = [];
      client.provider.on('unsyncedChanges', ({ number }: { number: number }) => {
        if (number > 0) return;
        for (const { mark, at } of waiting.splice(0)) {
          outcome.savedAfter.push(performance.now() - at);
          acknowledged.add(mark);
        }
      });
      for (let stroke = 0; stroke < order.strokesEach; stroke += 1) {
        const mark = `<${who}-${stroke}>`;
        const body = bodyOf(client.doc);
        waiting.push({ mark, at: performance.now() });
        made.set(mark, performance.now());
        body.insert(placeIn(body.toJSON()), mark);
        await wait(order.millisecondsBetween * (0.75 + 0.5 * ((stroke % 10) / 10)));
      }
    }),
  );
  await Promise.all(clients.map((client) => saved(client, patience)));
  const whole = (): string[] => clients.map(({ doc }) => bodyOf(doc).toJSON());
  await until(() => new Set(whole()).size === 1, 'everybody sees the same').catch(() => {});
  const lost = [...acknowledged].filter((mark) => whole().some((text) => !text.includes(mark))).length;
  const different = new Set(whole()).size === 1 ? 0 : 1;
  for (const client of clients) client.stop();
  Object.assign(outcome, { lost: outcome.lost + lost, different: outcome.different + different });
  return made.size;
};

/** The letters that a change brought, read at their source: asking the text itself grows with all that is in it. */
const writtenIn = (doc: Y.Doc, { beforeState, afterState }: Y.Transaction): string => {
  let text = '';
  for (const [client, clock] of afterState) {
    const from = beforeState.get(client) ?? 0;
    const structs = clock > from ? (doc.store.clients.get(client) ?? []) : [];
    for (let index = structs.length - 1; index >= 0; index -= 1) {
      const struct = structs[index];
      if (struct === undefined || struct.id.clock + struct.length <= from) break;
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
        text = struct.content.str.slice(Math.max(0, from - struct.id.clock)) + text;
    }
  }
  return text;
};

/** Near the middle, where most of the others write too, but never inside somebody's mark. */
const placeIn = (text: string): number => text.indexOf('>', Math.floor(text.length / 2)) + 1;

process.on('message', (order: Order) => {
  const outcome: Outcome = { delays: [], savedAfter: [], strokes: 0, lost: 0, different: 0 };
  const writeAll = async (): Promise<void> => {
    const strokes = await Promise.all(order.drafts.map((draft) => writeDraft(order, draft, outcome)));
    const sum = strokes.reduce((total, one) => total + one, 0);
    process.send?.({ ...outcome, strokes: sum }, () => process.exit(0));
  };
  writeAll().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
