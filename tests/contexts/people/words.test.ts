import type { MessagePart } from '../../../cloudfunctions/contexts/report/rules/messages'
import { messageText } from '../../../cloudfunctions/contexts/report/words'
import { branch, mondayAt } from '../../support/builders'

const seat = { unit: branch.name, role: 'secretary' } as const
const dated = { ...seat, fromAt: mondayAt, untilAt: mondayAt + 1 }

/** What people are told of seats and invitations, letter by letter. */
const told: readonly (readonly [part: MessagePart, title: string, text: string])[] = [
  [
    { template: 'without-secretary', audience: 'units', fields: { unit: branch.name } },
    '没有书记了',
    '后炭市社区党支部现在没有书记在岗，它的诉求请上一级先看着，并尽快请人。',
  ],
  [
    {
      template: 'invitation-accepted',
      audience: 'persons',
      fields: { ...seat, name: '新书记' },
    },
    '邀请的人来了',
    '您请新书记任后炭市社区党支部“支部书记”，有人点了“是我”。请核对手机尾号，再点“就是他”或“不是”。',
  ],
  [
    { template: 'invitation-declined', audience: 'persons', fields: { ...seat, name: '新书记' } },
    '邀请没有接',
    '您请新书记任后炭市社区党支部“支部书记”，扫码的人说不是本人，请重新发。',
  ],
  [
    { template: 'invitation-refused', audience: 'persons', fields: seat },
    '邀请没有通过',
    '后炭市社区党支部“支部书记”的邀请没有通过，如是误会，请发邀请的人再发一个。',
  ],
  [
    { template: 'seat-given', audience: 'persons', fields: { ...seat, fromAt: mondayAt } },
    '职务生效',
    '您任后炭市社区党支部“支部书记”，从2026年3月2日起，没有定结束的日子。',
  ],
  [
    { template: 'seat-changed', audience: 'persons', fields: dated },
    '任期有变',
    '您任后炭市社区党支部“支部书记”的任期改了：从2026年3月2日起，到3月2日（周一）10:00止。',
  ],
  [
    { template: 'seat-restored', audience: 'persons', fields: seat },
    '任期恢复',
    '您任后炭市社区党支部“支部书记”的改动已撤销：没有定结束的日子。',
  ],
  [
    { template: 'seat-ended', audience: 'persons', fields: dated },
    '职务结束',
    '您任后炭市社区党支部“支部书记”到3月2日（周一）10:00结束。',
  ],
]

test.each(told.map(([part, title, text]) => [part.template, part, title, text] as const))(
  '%s is said in plain words',
  (_template, part, title, text) => {
    expect(messageText({ parts: [part] })).toEqual({ title, text, about: null })
  },
)
