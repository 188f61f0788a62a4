import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { type ExpectedFile, storeExpected, storeParts } from './storing.ts';
import { createTestFiles } from './testing.ts';
import { sweepFiles } from './upkeep.ts';
import { beginUpload, findStoredFile } from './uploads.ts';

const { db, ownerUrl } = await createTestDatabase();
const files = createTestFiles();

const aPart = (name = '图片1.png') => {
  const bytes = randomBytes(2_000);
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};
const never = new Promise<never>(() => {});
const afterAWeek = () => new Date(Date.now() + 8 * 86_400_000);

const leftOf = async (accountId: string, { sha256 }: { readonly sha256: string }) => ({
  uploads: (await db.selectFrom('platform.upload').select('id').where('accountId', '=', accountId).execute())
    .length,
  file: (await db.selectFrom('platform.file').select('sha256').where('sha256', '=', sha256).execute()).length,
  incoming: (await files.uploadIds()).length,
  bytes: existsSync(files.pathOf(sha256)),
});
const nothing = { uploads: 0, file: 0, incoming: 0, bytes: false };

/** Dies when the bytes lie in their place and the database does not say so yet. */
const killedServer = `
  import { readFile } from 'node:fs/promises';
  import { applicationRole, openDatabase } from '#platform/database/database.ts';
  import { openFileStore } from '#platform/files/file-store.ts';
  import { storeParts } from '#platform/files/storing.ts';
  const { DATABASE, FILES, ACCOUNT } = process.env;
  const files = openFileStore(FILES);
  const { db } = openDatabase(DATABASE, { role: applicationRole, connections: 2 });
  const bytes = await readFile(files.pathOfUpload('part'));
  const keep = async (id, sha256) => {
    await files.keep(id, sha256);
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  };
  await storeParts(db, { ...files, keep }, ACCOUNT, [{ name: '图片1.png', bytes }]);
`;

describe('parts of a file that the server takes out', () => {
  it('lie under their hashes as uploads of the account, each once', async () => {
    const [accountId, part] = [newId(), aPart()];
    await Promise.all([
      storeParts(db, files, accountId, [part, part]),
      storeParts(db, files, accountId, [part]),
    ]);
    await storeParts(db, files, accountId, [part]);
    assert.equal((await findStoredFile(db, part.sha256))?.size, part.bytes.length);
    assert.deepEqual(await leftOf(accountId, part), { uploads: 1, file: 1, incoming: 0, bytes: true });
  });

  it('hold up nobody else while their bytes are written', async () => {
    const accountId = newId();
    const { promise: writing, resolve: isWriting } = Promise.withResolvers<void>();
    const stuck = {
      ...files,
      receive: () => {
        isWriting();
        return never;
      },
    };
    void storeParts(db, stuck, accountId, [aPart()]);
    await writing;
    const upload = { id: newId(), accountId: newId(), name: '课件.pptx', size: 10 };
    await db.transaction().execute(async (transaction) => {
      await sql`set local lock_timeout = '2s'`.execute(transaction);
      await beginUpload(transaction, upload, await files.freeBytes());
    });
    await sweepFiles(db, files, afterAWeek());
  });

  it('of which one cannot be put away leave nothing behind', async () => {
    const [accountId, one, other] = [newId(), aPart(), aPart()];
    let kept = 0;
    const full = {
      ...files,
      keep: (id: string, sha256: string) => {
        kept += 1;
        return kept === 1 ? files.keep(id, sha256) : Promise.reject(new Error('ENOSPC'));
      },
    };
    await assert.rejects(storeParts(db, full, accountId, [one, other]), /ENOSPC/u);
    for (const part of [one, other]) assert.deepEqual(await leftOf(accountId, part), nothing);
  });

  it('that a killed server left before they were in their place are swept', async () => {
    const [accountId, part] = [newId(), aPart()];
    await writeFile(files.pathOfUpload('part'), part.bytes);
    const server = spawn(process.execPath, ['--input-type=module', '--eval', killedServer], {
      env: {
        ...process.env,
        DATABASE: ownerUrl,
        FILES: dirname(dirname(files.pathOf(part.sha256))),
        ACCOUNT: accountId,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [, signal] = await once(server, 'exit');
    assert.equal(signal, 'SIGKILL');
    await files.discard('part');
    assert.deepEqual(await leftOf(accountId, part), { uploads: 1, file: 1, incoming: 0, bytes: true });
    assert.equal(await findStoredFile(db, part.sha256), undefined);
    await sweepFiles(db, files, new Date());
    assert.equal((await leftOf(accountId, part)).bytes, true);
    await sweepFiles(db, files, afterAWeek());
    assert.deepEqual(await leftOf(accountId, part), nothing);
  });
});

describe('files that a list expects in another file', () => {
  const expecting = ({ name, bytes, sha256 }: ReturnType<typeof aPart>, real = bytes): ExpectedFile => ({
    name,
    size: bytes.length,
    sha256,
    open: () => Promise.resolve(Readable.from([real])),
  });
  const bounded = true;

  it('are uploads of the account that nobody took up yet, and go when nobody does', async () => {
    const [accountId, part] = [newId(), aPart()];
    const ids = await storeExpected(db, files, { accountId, bounded }, [expecting(part), expecting(part)]);
    assert.equal(new Set(ids).size, 2);
    assert.deepEqual(await leftOf(accountId, part), { uploads: 2, file: 1, incoming: 0, bytes: true });
    const again = await storeExpected(db, files, { accountId, bounded }, [expecting(part)]);
    assert.ok(ids.includes(again[0] ?? ''));
    await sweepFiles(db, files, afterAWeek());
    assert.deepEqual(await leftOf(accountId, part), nothing);
  });

  it('are not swept while they come in', async () => {
    const [accountId, part] = [newId(), aPart()];
    const swept = {
      ...files,
      receive: async (...given: Parameters<typeof files.receive>) => {
        const length = await files.receive(...given);
        await sweepFiles(db, files, new Date());
        return length;
      },
    };
    await storeExpected(db, swept, { accountId, bounded }, [expecting(part)]);
    assert.equal((await leftOf(accountId, part)).bytes, true);
  });

  it('are proven by their bytes, also where the hash is known here; a refusal leaves nothing', async () => {
    const [owner, thief, part, other] = [newId(), newId(), aPart(), aPart()];
    await storeParts(db, files, owner, [part]);
    for (const forged of [part, other])
      await assert.rejects(
        storeExpected(db, files, { accountId: thief, bounded }, [
          expecting(other),
          expecting(forged, randomBytes(2_000)),
        ]),
        /校验值不符/u,
      );
    assert.deepEqual(await leftOf(thief, other), nothing);
    assert.deepEqual(await leftOf(owner, part), { uploads: 1, file: 1, incoming: 0, bytes: true });
  });
});
