// Waits until the program started by `npm start` serves its page, then signs in with the printed password.
// Usage: node .ci/sign-in.mjs LOG-FILE PID
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const [logFile = '', pid = '0'] = process.argv.slice(2);
const deadline = Date.now() + 15 * 60_000;

const isRunning = () => {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
};

const told = async (pattern) => {
  while (Date.now() < deadline) {
    const match = pattern.exec(readFileSync(logFile, 'utf8'));
    if (match !== null) return match;
    if (!isRunning()) throw new Error('npm start ended before it served a page');
    await delay(500);
  }
  throw new Error(`npm start never said ${pattern}`);
};

const fail = (sentence) => {
  throw new Error(sentence);
};

const [, address] = await told(/研训已启动：(http\S+)/);
const [, name, password] = await told(/系统管理员：(\S+)　一次性密码：(\S+?)（/);
const page = await fetch(address, { headers: { accept: 'text/html' } });
if (!page.ok || !(await page.text()).includes('研训')) fail(`the page answered ${page.status}`);
console.log(`page served at ${address}`);

const post = (endpoint, input, cookie) =>
  fetch(`${address}/rpc/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify({ json: input }),
  });
const signedIn = await post('accounts/signIn', { identifier: name, password });
if (!signedIn.ok) fail(`signing in answered ${signedIn.status}: ${await signedIn.text()}`);
const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0];
const me = await post('accounts/whoAmI', {}, cookie);
if (!me.ok) fail(`whoAmI answered ${me.status}`);
console.log(`signed in as ${(await me.json()).json.name}`);
