import type { CategoryId } from '../../cloudfunctions/domain/category/category'
import type { Remedy } from '../../cloudfunctions/domain/report/report'
import type { PhotoId } from './photo-ids'

/** What residents and staff say about one category: invented, and naming nobody. */
export interface CategoryWords {
  readonly said: readonly string[]
  /** Said in villages as well. */
  readonly saidInVillages?: readonly string[]
  readonly contact: readonly string[]
  readonly dispatch: readonly string[]
  readonly progress: readonly string[]
  readonly fixed: readonly string[]
  readonly remedy: Remedy
  readonly before: readonly PhotoId[]
  readonly after: readonly PhotoId[]
}

export const words: Readonly<Record<CategoryId, CategoryWords>> = {
  'lane-hardening': {
    said: [
      '巷子还是土路，一下雨就成泥塘，老人孩子出门都得穿雨鞋，盼着能硬化。',
      '门前这条巷子泥能没过脚面，电动车骑不进来，推也推不动。',
      '巷子里全是烂泥，救护车都开不进来，家里有老人，心里不踏实。',
      '两边房子都翻新了，就这条巷道没硬化，晴天一身土，雨天一脚泥。',
      '孩子上学每天都要过这段泥路，鞋和裤腿没有干净的时候。',
      '巷子中间压出两道深沟，积水好几天不干，走路只能贴着墙根。',
      '春天一化冻，巷道就翻浆，三轮车陷进去要几个人才能推出来。',
      '别的巷子都铺了水泥，我们这条什么时候能排上？',
      '下水井盖比路面高出一截，四周都是泥，晚上看不清容易绊倒。',
      '拉煤拉菜的车进不来，都得在巷口卸了往里背。',
    ],
    saidInVillages: [
      '村里这条巷道一下雨就走不成，收秋的车进不来，只能人往外背。',
      '从大路到我们这一排还是土路，冬天雪一化全是泥。',
    ],
    contact: [
      '已和您电话确认位置，下周到现场量长度和宽度',
      '到巷子里看过了，确实要硬化，先报施工计划',
      '告诉居民巷道已列入硬化名单，开工前再通知',
      '和住户一起走了一遍，定了排水往哪边走',
    ],
    dispatch: [
      '请安排测量并列入本批巷道硬化，施工前通知住户挪车。',
      '长约120米、宽约4米，请一并处理路边排水。',
      '住户已协调好，请尽快进场。',
    ],
    progress: [
      '已完成测量，材料在备，预计下周进场。',
      '路基已平整，等水泥到货后浇筑。',
      '排水沟已挖好，正在支模板。',
      '已浇筑一半，养护期间请绕行。',
      '施工队已进场，住户的车已挪到广场停放。',
    ],
    fixed: [
      '巷道已硬化，两侧留了排水沟，养护期已过，可以通车。',
      '水泥路面已浇筑完成，厚18厘米，井盖已调平。',
      '整条巷道硬化完工，巷口和大路接顺了。',
    ],
    remedy: 'lasting',
    before: ['demo-lane-muddy-1', 'demo-lane-muddy-2', 'demo-lane-muddy-3'],
    after: ['demo-lane-hardened-1', 'demo-lane-hardened-2'],
  },
  'lane-repair': {
    said: [
      '路上有个大坑，下雨看不见深浅，骑车的人摔了好几回。',
      '水泥路断了一块，底下掏空了，车一过咯噔一下。',
      '路边塌下去一截，会车的时候轮子容易掉下去。',
      '上次挖管子回填没压实，现在陷下去一长条。',
      '坑里积的泥越来越多，走路都得绕着走。',
      '巷口的坎太高，三轮车上不来，能不能垫平一点。',
      '路面裂缝越来越宽，孩子的自行车轮子卡进去过。',
    ],
    saidInVillages: ['拉草料的车把村口这段路压坏了，坑一个连一个。', '水泥桥两头下沉，过车颠得厉害。'],
    contact: ['已到现场看过，先放了警示桩', '电话里问清了位置，明天拉砂石来', '和居民约好上午到现场看'],
    dispatch: ['请用沥青冷补料先补上，再看要不要整段翻修。', '请派人来测一下，坑大约两米见方。'],
    progress: ['砂石料已拉到，明早开始填坑。', '已先用砂石垫平，等天晴再铺面层。'],
    fixed: [
      '坑已用砂石垫平压实，先保证能走。',
      '破损路面已切割修补，和原路面找平。',
      '塌陷处已回填夯实，铺了碎石。',
    ],
    remedy: 'temporary',
    before: ['demo-road-broken'],
    after: ['demo-road-patched'],
  },
  rubbish: {
    said: [
      '垃圾箱满了好几天没人清，风一吹满街都是塑料袋。',
      '不知道谁把装修垃圾倒在路边，堆了半个月了。',
      '巷子低处积了一片污水，又臭又招苍蝇。',
      '下水道堵了，脏水冒到路上来。',
      '门口的垃圾点没有盖，狗把垃圾翻得到处都是。',
      '雨后积水排不出去，出门要踩着砖头过。',
      '早市散了以后菜叶烂果子没人扫，味道很大。',
    ],
    saidInVillages: ['村头的沟里倒了不少垃圾，一下雨就冲到路上。', '柴草和垃圾堆在路边，怕着火。'],
    contact: ['已联系您，保洁员中午就到', '到现场看了，下午派车来清', '问清了是哪个垃圾点，马上安排'],
    dispatch: ['请派清运车，大约两车。', '请疏通下水，顺便查一下是哪段堵了。'],
    progress: ['清运车已出发。', '已拉走一车，还剩建筑垃圾要用铲车。'],
    fixed: [
      '垃圾已清走，地面冲洗过，增加了每天一次清运。',
      '下水已疏通，积水排净。',
      '建筑垃圾已清运，立了禁止倾倒的牌子。',
    ],
    remedy: 'lasting',
    before: ['demo-rubbish-heap'],
    after: ['demo-rubbish-cleared'],
  },
  'street-lamp': {
    said: [
      '路灯坏了一个多星期，晚上巷子里黑得什么也看不见。',
      '灯一闪一闪的，亮不了几分钟就灭。',
      '这一段一直没有路灯，孩子下晚自习不敢走。',
      '灯杆被车碰歪了，灯头也掉下来半个。',
      '连着三盏灯都不亮，老人晚上出来倒水摔过跤。',
    ],
    saidInVillages: ['太阳能路灯阴天就不亮，电池怕是不行了。', '村里主街还有灯，后排巷子一盏也没有。'],
    contact: ['已记下灯杆编号，报给维修人员', '晚上到现场看过，确实不亮', '已电话告知居民，三个工作日内修好'],
    dispatch: ['请检修这一段线路和灯头。', '灯杆歪了，请先断电再扶正。'],
    progress: ['查到是线路进水，正在换线。', '新灯头已到货。'],
    fixed: ['灯头已更换，晚上试亮正常。', '线路接头已重做，三盏灯都亮了。', '灯杆已扶正加固，路灯恢复照明。'],
    remedy: 'lasting',
    before: ['demo-lamp-dark'],
    after: ['demo-lamp-lit'],
  },
  utilities: {
    said: [
      '早上起来就没水了，邻居家也一样，不知道什么时候来。',
      '半夜停电到现在，冰箱里的东西都要化了。',
      '暖气不热，家里只有十四度，有小孩。',
      '水管在路边漏水，水压小得洗不了菜。',
      '自来水发黄，放了半天也不清。',
    ],
    saidInVillages: ['机井坏了，人和牲口都没水喝。', '变压器跳闸，半个村没电。'],
    contact: ['已打电话说明正在抢修，预计几小时恢复', '上门看过，是片区总管的问题', '告诉居民先到社区接水'],
    dispatch: ['多户停水，请马上派人抢修。', '请检查这一片的线路和变压器。'],
    progress: ['抢修人员已到现场，找到漏点。', '正在换阀门，预计两小时后恢复。'],
    fixed: ['漏点已修好，供水恢复，水压正常。', '故障已排除，恢复供电。', '换热站已调好，回访室温达标。'],
    remedy: 'lasting',
    before: ['demo-pipe-leaking'],
    after: ['demo-pipe-mended'],
  },
  danger: {
    said: [
      '井盖不见了，就在孩子上学的路上，天黑看不见太危险。',
      '电线垂下来快碰到头了，刮风就晃。',
      '废弃的土墙裂了一道大缝，往路这边歪，怕要倒。',
      '广告牌松了，风一吹哐哐响，底下天天有人走。',
      '井盖碎了一半，电动车轮子差点掉进去。',
    ],
    contact: ['马上到现场，先围起来', '已打电话确认位置，人正在路上'],
    dispatch: ['先围挡再更换井盖，请马上到现场。', '请断电处理垂落线路。'],
    progress: ['已拉警戒带，有人看守。'],
    fixed: [
      '已放警示桩并换上新井盖。',
      '垂落的线已吊起固定，危险解除。',
      '危墙已推倒，砖块清走，围了警戒带。',
    ],
    remedy: 'temporary',
    before: ['demo-manhole-open'],
    after: ['demo-manhole-covered'],
  },
  'public-security': {
    said: [
      '停在楼下的电动车电瓶被偷了，这个月已经第二回。',
      '半夜有人在广场放音响，吵得睡不着。',
      '巷口有几个人喝了酒打架，老人孩子不敢出门。',
      '有人挨家推销保健品，专找老人，怕是骗人的。',
    ],
    contact: ['民警已电话联系，约好上门登记', '已到现场了解情况'],
    dispatch: [],
    progress: ['已调取路口监控，正在查。'],
    fixed: ['已加强夜间巡逻，提醒了相关人员，并在巷口加装一处监控。', '已调解处理，双方保证不再发生。'],
    remedy: 'lasting',
    before: [],
    after: ['demo-notice-board'],
  },
  livelihood: {
    said: [
      '五十多岁了想就近找个活干，保洁看门都行。',
      '家里老人八十多，子女在外地，中午没人做饭。',
      '想学个手艺，哪里有免费的培训？',
    ],
    saidInVillages: [
      '今年土豆多，收的人压价，能不能帮着找找销路。',
      '想养几头牛，不知道贷款和补贴怎么申请。',
      '地里的玉米想一起卖，村里能不能统一联系。',
    ],
    contact: ['已上门了解情况，帮您登记', '电话里问了想干什么活，会推荐两处岗位'],
    dispatch: ['请帮助登记并推荐合适的岗位。', '请联系收购企业，把几户的量合在一起。'],
    progress: ['已推荐一处保洁岗位，等对方回话。', '已联系合作社，正在谈价。'],
    fixed: [
      '已推荐到附近超市做保洁，下周上班。',
      '社区助餐点已给老人送餐，每天中午送到家。',
      '合作社已上门收购，价格比原来每斤多三分。',
    ],
    remedy: 'lasting',
    before: [],
    after: ['demo-notice-board'],
  },
  ordinary: {
    said: [
      '楼前的树枝挡住窗户了，白天也要开灯，能不能修一修。',
      '广场的健身器材松了，老人用着不放心。',
      '楼道里堆着旧家具，万一着火跑都跑不出去。',
      '公交站牌字都看不清了，外来的人总问路。',
      '流浪狗越来越多，孩子放学害怕。',
      '公厕的门坏了，里面的灯也不亮。',
      '树苗栽上没人浇，快旱死了。',
    ],
    saidInVillages: ['文化广场的篮球架歪了，孩子们打球危险。', '村口的宣传栏玻璃碎了，扎手。'],
    contact: ['已到现场看过，这两天就处理', '电话问清了是哪一处'],
    dispatch: ['请安排修剪，注意避开电线。', '请派人到现场看一下怎么处理。'],
    progress: ['工具已备好，等无风天气作业。'],
    fixed: [
      '树枝已修剪，光线好了，枝条当天清走。',
      '已紧固并更换坏件，试用过没问题。',
      '已和住户商量清走，楼道畅通了。',
    ],
    remedy: 'lasting',
    before: ['demo-notice-board'],
    after: ['demo-notice-board'],
  },
  complex: {
    said: [
      '小区大门口的路，物业说归社区，社区说归公路，几年没人管。',
      '老院子没有物业，下水、路灯、垃圾样样没人管。',
      '几户合用的下水管堵了，牵涉到前后两个院子，谁也不让挖。',
    ],
    contact: ['已请几家一起坐下来商量，约在周五下午', '先记下各家的想法，再约相关单位'],
    dispatch: ['牵涉几家，请派人参加协调会。'],
    progress: ['已开过一次协调会，定了各家出工。'],
    fixed: ['协调会定了由谁管，门口的路已修好。', '成立了院委会，收费和管护都写明了。'],
    remedy: 'lasting',
    before: ['demo-road-broken'],
    after: ['demo-road-patched'],
  },
  suggestion: {
    said: [
      '建议在广场边上装两张带靠背的椅子，老人走累了能歇脚。',
      '早市能不能挪到空地上，别把路堵了。',
      '希望社区周末也开门，上班的人平时办不成事。',
      '建议巷口装一面凸面镜，出来看不见两边的车。',
    ],
    saidInVillages: ['建议冬闲时办个种养培训，大家都有空。'],
    contact: ['谢谢您的建议，会上议一议再回复您', '已电话回复，正在问需要多少钱'],
    dispatch: [],
    progress: ['已列入本月支部会议题。'],
    fixed: ['支部会议定采纳，椅子已装好。', '已调整开门时间，周六上午有人值班。', '凸面镜已装好。'],
    remedy: 'lasting',
    before: [],
    after: ['demo-notice-board'],
  },
  'about-branch': {
    said: [
      '社区办事大厅下午经常没人，跑了三趟都没办成。',
      '低保评议的结果没有贴出来，想知道是怎么评的。',
      '反映过的事没有人给回话，态度也不好。',
    ],
    contact: ['已电话了解情况，会如实核查'],
    dispatch: [],
    progress: ['已调看值班记录，正在核实。'],
    fixed: ['已核实并批评教育，值班表贴在门口，评议结果已公示。', '已责成改正，今后来件两天内必须回话。'],
    remedy: 'lasting',
    before: [],
    after: ['demo-notice-board'],
  },
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
  '社区服务站斜对面',
  '幼儿园围墙外',
  '早点铺门前的路',
  '加油站南面第一个路口',
]
export const villagePlaces: readonly string[] = [
  '村口水泥桥边',
  '大队院门前',
  '村小学旧址旁',
  '机井房往西',
  '村卫生室门口',
  '后排第三户门前',
  '文化广场南侧',
  '打谷场边上',
  '通往大路的土坡下',
  '小卖部对面',
]

