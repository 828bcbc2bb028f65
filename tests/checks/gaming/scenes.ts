import type { Membership } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { branchSeats, endsAtTick, honestSeats, partnerSeats, seat } from './cast'
import { startAt, tickMs } from './compressed-law'
import type { Freedom, Rules, Step } from './moves'
import type { Act, Filing } from './world'

export interface Scene extends Rules {
  readonly name: string
  /** Who acts freely; everybody else of the model is honest, and as slow as the law allows. */
  readonly cast: readonly string[]
  readonly seats: readonly Membership[]
  /** What has happened when the search begins. */
  readonly opening: readonly Step[]
  readonly depth: number
  /** Depth of the short form. */
  readonly shortDepth: number
  /** The search ends at this many states, and says so. */
  readonly mostStates: number
}

const files = (
  person: string | null,
  unitId = 'A',
  categoryId: Filing['categoryId'] = 'lane-repair',
): Step => ({
  kind: 'file',
  filing: { person, unitId, categoryId },
})
const tickPasses = (isBranchHonest = false): Step => ({
  kind: 'wait',
  isSilent: false,
  ticks: 1,
  isBranchHonest,
})

const forA = (actions: Freedom['actions'], forms: Freedom['forms'] = {}): Freedom => ({
  actor: 'a1',
  actions,
  forms: {
    resolve: ['nothing done'],
    transfer: ['to B'],
    contact: ['nobody went'],
    dispatch: ['to P'],
    reclassify: ['as lane-hardening', 'as about-branch'],
    suspend: ['for 5 ticks'],
    'lay-evidence': ['nothing done'],
    'appeal-red-face': [''],
    ...forms,
  },
})
/** An accomplice praises whatever A does. */
const accomplice = (actions: Freedom['actions'], actor = 'C'): Freedom => ({
  actor,
  actions,
  forms: { rate: ['yes'], 'answer-red-face': ['yes'] },
})
const clears = ['lay-evidence', 'ask-look', 'appeal-red-face'] as const

/** Accepted, not done in time, and public since. */
const goesOverdue: readonly Step[] = [
  byA({ kind: 'accept' }),
  { kind: 'wait', isSilent: false, ticks: 7, isBranchHonest: false },
]

const base = { isBranchHonest: false, mostReports: 2, mostStates: 60_000 } as const
const everybody = [...honestSeats, ...branchSeats]

