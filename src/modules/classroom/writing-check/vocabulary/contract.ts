export const aspects = ['posture', 'grip', 'form', 'neat'] as const;
/** What is looked at in a sample (notice 五(一)10): 坐姿, 执笔, 字体, 整洁. */
export type Aspect = (typeof aspects)[number];
export const aspectLabels: Readonly<Record<Aspect, string>> = {
  posture: '坐姿端正',
  grip: '执笔正确',
  form: '字体规范',
  neat: '书写整洁',
};

export const faults = [
  'head-low',
  'chest-on-desk',
  'body-askew',
  'fingers-low',
  'thumb-over',
  'wrist-bent',
  'stroke-order',
  'structure',
  'wrong-characters',
  'symbols',
  'alterations',
  'uneven-lines',
  'layout',
] as const;
/** 典型问题, by the rule of thumb 一尺一拳一寸 and the notice's words. */
export type Fault = (typeof faults)[number];
export const faultLabels: Readonly<Record<Fault, string>> = {
  'head-low': '眼离书本不足一尺',
  'chest-on-desk': '胸离桌沿不足一拳',
  'body-askew': '身体歪斜、趴桌',
  'fingers-low': '手指离笔尖不足一寸',
  'thumb-over': '拇指压食指、握拳执笔',
  'wrist-bent': '手腕内勾',
  'stroke-order': '笔顺不对',
  structure: '间架结构松散',
  'wrong-characters': '错别字较多',
  symbols: '数字、字母、符号不规范',
  alterations: '涂改较多',
  'uneven-lines': '行列不齐、大小不一',
  layout: '格式不统一',
};

export const makers = ['school', 'district'] as const;
export type Maker = (typeof makers)[number];
export const makerLabels: Readonly<Record<Maker, string>> = { school: '学校自查', district: '入校巡查' };

/** A share of fewer than this says nothing: only the counts are shown. */
export const leastSample = 10;
export const mostSample = 200;
