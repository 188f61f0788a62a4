import type { Subject } from '#modules/organisation/contract.ts';

export interface CriterionPhrases {
  readonly code: string;
  /** How likely the step is “seen well” and, after it, “partly”; the rest was not seen. */
  readonly well: number;
  readonly partly: number;
  readonly good: readonly string[];
  readonly weak: readonly string[];
  readonly advice: readonly string[];
}

/** Invented sentences per criterion of the rubric; nobody is named in them. */
export const criterionPhrases: readonly CriterionPhrases[] = [
  {
    code: 'K1',
    well: 0.72,
    partly: 0.24,
    good: [
      '学生答错后老师说“我想听听你是怎么想的”，孩子重新讲清楚了。',
      '叫得出每个学生的名字，回应平和。',
      '多处用“我看到……”来鼓励，课堂气氛安全。',
    ],
    weak: ['两次用“你怎么又……”提醒学生，学生低下了头。', '对答错的学生回应较急。'],
    advice: ['把“你怎么……”换成“我注意到……”，先描述再提要求。', '学生答错时多等三秒，请他把想法说完。'],
  },
  {
    code: 'K2',
    well: 0.55,
    partly: 0.35,
    good: ['开课出示目标，小结时逐条回看。', '板书随学生发言生成，结构清楚。', '目标写得具体，学生能复述。'],
    weak: ['板书提前写好，学生的想法没有留下来。', '目标较笼统，小结时没有回到目标。'],
    advice: ['板书留出一栏记学生的说法，最后一起整理。', '目标改成“能……”的说法，下课前请学生自己对照。'],
  },
  {
    code: 'K3',
    well: 0.48,
    partly: 0.38,
    good: [
      '从校园测量的真实问题引入，三个任务层层递进。',
      '任务链由浅入深，最后回到生活情境。',
      '情境真实，学生主动提出了新问题。',
    ],
    weak: ['练习停留在同一层次，坡度不够。', '情境只用来导入，后面没有再用。'],
    advice: ['最后一题换成生活中的问题，让学生选择方法。', '把三道同类题换成一道变式、一道开放题。'],
  },
  {
    code: 'K4',
    well: 0.32,
    partly: 0.43,
    good: [
      '连续追问“为什么”，学生说出了算理。',
      '讲授不到十五分钟，其余时间学生在做、在讲。',
      '把一个学生的问题抛给全班，引出了争论。',
    ],
    weak: [
      '问题多为“是不是”“对不对”，追问少。',
      '老师讲得偏多，学生齐答代替了思考。',
      '学生刚开口，老师就接过去讲完了。',
    ],
    advice: [
      '每节课准备两个“为什么”，学生答完再追问一次。',
      '一问之后等五秒，请两名学生先后回答再评价。',
      '把讲解压到十五分钟以内，留出时间给学生讲。',
    ],
  },
  {
    code: 'K5',
    well: 0.5,
    partly: 0.36,
    good: [
      '小组任务要求清楚：先独立写，再轮流说，最后推选一人汇报。',
      '自学提示分三步，学生知道做到什么程度。',
    ],
    weak: ['小组讨论前没有独立思考的时间。', '任务要求一次说了五条，学生记不住。'],
    advice: ['讨论前先给两分钟独立写，人人有话可说。', '把任务要求写在屏幕上，最多三条。'],
  },
  {
    code: 'K6',
    well: 0.58,
    partly: 0.3,
    good: ['老师一直在学生中间，当面批了十几本。', '用计时和即时评价调控节奏，转换顺畅。'],
    weak: ['大部分时间站在讲台前，后两排关注不到。', '小组活动没有限时，收不回来。'],
    advice: ['每个任务走一条固定路线，后排先看。', '活动前说清时间，用屏幕倒计时。'],
  },
  {
    code: 'K7',
    well: 0.42,
    partly: 0.4,
    good: ['评价指向方法：“你用画图把数量关系找出来了。”', '拿学生上周的作业和今天的对比，说出了进步。'],
    weak: ['评价多是“真棒”“很好”，没有说好在哪里。', '只评结果，没有评方法。'],
    advice: ['评价时说出学生做对的那一步。', '选两名进步的学生，当堂说清他们比上次好在哪里。'],
  },
  {
    code: 'K8',
    well: 0.56,
    partly: 0.32,
    good: ['分层任务让多数学生都动起了脑。', '限时挑战后马上交流，学生投入。'],
    weak: ['前十分钟偏松，做完的学生无事可做。', '任务偏易，近一半学生提前完成。'],
    advice: ['准备一道选做题，先做完的学生接着做。', '把两个小任务并成一个有挑战的任务。'],
  },
  {
    code: 'K9',
    well: 0.36,
    partly: 0.4,
    good: ['答错的学生订正后又被请起来，坐下时是笑着的。', '后排三名学生都有发言机会。'],
    weak: ['发言集中在前排五六名学生。', '答错的学生坐下后没有再得到机会。'],
    advice: ['答错的学生五分钟内再请一次，让他带着答案坐下。', '按组轮流发言，照顾没有举手的学生。'],
  },
  {
    code: 'K10',
    well: 0.44,
    partly: 0.32,
    good: ['教给学生“圈、画、批”三步读教材。', '先读例题再提问，教材用得实。'],
    weak: ['整节课没有打开教材。', '读教材只是朗读一遍，没有方法指导。'],
    advice: ['新授前留五分钟读教材，带着一个问题读。', '教学生给例题的每一步写一句理由。'],
  },
];

