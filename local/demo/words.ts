import type { CategoryId } from '../../cloudfunctions/contexts/category/rules/category'
import type { Remedy } from '../../cloudfunctions/contexts/report/rules/report'
import type { PhotoId } from './photo-ids'

/** One matter as residents put it and staff answer it: invented, and naming nobody. */
export interface Matter {
  readonly said: readonly string[]
  readonly contact: readonly string[]
  readonly dispatch: readonly string[]
  readonly progress: readonly string[]
  readonly fixed: readonly string[]
  readonly before: readonly PhotoId[]
  readonly after: readonly PhotoId[]
  readonly remedy: Remedy
  /** Where it can happen; absent: everywhere. */
  readonly where?: 'town' | 'village'
}

type Common = Pick<Matter, 'contact' | 'dispatch' | 'before' | 'after' | 'remedy'>
const matters = (
  common: Common,
  own: readonly (Pick<Matter, 'said' | 'progress' | 'fixed'> & Partial<Matter>)[],
): readonly Matter[] => own.map((one) => ({ ...common, ...one }))

export const mattersOf: Readonly<Record<CategoryId, readonly Matter[]>> = {
  'lane-hardening': matters(
    {
      contact: [
        '电话里确认了位置，下周到现场量长度和宽度',
        '到巷子里看过了，确实要硬化，先报施工计划',
        '这条巷道已列入硬化名单，开工前再通知您',
        '和住户一起走了一遍，定了排水往哪边走',
      ],
      dispatch: [
        '请安排测量并列入本批巷道硬化，施工前通知住户挪车',
        '长约120米、宽约4米，请一并处理路边排水',
        '住户已协调好，请尽快进场',
      ],
      before: ['demo-lane-muddy-1', 'demo-lane-muddy-2', 'demo-lane-muddy-3'],
      after: ['demo-lane-hardened-1', 'demo-lane-hardened-2'],
      remedy: 'lasting',
    },
    [
      {
        said: [
          '巷子还是土路，一下雨就成泥塘，老人孩子出门都得穿雨鞋，盼着能硬化。',
          '门前这条巷子泥能没过脚面，电动车骑不进来，推也推不动。',
          '巷子里全是烂泥，救护车都开不进来，家里有老人，心里不踏实。',
          '两边房子都翻新了，就这条巷道没硬化，晴天一身土，雨天一脚泥。',
          '孩子上学每天都要过这段泥路，鞋和裤腿没有干净的时候。',
          '巷子中间压出两道深沟，积水好几天不干，走路只能贴着墙根。',
          '春天一化冻，巷道就翻浆，三轮车陷进去要几个人才能推出来。',
          '别的巷子都铺了水泥，我们这条什么时候能排上？',
          '井盖比路面高出一截，四周都是泥，晚上看不清容易绊倒。',
          '拉煤拉菜的车进不来，都得在巷口卸了往里背。',
        ],
        progress: [
          '已完成测量，材料在备，预计下周进场。',
          '路基已平整，等水泥到货后浇筑。',
          '排水沟已挖好，正在支模板。',
          '已浇筑一半，养护期间请绕行。',
          '施工队已进场，住户的车已挪到广场停放。',
        ],
        fixed: [
          '巷道已硬化，两侧留了排水沟，养护期已过，可以通车',
          '水泥路面已浇筑完成，厚18厘米，井盖已调平',
          '整条巷道硬化完工，巷口和大路接顺了',
        ],
      },
    ],
  ),
  'lane-repair': matters(
    {
      contact: ['已到现场看过，先放了警示桩', '电话里问清了位置，明天拉砂石来', '和居民约好上午到现场看'],
      dispatch: ['请先补上，再看要不要整段翻修', '请派人来测一下，坑大约两米见方'],
      before: ['demo-road-broken'],
      after: ['demo-road-patched'],
      remedy: 'temporary',
    },
    [
      {
        said: [
          '路上有个大坑，下雨看不见深浅，骑车的人摔了好几回。',
          '坑里积的泥越来越多，走路都得绕着走。',
          '水泥路断了一块，底下掏空了，车一过咯噔一下。',
        ],
        progress: ['砂石料已拉到，明早开始填坑。', '已先用砂石垫平，等天晴再铺面层。'],
        fixed: ['坑已用砂石垫平压实，先保证能走', '破损处已填平，和原路面找平'],
      },
      {
        said: ['路边塌下去一截，会车的时候轮子容易掉下去。', '上次挖管子回填没压实，现在陷下去一长条。'],
        progress: ['塌陷处已挖开，正在分层回填。'],
        fixed: ['塌陷处已回填夯实，铺了碎石'],
      },
      {
        said: ['拉草料的车把村口这段路压坏了，坑一个连一个。', '水泥桥两头下沉，过车颠得厉害。'],
        progress: ['村里的铲车已进场，先把路面刮平。'],
        fixed: ['坑洼处已铺砂石碾平，桥头也垫顺了'],
        where: 'village',
      },
    ],
  ),
  rubbish: matters(
    {
      contact: ['已问清是哪一处，马上安排人来', '到现场看了，今天就派车来清'],
      dispatch: ['请派清运车，大约两车', '请派人到现场处理，顺便查一下原因'],
      before: ['demo-rubbish-heap'],
      after: ['demo-street-clean'],
      remedy: 'lasting',
    },
    [
      {
        said: [
          '垃圾箱满了好几天没人清，风一吹满街都是塑料袋。',
          '门口的垃圾点没有盖，狗把垃圾翻得到处都是。',
          '早市散了以后菜叶烂果子没人扫，味道很大。',
        ],
        progress: ['清运车已出发。', '保洁员正在清扫。'],
        fixed: ['垃圾已清走，地面冲洗过，增加了每天一次清运', '已清扫干净，换了带盖的垃圾箱'],
        where: 'town',
      },
      {
        said: ['不知道谁把装修垃圾倒在路边，堆了半个月了。'],
        progress: ['已拉走一车，剩下的要用铲车。'],
        fixed: ['建筑垃圾已清运，立了禁止倾倒的牌子'],
      },
      {
        said: [
          '巷子低处积了一片污水，又臭又招苍蝇。',
          '下水道堵了，脏水冒到路上来。',
          '雨后积水排不出去，出门要踩着砖头过。',
        ],
        progress: ['疏通车已到，正在抽水。'],
        fixed: ['下水已疏通，积水排净', '积水已抽干，挖了一道排水沟'],
        before: ['demo-water-standing'],
      },
      {
        said: ['村头的沟里倒了不少垃圾，一下雨就冲到路上。', '柴草和垃圾堆在路边，怕着火。'],
        progress: ['村里出了三轮车，正在往外拉。'],
        fixed: ['沟里和路边的垃圾已清走，划了固定的投放点'],
        where: 'village',
      },
    ],
  ),
  'street-lamp': matters(
    {
      contact: [
        '已记下灯杆编号，报给维修人员',
        '晚上到现场看过，确实不亮',
        '已电话告知居民，三个工作日内修好',
      ],
      dispatch: ['请检修这一段线路和灯头', '请派人带梯车来，先断电再修'],
      before: ['demo-lamp-dark'],
      after: ['demo-lamp-lit'],
      remedy: 'lasting',
    },
    [
      {
        said: [
          '路灯坏了一个多星期，晚上巷子里黑得什么也看不见。',
          '灯一闪一闪的，亮不了几分钟就灭。',
          '连着三盏灯都不亮，老人晚上出来摔过跤。',
          '灯坏了没人修，孩子下晚自习不敢走这段路。',
        ],
        progress: ['查到是线路进水，正在换线。', '新灯头已到货。'],
        fixed: ['灯头已更换，晚上试亮正常', '线路接头已重做，这一段的灯都亮了'],
      },
      {
        said: ['太阳能路灯阴天就不亮，电池怕是不行了。'],
        progress: ['已联系厂家寄电池。'],
        fixed: ['电池已更换，连着三晚都亮着'],
        where: 'village',
      },
    ],
  ),
  utilities: matters(
    {
      contact: ['已打电话说明正在抢修，预计几小时恢复', '上门看过，已请抢修人员来'],
      dispatch: ['牵涉多户，请马上派人抢修'],
      before: [],
      after: ['demo-visit'],
      remedy: 'lasting',
    },
    [
      {
        said: [
          '早上起来就没水了，邻居家也一样，不知道什么时候来。',
          '水管在路边漏水，水压小得洗不了菜。',
          '自来水发黄，放了半天也不清。',
        ],
        progress: ['抢修人员已到现场，找到漏点。', '正在换阀门，预计两小时后恢复。'],
        fixed: ['漏点已修好，供水恢复，水压正常', '管道已冲洗，水清了'],
        before: ['demo-pipe-leaking'],
        after: ['demo-pipe-mended'],
      },
      {
        said: ['半夜停电到现在，冰箱里的东西都要化了。', '一用电炉就跳闸，这一排都停了。'],
        progress: ['电工正在逐段查线。'],
        fixed: ['故障已排除，恢复供电'],
      },
      {
        said: ['机井坏了，人和牲口都没水喝。'],
        progress: ['水泵已吊出来，正在换件。'],
        fixed: ['水泵已换好，机井恢复出水'],
        before: ['demo-pipe-leaking'],
        after: ['demo-pipe-mended'],
        where: 'village',
      },
    ],
  ),
  danger: matters(
    {
      contact: ['马上到现场，先围起来', '已打电话确认位置，人正在路上'],
      dispatch: ['先围挡再更换井盖，请马上到现场'],
      before: ['demo-manhole-open'],
      after: ['demo-manhole-covered'],
      remedy: 'temporary',
    },
    [
      {
        said: [
          '井盖不见了，就在孩子上学的路上，天黑看不见太危险。',
          '井盖碎了一半，电动车轮子差点掉进去。',
          '井盖翘起来了，车一压就翻，怕有人踩空。',
          '不知道谁把井盖挪开了，井很深，赶快来人。',
        ],
        progress: ['已拉警戒带，有人看守。'],
        fixed: ['已放警示桩并盖上临时井盖', '新井盖已换上，四周已垫平'],
      },
    ],
  ),
  'public-security': matters(
    {
      contact: ['民警已电话联系，约好上门登记', '已到现场了解情况'],
      dispatch: [],
      before: [],
      after: ['demo-notice-board'],
      remedy: 'lasting',
    },
    [
      {
        said: ['停在楼下的电动车电瓶被偷了，这个月已经第二回。'],
        progress: ['已调取路口监控，正在查。'],
        fixed: ['已查明并处理，增加了夜间巡逻'],
        where: 'town',
      },
      {
        said: ['半夜有人在广场放音响，吵得睡不着。', '巷口有人喝了酒吵闹，老人孩子不敢出门。'],
        progress: ['夜里已到现场劝离一次。'],
        fixed: ['已和相关人员谈话，约定晚上九点后不再放音响，连着几晚安静'],
      },
      {
        said: ['有人挨家推销保健品，专找老人，怕是骗人的。'],
        progress: ['正在走访买过的老人。'],
        fixed: ['推销的人已被劝离，挨户发了防骗提醒'],
      },
    ],
  ),
  livelihood: matters(
    {
      contact: ['已上门了解情况，帮您登记', '电话里问清了，这两天给您回话'],
      dispatch: ['请帮助登记，有合适的请尽快回复'],
      before: [],
      after: ['demo-visit'],
      remedy: 'lasting',
    },
    [
      {
        said: ['五十多岁了想就近找个活干，保洁看门都行。', '想学个手艺，哪里有免费的培训？'],
        progress: ['已推荐两处，等对方回话。'],
        fixed: ['已推荐到附近超市做保洁，下周上班', '已报上县里的技能班，学费全免'],
      },
      {
        said: ['家里老人八十多，子女在外地，中午没人做饭。'],
        progress: ['正在和助餐点商量送餐路线。'],
        fixed: ['助餐点每天中午把饭送到家，网格员每周上门看一次'],
      },
      {
        said: ['今年土豆多，收的人压价，能不能帮着找找销路。', '地里的玉米想一起卖，村里能不能统一联系。'],
        progress: ['已联系合作社，正在谈价。'],
        fixed: ['合作社已上门收购，价格比原来每斤多三分'],
        where: 'village',
      },
      {
        said: ['想养几头牛，不知道贷款和补贴怎么申请。'],
        progress: ['已约好农牧和信用社的人一起来讲。'],
        fixed: ['已帮着填好申请，信用社下周来看圈舍'],
        where: 'village',
      },
    ],
  ),
  ordinary: matters(
    {
      contact: ['已到现场看过，这两天就处理', '电话问清了是哪一处'],
      dispatch: ['请派人到现场看一下怎么处理'],
      before: [],
      after: ['demo-visit'],
      remedy: 'lasting',
    },
    [
      {
        said: ['楼前的树枝挡住窗户了，白天也要开灯，能不能修一修。', '路边的枯树枝怕掉下来砸着人。'],
        progress: ['工具已备好，等无风天气作业。'],
        fixed: ['树枝已修剪，枝条当天清走'],
      },
      {
        said: ['广场的健身器材松了，老人用着不放心。', '公厕的门坏了，里面的灯也不亮。'],
        progress: ['配件已买到，下午去换。'],
        fixed: ['已紧固并更换坏件，试用过没问题'],
      },
      {
        said: ['楼道里堆着旧家具，万一着火跑都跑不出去。'],
        progress: ['已和两户谈好，周末搬走。'],
        fixed: ['已和住户商量清走，楼道畅通了'],
        where: 'town',
      },
      {
        said: ['流浪狗越来越多，孩子放学害怕。'],
        progress: ['已请人来收容，先在路口提醒孩子结伴走。'],
        fixed: ['流浪狗已收容送走，劝养狗的人家拴绳'],
      },
      {
        said: ['文化广场的篮球架歪了，孩子们打球危险。', '村口的宣传栏玻璃碎了，扎手。'],
        progress: ['碎玻璃已清走，正在找人焊架子。'],
        fixed: ['已焊牢加固，碎玻璃换成了有机板'],
        where: 'village',
      },
    ],
  ),
  complex: matters(
    {
      contact: ['已请几家一起坐下来商量，约在周五下午', '先记下各家的想法，再约相关单位'],
      dispatch: ['牵涉几家，请派人参加协调会'],
      before: [],
      after: ['demo-notice-board'],
      remedy: 'lasting',
    },
    [
      {
        said: ['小区大门口的路，物业说归社区，社区说归公路，几年没人管。'],
        progress: ['已开过一次协调会，定了由谁出料、由谁出工。'],
        fixed: ['协调会定了由谁管护，门口的路已修好'],
        where: 'town',
      },
      {
        said: ['老院子没有物业，下水、路灯、垃圾样样没人管。'],
        progress: ['住户推选了代表，正在商量收费。'],
        fixed: ['成立了院委会，收费和管护都写明公示'],
        where: 'town',
      },
      {
        said: [
          '几户合用的下水管堵了，牵涉到前后两个院子，谁也不让挖。',
          '两个村合用的水渠坏了，互相推着没人修。',
        ],
        progress: ['几家已坐到一起谈过一回。'],
        fixed: ['几家都签了字，已经修通，今后分段管护'],
      },
    ],
  ),
  suggestion: matters(
    {
      contact: ['谢谢您的建议，会上议一议再回复您', '已电话回复，正在问需要多少钱'],
      dispatch: [],
      before: [],
      after: ['demo-notice-board'],
      remedy: 'lasting',
    },
    [
      {
        said: ['建议在广场边上装两张带靠背的椅子，老人走累了能歇脚。'],
        progress: ['已列入本月支部会议题。'],
        fixed: ['支部会议定采纳，椅子已装好'],
      },
      {
        said: ['早市能不能挪到空地上，别把路堵了。', '建议巷口装一面凸面镜，出来看不见两边的车。'],
        progress: ['正在和商户、住户商量。'],
        fixed: ['商量后已经照办，路口贴了说明'],
        where: 'town',
      },
      {
        said: ['希望周末也开门，上班的人平时办不成事。'],
        progress: ['正在排值班。'],
        fixed: ['已调整开门时间，周六上午有人值班'],
      },
      {
        said: ['建议农闲时办个种养培训，大家都有空。'],
        progress: ['正在联系讲课的老师。'],
        fixed: ['培训已排好，时间贴在村务公开栏'],
        where: 'village',
      },
    ],
  ),
  'about-branch': matters(
    {
      contact: ['已电话了解情况，会如实核查'],
      dispatch: [],
      before: [],
      after: ['demo-notice-board'],
      remedy: 'lasting',
    },
    [
      {
        said: ['办事大厅下午经常没人，跑了三趟都没办成。'],
        progress: ['已调看值班记录，正在核实。'],
        fixed: ['已核实并批评教育，值班表贴在门口'],
      },
      {
        said: ['低保评议的结果没有贴出来，想知道是怎么评的。'],
        progress: ['已调取评议记录。'],
        fixed: ['评议结果已公示，当面作了说明'],
      },
    ],
  ),
}

