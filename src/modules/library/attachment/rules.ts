/** Netdisks by the end of their host's name. */
const netdisks: readonly (readonly [host: string, name: string])[] = [
  ['pan.baidu.com', '百度网盘'],
  ['yun.baidu.com', '百度网盘'],
  ['pan.quark.cn', '夸克网盘'],
  ['drive.uc.cn', 'UC 网盘'],
  ['alipan.com', '阿里云盘'],
  ['aliyundrive.com', '阿里云盘'],
  ['cloud.189.cn', '天翼云盘'],
  ['yun.139.com', '移动云盘'],
  ['caiyun.139.com', '移动云盘'],
  ['pan.wo.cn', '联通云盘'],
  ['share.weiyun.com', '腾讯微云'],
  ['pan.xunlei.com', '迅雷云盘'],
  ['123pan.com', '123 云盘'],
  ['123684.com', '123 云盘'],
  ['115.com', '115 网盘'],
  ['jianguoyun.com', '坚果云'],
];

/** Of one item. */
export const mostAttachments = 100;

/** Null where the text is no address. */
export const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).hostname : null);

export const netdiskOf = (url: string): string | null => {
  const hostname = hostOf(url) ?? '';
  const found = netdisks.find(([host]) => hostname === host || hostname.endsWith(`.${host}`));
  return found?.[1] ?? null;
};

export type ReadLink =
  | { readonly ok: true; readonly url: string; readonly accessCode: string }
  | { readonly ok: false; readonly sentence: string };

const refused = (sentence: string): ReadLink => ({ ok: false, sentence });

/** A name of the public network: no address in numbers, no machine's bare name. */
const isPublicName = (hostname: string): boolean =>
  /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(hostname);

/**
 * Address and code from what was pasted, which may be a netdisk's whole sentence. The form alone is checked: nothing is
 * ever fetched from the address.
 */
export const readLink = (pasted: string, accessCode: string): ReadLink => {
  const [text = ''] = /https?:\/\/[^\s\u3000-\u303F\uFF00-\uFFEF\u4E00-\u9FFF"'<>\\]+/i.exec(pasted) ?? [];
  if (text === '') return refused('没有找到链接。请粘贴以 https:// 开头的网盘分享链接。');
  if (!URL.canParse(text)) return refused('链接不完整，请从网盘里重新复制分享链接。');
  const url = new URL(text);
  if (url.protocol !== 'https:')
    return refused('请使用以 https:// 开头的链接，http:// 的内容可能被中途篡改。');
  if (url.username !== '' || url.password !== '')
    return refused('链接里不能带用户名和密码，请重新复制分享链接。');
  if (url.port !== '' || !isPublicName(url.hostname))
    return refused('这不是公网网盘的链接。请粘贴网盘的分享链接，或直接上传文件。');
  const [, inText = ''] = /(?:提取码|访问码|密码|口令)\s*[:：]?\s*([A-Za-z0-9]{3,12})/.exec(pasted) ?? [];
  const inAddress = url.searchParams.get('pwd') ?? url.searchParams.get('password') ?? '';
  const found = accessCode === '' ? inText || inAddress : accessCode;
  return /^[A-Za-z0-9]{0,12}$/.test(found)
    ? { ok: true, url: url.href, accessCode: found }
    : refused('提取码只有字母和数字，请核对后再填。');
};

/** The last day itself still counts. */
export const isExpired = (expiresOn: string | null, today: string): boolean =>
  expiresOn !== null && expiresOn < today;