export const replies: readonly string[] = [
  '谢谢校长，下一单元我按“先写再说”试一试。',
  '追问确实少，我已经在教案里标出两个追问点。',
  '那几名学生我课后单独看了，周四再请他们讲。',
  '评价语我回去整理了几句，先贴在备课本上。',
  '时间没有把握好，下次把练习减到两道。',
  '收到，想请您两周后再来听一次。',
  '板书分栏的办法已经用上了，学生愿意上来写。',
  '这节课准备得仓促，建议很具体，谢谢。',
];

export const agreedChanges: readonly string[] = [
  '每节课至少两次追问“为什么”，两周后再看一节。',
  '小组讨论前先独立写两分钟。',
  '板书留一栏记学生的想法。',
  '答错的学生当堂再得到一次机会。',
  '讲授控制在十五分钟以内。',
];

export const withdrawReasons: readonly string[] = [
  '班级选错，已另记一份',
  '与巡课记录重复',
  '日期记错，已重新填写',
];
export const correctionReasons: readonly string[] = ['补写建议', '课题写错', '课型选错'];

const anySubject: readonly string[] = ['单元整理与交流', '主题活动课', '综合练习', '探究与展示'];
const bySubject: Partial<Record<Subject, readonly string[]>> = {
  english: [
    'Unit 3 Lesson 2',
    'Unit 4 Reading',
    'Unit 5 Story time',
    '听说训练',
    '单元话题写作',
    '语法归纳：一般过去时',
  ],
  science: ['水的蒸发', '简单电路', '种子发芽观察', '月相变化', '材料的性质'],
  physics: ['光的反射', '浮力', '欧姆定律实验', '压强', '机械效率'],
  chemistry: ['氧气的制取', '质量守恒定律', '酸和碱的中和', '金属的化学性质'],
  biology: ['绿色植物的呼吸作用', '人体的消化', '生物的分类', '显微镜的使用'],
  geography: ['地形图的判读', '气候与生活', '我国的河流', '区域差异'],
  history: ['隋唐的制度', '洋务运动', '秦的统一', '近代化的探索'],
  'ethics-and-law': ['规则与自由', '做更好的自己', '我们的公共生活', '法律在身边'],
  'information-technology': ['认识流程图', '数据与表格', '图形化编程：循环'],
  music: ['唱歌课：节奏与表情', '欣赏：民族乐器', '合唱入门'],
  'fine-art': ['线条的表现', '家乡的建筑', '剪纸'],
  'physical-education': ['篮球运球', '立定跳远', '队列与接力'],
  labour: ['整理与收纳', '种植日记', '简单木工'],
};

/** Chinese and mathematics change their contents most from grade to grade: lists up to and including a grade. */
const byGrade: Partial<Record<Subject, readonly (readonly [number, readonly string[]])[]>> = {
  chinese: [
    [2, ['识字：拼音与生活', '看图写话', '古诗两首', '口语交际：请教', '课文朗读与识字']],
    [6, ['习作：我的家乡', '古诗两首', '课文阅读第二课时', '语文园地', '整本书阅读交流']],
    [9, ['说明文阅读方法', '文言文：反复诵读', '现代诗欣赏', '议论文的论证', '名著导读']],
  ],
  mathematics: [
    [2, ['认识钟表', '20 以内的退位减法', '表内乘法', '认识图形', '长度单位']],
    [
      6,
      [
        '分数的初步认识',
        '两位数乘两位数',
        '三角形的内角和',
        '平行四边形的面积',
        '数据的整理',
        '解决问题的策略',
      ],
    ],
    [9, ['一次函数的图象', '全等三角形的判定', '一元二次方程', '数据的波动', '有理数的乘方']],
  ],
};

export const topicsOf = (subject: Subject, grade: number): readonly string[] =>
  byGrade[subject]?.find(([upTo]) => grade <= upTo)?.[1] ?? bySubject[subject] ?? anySubject;