/** Where it is, in the residents' words. */
export const townPlaces: readonly string[] = [
  '小学东门对面',
  '老粮站后院墙外',
  '卫生院往北五十米',
  '菜市场西口',
  '锅炉房旁边',
  '文化广场北侧',
  '老电影院后面的巷子',
  '公交站牌往里走',
  '便民服务站斜对面',
  '幼儿园围墙外',
  '早点铺门前的路',
  '加油站南面第一个路口',
]
export const villagePlaces: readonly string[] = [
  '水泥桥边',
  '大队院门前',
  '旧小学旁',
  '机井房往西',
  '卫生室门口',
  '后排第三户门前',
  '文化广场南侧',
  '打谷场边上',
  '通往大路的土坡下',
  '小卖部对面',
]

/** What residents add when they rate; empty when they add nothing. */
export const remarks = {
  satisfied: [
    '办得挺快，谢谢。',
    '说到做到，满意。',
    '电话打得勤，人也来得快。',
    '',
    '',
    '终于办好了，老人也放心了。',
  ],
  basically: ['总算办了，就是慢了点。', '大体可以。', ''],
  partly: ['办了一半，还有一处没弄。', '好一些了，还没全好。'],
  unsolved: ['来看了一眼就走了，没有真办。', '没解决，还是老样子。', '管了两天又和原来一样。'],
  dissatisfied: ['办是办了，打了好几回电话才来人。', '活干得糙，看着撑不了多久。'],
} as const

