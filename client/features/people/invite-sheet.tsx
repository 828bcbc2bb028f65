import { View } from '@tarojs/components'
import { useState } from 'react'
import { takesTwoPersons } from '../../../cloudfunctions/contexts/people/rules/roles-of-unit'
import { invitationDays, mostInvitedAtOnce } from '../../../cloudfunctions/contexts/people/rules/sending'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { BigButton } from '../../components/big-button'
import { ChoiceChips } from '../../components/choice-chips'
import { DayField, dayBegins, dayEnds } from '../../components/day-field'
import { FormRow, TextBox } from '../../components/form-row'
import { FormSheet } from '../../components/form-sheet'
import { Notice } from '../../components/rows'
import { draftName } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { useCommand } from '../../services/use-command'
import { roleLabels } from '../../words/roles'
import type { Issued } from './issued'
import { type Seat, twoPersonsText } from './words'
import './people.css'

type Role = Seat['role']

/** A seat that somebody is to be invited to. */
export interface Wanted {
  readonly unitId: string
  readonly unitName: string
  readonly role: Role | undefined
}

interface InviteSheetProps {
  /** What the sheet is about: one unit, or those that were marked. */
  readonly about: string
  readonly title: string
  readonly wanted: readonly Wanted[]
  /** The roles of the one unit, of which each person has one; without them the seats are as they are wanted. */
  readonly roles?: readonly Role[]
  readonly onSent: (issued: Issued) => void
  readonly onClose: () => void
}

interface Draft {
  /** By the seat's place in the form. */
  readonly names: Readonly<Record<string, string>>
  readonly roles: Readonly<Record<string, Role>>
  readonly addedCount: number
  readonly fromOn: string
  readonly untilOn: string
}

const nobody: Draft = { names: {}, roles: {}, addedCount: 0, fromOn: '', untilOn: '' }

interface Person extends Wanted {
  readonly key: string
  readonly name: string
}

/** What is sent, with what was answered to each. */
const issuedFrom = (sent: readonly Person[], { results }: OutputOf<'people.invite'>): Issued => {
  const answered = results.map((result, at) => ({ ...result, who: sent[at]?.name ?? '' }))
  return {
    slips: answered.flatMap(({ invitation, code, holders }) =>
      invitation && code !== null ? [{ invitation, code, holders }] : [],
    ),
    refused: answered.flatMap(({ who, refusal }) => (refusal ? [{ who, why: refusal.message }] : [])),
  }
}

interface PersonFieldsProps {
  readonly at: number
  readonly roles: readonly Role[] | undefined
  readonly wanted: Wanted
  readonly name: string | undefined
  readonly onRole: (role: Role) => void
  readonly onName: (name: string) => void
}

/** As what somebody is invited, and what colleagues call them. */
function PersonFields({ at, roles, wanted, name = '', onRole, onName }: PersonFieldsProps) {
  const { unitName, role } = wanted
  return (
    <>
      {roles ? (
        <FormRow label="什么职务">
          <ChoiceChips
            choices={roles.map((value) => ({ value, label: roleLabels[value] }))}
            value={role}
            onChange={onRole}
            name={`role-${at}`}
          />
        </FormRow>
      ) : (
        <View className="people-form__unit">
          {unitName} {role && roleLabels[role]}
        </View>
      )}
      <FormRow label="名字" {...(at === 0 && { hint: '同事平时怎么叫他' })}>
        <View data-test={`name-${at}`}>
          <TextBox
            label={`${roles ? '' : unitName}名字`}
            value={name}
            onChange={onName}
            placeholder="比如：老云"
            isSingleLine
          />
        </View>
      </FormRow>
    </>
  )
}

/** Invites one or many: a seat and a name each, one term for all of them. */
export function InviteSheet({ about, title, wanted, roles, onSent, onClose }: InviteSheetProps) {
  const { draft, change, drop, intentions } = useDraft<Draft>(draftName('invite', about), nobody)
  const { run, isBusy, error } = useCommand('people.invite', { intentions })
  const [missing, setMissing] = useState<string>()
  const { names, addedCount, fromOn, untilOn } = draft
  const [first] = wanted
  const places = roles && first ? [...wanted, ...Array.from({ length: addedCount }, () => first)] : wanted
  const people = places.map((one, at): Person => {
    const key = roles ? `${at}` : `${one.unitId} ${one.role ?? ''}`
    return { ...one, key, role: draft.roles[key] ?? one.role, name: names[key] ?? '' }
  })
  const named = people.filter(({ name }) => name.trim() !== '')
  const isOfTwo = people.find(({ role }) => role !== undefined && takesTwoPersons(role))?.role

  const send = async (): Promise<void> => {
    const open = named.find(({ role }) => role === undefined)
    setMissing(named.length === 0 ? '请写名字' : open ? `请选${open.name}的职务` : undefined)
    if (named.length === 0 || open) return
    const invitations = named.flatMap(({ unitId, role, name }) =>
      role === undefined
        ? []
        : [{ unitId, role, name, fromAt: dayBegins(fromOn), untilAt: dayEnds(untilOn) }],
    )
    const outcome = await run({ invitations })
    if (!outcome.ok) return
    drop()
    onSent(issuedFrom(named, outcome.value))
  }

  const isFull = people.length >= mostInvitedAtOnce
  return (
    <FormSheet
      title={title}
      onClose={onClose}
      trouble={missing ?? error?.message}
      send={{
        name: 'send-invitations',
        label: named.length > 1 ? `发出${named.length}个邀请` : '发出邀请',
        icon: 'send',
        isBusy,
        onPress: () => void send(),
      }}
    >
      <View className="people-form">
        {people.map((person, at) => (
          <View key={person.key} className="people-form__person" data-test="invited-person">
            <PersonFields
              at={at}
              roles={roles}
              wanted={person}
              name={names[person.key]}
              onRole={(role) => change(({ roles: before }) => ({ roles: { ...before, [person.key]: role } }))}
              onName={(name) => change(({ names: before }) => ({ names: { ...before, [person.key]: name } }))}
            />
          </View>
        ))}
        {roles && !isFull && (
          <View data-test="one-more">
            <BigButton
              label="再请一个"
              icon="plus"
              tone="secondary"
              onPress={() => change((before) => ({ addedCount: before.addedCount + 1 }))}
            />
          </View>
        )}
        {!roles && (
          <Notice tone="plain" icon="info">
            没写名字的，不发。
          </Notice>
        )}
        <DayField
          isAhead
          label="从哪天起"
          hint="不填，就从点“就是他”那时起"
          isOptional
          value={fromOn}
          onChange={(on) => change({ fromOn: on })}
        />
        <DayField
          isAhead
          label="到哪天为止"
          hint="这一天还算在内"
          isOptional
          value={untilOn}
          onChange={(on) => change({ untilOn: on })}
        />
        {isOfTwo && (
          <Notice tone="waiting" icon="users">
            {twoPersonsText(isOfTwo)}
          </Notice>
        )}
        <Notice tone="plain" icon="info">
          口令{invitationDays}天有效，只能用一次。对方扫了，说了“是我”，您点“就是他”才生效。
        </Notice>
      </View>
    </FormSheet>
  )
}
