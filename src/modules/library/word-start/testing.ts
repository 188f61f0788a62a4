import { makeDocx, makePng, para, picture, run, table } from '#platform/word/testing.ts';

const half =
  '<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>';

/** A teacher's lesson in the usual table, with a formula and a picture, and a part that no form knows. */
export const aWordLesson = ({ title = '分数的初步认识', png = makePng(60, 40) } = {}): Buffer =>
  makeDocx({
    body:
      para(title) +
      table([
        ['学科', '数学', '年级', '三年级'],
        ['单元', '分数的初步认识', '课时', '第1课时'],
        ['教学目标', { content: '1. 认识几分之一。\n2. 会读写分数。', span: 3 }],
        ['学情分析', { content: '学生分过东西，没有见过分数。', span: 3 }],
        [
          '教学重难点',
          {
            content: para(`${run('知道')}${half}${run('的意思。')}`),
            span: 3,
          },
        ],
        ['板书设计', { content: para(picture('p')), span: 3 }],
        ['课前三分钟', { content: '口算接力。', span: 3 }],
      ]) +
      para('教学过程') +
      table([
        ['教学环节', '教师活动', '学生活动', '时间'],
        ['导入', '出示一个蛋糕。', '动手分一分。', '5分钟'],
      ]),
    media: { p: ['board.png', png] },
  });
