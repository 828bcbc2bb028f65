import type { Choice } from '../../../components/choice-chips'
import { memberName, roleLabels } from '../../../words/roles'
import { kindLabels } from '../../../words/unit'
import type { Targets } from '../words'
import { ActForm, type FormProps, useActForm } from './act-form'
import { TargetField, useTargets, WordsField } from './fields'

/** Apart from the ids of units. */
const memberPrefix = 'member:'

/** The unit's own people; those whom nobody has given a name are told apart by a number. */
const memberChoices = (members: Targets['members']): readonly Choice<string>[] =>
  members.map((member, place) => {
    const name = memberName(member)
    const before = members.slice(0, place).filter((one) => memberName(one) === name).length
    return {
      value: `${memberPrefix}${member.id}`,
      label: `${name}${before > 0 ? before + 1 : ''}${member.isYou ? '（您自己）' : ''}`,
      hint: `本单位${member.role === null ? '' : ` · ${roleLabels[member.role]}`}`,
    }
  })

const partnerChoices = (partners: Targets['partners']): readonly Choice<string>[] =>
  partners.map(({ id, name }) => ({ value: id, label: name, hint: kindLabels.partner }))

/** 派单: to a partner, or to one of the unit's own people. */
export function DispatchForm(props: FormProps) {
  const { matter } = props
  const form = useActForm(
    'dispatch',
    props,
    { toUnitId: '派给谁', memberId: '派给谁', note: '要办什么' },
    { targetId: undefined as string | undefined, note: '' },
  )
  const { targetId, note } = form.draft
  const targets = useTargets(matter.id, targetId, ({ partners, members }) => [
    ...memberChoices(members),
    ...partnerChoices(partners.filter(({ id }) => id !== matter.handler?.id)),
  ])
  const { chosen } = targets
  const memberId = chosen?.startsWith(memberPrefix) ? chosen.slice(memberPrefix.length) : undefined
  const to = memberId === undefined ? { toUnitId: chosen } : { toUnitId: matter.branch.id, memberId }
  return (
    <ActForm form={form} input={{ ...form.on, memberId: undefined, ...to, note }} isBlocked={targets.isNone}>
      <TargetField
        row={form.row(memberId === undefined ? 'toUnitId' : 'memberId')}
        targets={targets}
        onChange={(picked) => form.change({ targetId: picked })}
        nothing="没有可派的：本社区没有共建单位，本单位也没有另外能核查的人。请自办或请上级协调。"
        hint="谁干的活，要由别人来核查"
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="colleagues"
      />
    </ActForm>
  )
}
