import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** Cost of one Argon2id evaluation. */
export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** For machine-made secrets of 50 bits and more, which nobody can guess however fast. */
export const randomSecretCost: HashCost = { memoryKib: 256, passes: 1 };

const derive = promisify(
  (parameters: Argon2Parameters, callback: (error: Error | null, key: Buffer) => void): void =>
    argon2('argon2id', parameters, callback),
);

const evaluate = (password: string, salt: Buffer, cost: HashCost): Promise<Buffer> =>
  derive({
    message: Buffer.from(password.normalize('NFKC'), 'utf8'),
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: cost.memoryKib,
    passes: cost.passes,
  });

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** A PHC string: `$argon2id$v=19$m=…,t=…,p=1$salt$hash`. */
export const hashPassword = async (password: string, cost: HashCost): Promise<string> => {
  const salt = randomBytes(16);
  const hash = await evaluate(password, salt, cost);
  return `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=1$${unpadded(salt)}$${unpadded(hash)}`;
};

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/;

const dummySalt = randomBytes(16);

/**
 * Takes at least the time of one evaluation at `cost`, whether there is a hash or not (`null`: nobody of that
 * name), and whether the stored one was cheap: the time tells nothing.
 */
export const verifyPassword = async (
  password: string,
  stored: string | null,
  cost: HashCost,
): Promise<boolean> => {
  const [, memory, passes, salt, hash] = phc.exec(stored ?? '') ?? [];
  if (memory === undefined || passes === undefined || salt === undefined || hash === undefined) {
    if (cost.passes > 0) await evaluate(password, dummySalt, cost);
    return false;
  }
  const storedCost = { memoryKib: Number(memory), passes: Number(passes) };
  if (storedCost.memoryKib * storedCost.passes < cost.memoryKib * cost.passes)
    await evaluate(password, dummySalt, cost);
  const expected = Buffer.from(hash, 'base64');
  const actual = await evaluate(password, Buffer.from(salt, 'base64'), storedCost);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
};
