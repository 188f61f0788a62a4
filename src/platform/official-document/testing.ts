import type { Block, OfficialDocument } from './document.ts';

const sentence =
  '各校要把听课作为校长走进课堂、了解教学的第一途径，听后及时反馈，做到有记录、有分析、有建议、有回访。';

export const plainText = (length: number): string =>
  sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);

/** Everything an official document can have, of about four pages. */
export const fullDocument = (changes: Partial<OfficialDocument> = {}): OfficialDocument => ({
  issuerMark: '云溪区教育局文件',
  copyNumber: 7,
  urgency: '特急',
  documentNumber: { series: '云教研字', year: 2024, number: 16 },
  title: '云溪区教育局关于2024年3月校长听课分析指导情况的通报',
  recipients: '各中小学校，各学区中心校',
  body: fullBody,
  attachments: [
    {
      name: '各校校长听课节数统计表',
      landscape: true,
      body: [
        {
          kind: 'table',
          columns: [
            { title: '学区', mergeDown: true },
            { title: '学校', width: 2, align: 'left' },
            { title: '听课节数', align: 'right' },
            { title: '已反馈', align: 'right' },
            { title: '问题与建议', width: 4, align: 'left' },
          ],
          rows: Array.from({ length: 30 }, (_, row) => [
            row < 12 ? '东片' : '西片',
            `第${row + 1}小学`,
            String(10 + row),
            String(8 + row),
            '目标表述笼统，评价任务与目标不一致，建议集体备课时逐条对照。',
          ]),
        },
      ],
    },
    { name: '校长听课记录要点', body: [{ kind: 'paragraph', text: plainText(120) }] },
  ],
  signature: { issuer: '云溪区教育局', date: '2024-04-03', sealed: true },
  note: '此件公开发布',
  copyTo:
    '区委办公室，区政府办公室，区人大常委会教科文卫工作委员会，区政协教科卫体委员会，区人民政府教育督导室',
  issuedBy: '云溪区教育局办公室',
  issuedOn: '2024-04-05',
  ...changes,
});

const fullBody: Block[] = [
  { kind: 'paragraph', text: plainText(150) },
  { kind: 'heading', level: 1, title: '基本情况' },
  { kind: 'paragraph', text: plainText(230) },
  { kind: 'heading', level: 2, title: '听课数量' },
  { kind: 'heading', level: 3, title: '小学。', text: plainText(90) },
  { kind: 'heading', level: 3, title: '初中。', text: plainText(90) },
  { kind: 'heading', level: 4, title: '柳树酄中学。', text: plainText(60) },
  { kind: 'heading', level: 1, title: '存在的问题' },
  { kind: 'paragraph', text: plainText(200) },
  {
    kind: 'table',
    heading: '问题分布',
    columns: [{ title: '标准' }, { title: '次数', align: 'right' }, { title: '占比', align: 'right' }],
    rows: [
      ['教学目标', '41', '23%'],
      ['学生参与', '35', '20%'],
    ],
  },
  { kind: 'heading', level: 1, title: '下一步要求' },
  { kind: 'paragraph', text: plainText(180) },
];
