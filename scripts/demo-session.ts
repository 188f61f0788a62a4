/** The cookie of a session in a running demonstration, entered as one of its roles without a password. */
export const demoSession = async (url: string, role: string): Promise<string> => {
  const response = await callEndpoint(url, 'demoSignIn/signInAsDemo', { role });
  const [cookie] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  if (!response.ok || cookie === undefined)
    throw new Error(`cannot enter the demonstration as ${role}: ${response.status} ${await response.text()}`);
  return cookie;
};

/** One call of `module/endpoint` as the pages make it. */
export const callEndpoint = (
  url: string,
  endpoint: string,
  input: unknown,
  cookie?: string,
): Promise<Response> =>
  fetch(`${url}/rpc/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify({ json: input }),
  });
