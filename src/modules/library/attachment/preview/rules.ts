/** Why a file has no pages to look at, for the person who wanted to see them; it can be downloaded in any case. */
const sentences: Readonly<Record<string, string>> = {
  timeout: '转换时间过长，已经停止，可下载查看。',
  broken: '文件无法转换（可能已损坏，或加了密码），可下载查看。',
  'too-large': '文件超过 200 MB，不做预览，可下载查看。',
  'no-converter': '本机未安装文档转换程序，可下载查看。',
  'source-missing': '服务器上没有找到文件的内容，请联系系统管理员。',
};

export const failureSentence = (failure: string): string =>
  sentences[failure] ?? '转换多次中断，没有完成，可下载查看。';

export const macrosSentence = '文件含宏，不做预览，可下载查看。';

/** Worth another try: what has not to do with the file or with this machine. */
export const mayTryAgain = (failure: string): boolean =>
  failure !== 'no-converter' && failure !== 'too-large' && failure !== 'source-missing';