export const reworkNotes: readonly string[] = [
  '还有一处没有处理到，请返工',
  '边角没有收干净，请再来一趟',
  '住户不认可，请当面再看一遍',
]
export const checkNotes: readonly string[] = [
  '到现场看过，和照片一致，住户也认可',
  '已现场核查，合格',
  '和两户居民一起看的，都说可以',
]
export const reopenReasons: readonly string[] = ['没几天又坏了', '又和原来一样了', '只好了两天']

/** Why something cannot be done now, and what the wait is bound to. */
export const suspensions: readonly (readonly [reason: string, plan: string])[] = [
  ['这一片要埋污水管，现在修了还要再挖', '随污水管网工程一起做，完工后马上恢复'],
  ['需要旗里批复资金', '已报资金申请，批下来就动工'],
]
/** How long a lane is, what is laid, and where the money comes from. */
export const plans: readonly { readonly text: string; readonly budget: string }[] = [
  { text: '长约120米、宽4米，先挖排水沟，再浇18厘米水泥', budget: '旗里巷道硬化专项，约5万元' },
  { text: '长约80米、宽3.5米，和相邻两条巷子一起招标', budget: '一事一议奖补3万元，社区自筹1万元' },
  { text: '长约150米、宽4米，先埋污水管，回填后硬化', budget: '共建单位帮扶2万元，其余列入年度预算' },
]
export const extensionReasons: readonly string[] = [
  '材料晚到一周',
  '有两户要先协商',
  '连续几天天气不好，没法施工',
]
export const declineNotes = {
  'private-dispute': '您说的是两家宅基地的界线，可以到镇人民调解委员会，我们已帮您联系。',
  'already-decided': '这件事去年已有信访复核意见，结论仍然有效。',
  'not-real': '三次到现场都没有看到您说的情况，欢迎补充照片后再报。',
} as const