export const scenes: readonly Scene[] = [
  {
    ...base,
    name: 'merge',
    cast: ['a1', 'C'],
    seats: everybody,
    opening: [files('C'), tickPasses(), files('R1')],
    free: [
      forA(['accept', 'contact', 'merge', 'resolve', 'decline', ...clears]),
      accomplice(['rate', 'answer-red-face', 'reopen', 'withdraw']),
      // The township joins what is one matter, whatever A makes of it.
      { actor: 't1', actions: ['merge'] },
    ],
    // What a merging hides shows late.
    mostStates: 100_000,
    depth: 7,
    shortDepth: 4,
  },
  {
    ...base,
    name: 'transfer',
    cast: ['a1', 'P'],
    seats: [...everybody, ...partnerSeats],
    opening: [files('R1')],
    free: [
      forA(
        [
          'accept',
          'contact',
          'transfer',
          'return',
          'relocate',
          'dispatch',
          'recall',
          'resolve',
          'appeal-red-face',
        ],
        {
          contact: ['nobody went', 'really'],
        },
      ),
      { actor: 'p1', actions: ['claim-fixed', 'send-back'], forms: { 'claim-fixed': ['nothing done'] } },
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'appeal',
    cast: ['a1', 'C'],
    seats: everybody,
    opening: [files('R1')],
    free: [
      forA(['accept', 'resolve', 'declare-red-face', ...clears]),
      accomplice(['support', 'answer-red-face']),
    ],
    depth: 9,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'late-and-appealed',
    cast: ['a1'],
    seats: everybody,
    opening: [files('R1')],
    free: [forA(['accept', 'resolve', 'appeal-red-face'])],
    depth: 13,
    shortDepth: 7,
  },
  {
    ...base,
    // The township helps A to be rid of what R1 said of it.
    name: 'helpful-township',
    cast: ['a1', 't1'],
    seats: everybody,
    opening: [
      files('R1', 'A', 'lane-hardening'),
      byA({ kind: 'accept' }),
      byA({ kind: 'resolve', note: '修好了', before: [], after: [], remedy: 'lasting' }),
      tickPasses(),
      tickPasses(),
    ],
    free: [
      forA(['appeal-red-face', 'transfer', 'merge'], { 'appeal-red-face': ['of verdicts'] }),
      {
        actor: 't1',
        actions: ['look', 'rule-on'],
        forms: { 'rule-on': ['grants appeal-red-face', 'denies appeal-struck', 'grants appeal-struck'] },
      },
    ],
    depth: 7,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'two-seats',
    cast: ['a1', 'x'],
    seats: [...everybody, ...partnerSeats, seat('x', 'A', 'secretary'), seat('x', 'T', 'clerk')],
    opening: [files('R1')],
    free: [
      forA(['accept', 'return', 'transfer', 'decline', 'suspend', 'dispatch', 'resolve', ...clears], {
        dispatch: ['to P', 'to x'],
      }),
      {
        actor: 'x',
        actions: [
          'rule-on',
          'look',
          'route',
          'reassign',
          'claim-fixed',
          'check',
          'appeal-red-face',
          'decline',
        ],
        forms: {
          route: ['to B'],
          reassign: ['to B'],
          'claim-fixed': ['nothing done'],
          'appeal-red-face': [''],
        },
      },
      { actor: 'p1', actions: ['claim-fixed'], forms: { 'claim-fixed': ['nothing done'] } },
    ],
    depth: 7,
    shortDepth: 4,
  },
  {
    ...base,
    name: 'own-people',
    cast: ['a1', 'a2'],
    seats: [...everybody, ...partnerSeats],
    opening: [files('a2'), tickPasses(), files('R1')],
    free: [
      forA(['accept', 'contact', 'merge', 'resolve', 'check', 'lay-evidence']),
      accomplice(['rate', 'answer-red-face', 'unmerge'], 'a2'),
    ],
    depth: 7,
    shortDepth: 4,
  },
  {
    ...base,
    name: 'accomplice',
    cast: ['a1', 'C', 'S1', 'S2', 'S3'],
    seats: everybody,
    opening: [files('C'), { kind: 'act', form: '', act: supporting('R1', 'r1') }],
    free: [
      forA(['accept', 'resolve', 'lay-evidence', 'ask-look', 'appeal-red-face']),
      accomplice(['rate', 'answer-red-face', 'withdraw']),
      accomplice(['support', 'answer-red-face'], 'S1'),
      accomplice(['support', 'answer-red-face'], 'S2'),
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'supporters',
    cast: ['a1', 'S1', 'S2', 'S3'],
    seats: everybody,
    opening: [
      files('R1'),
      { kind: 'act', form: '', act: supporting('S1', 'r1') },
      { kind: 'act', form: '', act: supporting('S2', 'r1') },
      { kind: 'act', form: '', act: supporting('S3', 'r1') },
    ],
    free: [
      forA(['accept', 'resolve', 'lay-evidence', 'ask-look']),
      accomplice(['answer-red-face'], 'S1'),
      accomplice(['answer-red-face'], 'S2'),
      accomplice(['answer-red-face'], 'S3'),
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    // Work goes on, late, and A lays evidence for it instead of 办结.
    name: 'cleared-while-open',
    cast: ['a1', 'S1'],
    seats: [...everybody, ...partnerSeats],
    opening: [files('R1'), { kind: 'act', form: '', act: supporting('S1', 'r1') }, ...goesOverdue],
    free: [
      forA(['lay-evidence', 'dispatch', 'resolve', 'ask-look'], {
        'lay-evidence': ['nothing done', 'really'],
      }),
      accomplice(['answer-red-face'], 'S1'),
    ],
    depth: 8,
    shortDepth: 4,
  },
  {
    ...base,
    // 请您先撤回: an accomplice stands ready to take the reporter's place.
    name: 'talked-out',
    cast: ['a1', 'S1', 'R1 withdraws as A asks'],
    seats: everybody,
    opening: [files('R1'), { kind: 'act', form: '', act: supporting('S1', 'r1') }, ...goesOverdue],
    free: [
      forA(['lay-evidence', 'resolve', 'ask-look', 'appeal-red-face']),
      accomplice(['answer-red-face', 'rate'], 'S1'),
      { actor: 'R1', actions: ['withdraw'] },
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    // The township finds solved what is not, and who reported it says nothing.
    name: 'helpful-look',
    cast: ['a1', 't1', 'C'],
    seats: everybody,
    opening: [files('C'), { kind: 'act', form: '', act: supporting('R1', 'r1') }, ...goesOverdue],
    free: [forA(['lay-evidence', 'ask-look', 'appeal-red-face']), { actor: 't1', actions: ['look'] }],
    depth: 9,
    shortDepth: 6,
  },
  {
    ...base,
    name: 'unit-ending',
    cast: ['a1'],
    seats: [...everybody, seat('a1', 'Z', 'secretary')],
    opening: [files('R1', 'Z')],
    free: [
      forA(['accept', 'contact', 'transfer', 'return', 'resolve', ...clears], {
        transfer: ['to B', 'to A', 'to Z'],
      }),
    ],
    depth: 9,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'branch-ending',
    cast: ['e1', 'b1'],
    seats: [...everybody, seat('e1', 'E', 'secretary')],
    opening: [files('R1', 'E')],
    free: [
      {
        ...forA(['accept', 'contact', 'transfer', 'return', 'resolve', 'decline', ...clears], {
          transfer: ['to B', 'to A'],
        }),
        actor: 'e1',
      },
      forA(['accept', 'transfer', 'resolve'], { transfer: ['to B'] }),
      // E's heir, for what it is on the list for.
      { ...forA(clears), actor: 'b1' },
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'few-members',
    cast: ['a1', 'P'],
    // The partner's only member leaves at the third tick; A's only one at the fourth.
    seats: [
      ...honestSeats,
      { ...seat('a1', 'A', 'secretary'), untilAt: startAt + endsAtTick * tickMs },
      { ...seat('p1', 'P', 'partner-lead'), untilAt: startAt + 3 * tickMs },
    ],
    opening: [files('R1')],
    free: [
      forA(
        [
          'accept',
          'transfer',
          'return',
          'dispatch',
          'recall',
          'check',
          'resolve',
          'decline',
          'suspend',
          'lay-evidence',
        ],
        {
          transfer: ['to M', 'to B'],
          dispatch: ['to P', 'to a1'],
        },
      ),
      { actor: 'p1', actions: ['claim-fixed', 'send-back'], forms: { 'claim-fixed': ['nothing done'] } },
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'one-resident-two-reports',
    cast: ['a1', 'R1 files and withdraws as A asks'],
    seats: everybody,
    opening: [files('R1')],
    mostReports: 3,
    free: [
      forA(['accept', 'contact', 'merge', 'resolve', 'lay-evidence'], {
        resolve: ['nothing done', 'really'],
      }),
      { actor: 'R1', actions: ['submit', 'withdraw', 'unmerge', 'agree'] },
    ],
    depth: 8,
    shortDepth: 5,
  },
  // What the clock that goes on is late with comes after more ticks than a scene of many choices is searched for (K5).
  {
    ...base,
    name: 'filed-anew',
    cast: ['a1', 'R1 files and withdraws as A asks'],
    seats: everybody,
    opening: [files('R1')],
    mostReports: 2,
    free: [forA(['accept']), { actor: 'R1', actions: ['submit', 'withdraw'] }],
    depth: 12,
    shortDepth: 8,
  },
  {
    ...base,
    name: 'sufferer-made-ours',
    cast: ['a1', 'P2'],
    seats: [...everybody, seat('R1', 'P2', 'partner-staff'), seat('p2', 'P2', 'partner-lead')],
    opening: [files('R1')],
    mayEnlist: true,
    free: [
      forA(['accept', 'contact', 'dispatch', 'recall', 'check', 'resolve', ...clears], {
        dispatch: ['to P2'],
      }),
      { actor: 'p2', actions: ['claim-fixed', 'send-back'], forms: { 'claim-fixed': ['nothing done'] } },
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'other-kind-other-place',
    cast: ['a1', 'x'],
    seats: everybody,
    opening: [files('R1')],
    free: [forA(['accept', 'reclassify', 'relocate', 'suspend', 'extend', 'decline', 'resume', 'resolve'])],
    depth: 7,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'frozen-ground',
    cast: ['a1', 't2 of the township'],
    seats: [...everybody, seat('t2', 'T', 'clerk')],
    opening: [files('R1')],
    free: [
      forA(['accept', 'suspend', 'resume', 'resolve'], { suspend: ['until the thaw'] }),
      { actor: 't2', actions: ['rule-on'], forms: { 'rule-on': ['grants suspend'] } },
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'complaint-talked-away',
    cast: ['t2 of the township', 'n2 of the banner'],
    seats: [...everybody, seat('t2', 'T', 'clerk'), seat('n2', '150221', 'clerk')],
    opening: [files('R1', 'A', 'about-branch')],
    free: [
      {
        actor: 't2',
        actions: ['accept', 'reclassify', 'suspend', 'resume', 'decline', 'reassign'],
        forms: { reclassify: ['as lane-repair'], suspend: ['for 5 ticks'] },
      },
      {
        actor: 'n2',
        actions: ['reclassify', 'rule-on'],
        forms: { reclassify: ['as lane-repair'], 'rule-on': ['grants reclassify'] },
      },
    ],
    depth: 6,
    shortDepth: 4,
  },
  {
    ...base,
    name: 'contact',
    cast: ['a1'],
    seats: everybody,
    opening: [files('R1')],
    free: [
      forA(['accept', 'contact', 'transfer', 'return', 'decline', 'resolve'], {
        contact: ['nobody went', 'a greeting', 'really'],
      }),
    ],
    depth: 8,
    shortDepth: 5,
  },
  {
    ...base,
    name: 'few-accounts',
    cast: ['a1', 'C'],
    seats: everybody,
    opening: [files('R1')],
    mostReports: 3,
    free: [forA(['accept', 'resolve']), accomplice(['submit', 'rate'])],
    depth: 9,
    shortDepth: 6,
  },
  {
    ...base,
    name: 'declared',
    cast: ['a1', 'C'],
    seats: everybody,
    opening: [files(null), { kind: 'act', form: '', act: supporting('R1', 'r1') }],
    free: [
      forA(['accept', 'merge', 'resolve', ...clears]),
      accomplice(['submit', 'support', 'take-up', 'rate', 'answer-red-face', 'withdraw']),
    ],
    depth: 7,
    shortDepth: 4,
  },
  {
    ...base,
    name: 'rival',
    cast: ['V'],
    seats: everybody,
    opening: [files('R1')],
    isBranchHonest: true,
    mostReports: 3,
    free: [
      {
        actor: 'V',
        actions: [
          'submit',
          'support',
          'rate',
          'answer-red-face',
          'reopen',
          'appeal',
          'appeal-look',
          'withdraw',
          'unmerge',
        ],
        forms: { rate: ['no'], 'answer-red-face': ['no'] },
      },
    ],
    depth: 10,
    shortDepth: 6,
  },
  {
    ...base,
    name: 'rival-reports-first',
    cast: ['V'],
    seats: everybody,
    opening: [files('V')],
    isBranchHonest: true,
    free: [
      {
        actor: 'V',
        actions: ['submit', 'rate', 'answer-red-face', 'reopen', 'appeal', 'appeal-look', 'withdraw'],
        forms: { rate: ['no'], 'answer-red-face': ['no'] },
      },
    ],
    depth: 10,
    shortDepth: 6,
  },
]

function supporting(person: string, reportId: string) {
  return {
    actor: person,
    action: 'support' as const,
    reportId,
    command: { kind: 'support' as const, keys: [person] },
  }
}

function byA(command: Act['command'] & { readonly kind: 'accept' | 'resolve' }): Step {
  return { kind: 'act', form: '', act: { actor: 'a1', action: command.kind, reportId: 'r1', command } }
}

export const sceneNamed = (name: string): Scene => {
  const found = scenes.find((one) => one.name === name)
  if (!found) throw new Error(`no scene ${name}: ${scenes.map((one) => one.name).join(', ')}`)
  return found
}