export const remarks = {
  satisfied: [
    '办得挺快，谢谢。',
    '说到做到，满意。',
    '电话打得勤，路也修好了。',
    '',
    '',
    '终于好了，老人出门方便多了。',
  ],
  basically: ['总算办了，就是慢了点。', '大体可以。', ''],
  partly: ['修了一半，靠里那一截还没弄。', '亮了两盏，还有一盏不亮。', '好一些了，还没全好。'],
  unsolved: ['只垫了点砂子，一下雨又是泥。', '来看了一眼就走了，没有动工。', '没解决，还是老样子。'],
  dissatisfied: ['解决是解决了，打了好几回电话才来人。', '活干得糙，边上都裂了。'],
} as const

export const reworkNotes: readonly string[] = [
  '巷口那一截没有接顺，还有积水，请返工。',
  '现场看了，边角没有收干净，请再来一趟。',
  '夜里试了还是不亮，请重新检查线路。',
]
export const checkNotes: readonly string[] = [
  '到现场看过，和照片一致，住户也认可。',
  '已现场核查，合格。',
  '和两户居民一起看的，都说可以。',
]
export const reopenReasons: readonly string[] = [
  '下了一场雨又积水了。',
  '修了没几天又坏了。',
  '又和原来一样了。',
]

/** Why something cannot be done now, and what the wait is bound to. */
export const suspensions: readonly (readonly [reason: string, plan: string])[] = [
  ['天气转冷不能浇筑水泥', '列入开春第一批硬化，先铺砂石保通行'],
  ['这一片要埋污水管，先修路还要再挖', '随污水管网工程一起做，完工后马上恢复路面'],
  ['需要旗里批复资金', '已报资金申请，批下来就进场'],
]
export const extensionReasons: readonly string[] = [
  '连续下雨，路基太湿，要晾晒几天',
  '水泥和砂石料晚到一周',
  '有两户的院墙要先协商',
]
export const declineNotes = {
  'private-dispute': '您说的是两家宅基地的界线，可以到镇人民调解委员会，我们已帮您联系。',
  'already-decided': '这件事去年已有信访复核意见，结论仍然有效。',
  'not-real': '三次到现场都没有看到您说的情况，欢迎补充照片后再报。',
  'in-court': '这件事法院已经立案，请等判决。',
} as const
