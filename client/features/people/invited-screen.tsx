import { View } from '@tarojs/components'
import { useCallback, useState } from 'react'
import { phoneTailLength } from '../../../cloudfunctions/contexts/people/rules/sending'
import { saidCode, spokenCodeLength } from '../../../cloudfunctions/ground/text/spoken-code'
import { Alert } from '../../components/alert'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Card, LinkText } from '../../components/card'
import { CodeEntry } from '../../components/code-entry'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { FormRow, TextBox } from '../../components/form-row'
import { PageFrame } from '../../components/page-frame'
import { Facts, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { codeIn } from '../../services/code-address'
import { openPage } from '../../services/navigation'
import { useTakenOnce } from '../../services/scanned-address'
import { serverNow } from '../../services/server-time'
import { isVisitor } from '../../services/signed-in'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { useQuery } from '../../services/use-query'
import { hasQueue, keepsUnits, roleLabels } from '../../words/roles'
import { termText } from '../../words/term'
import { ConfirmButtons } from './confirm-buttons'
import { expiryText, type Invitation, twoPersonsText } from './words'
import './people.css'

const title = '邀请'

/** Where, as what, from when until when, and who invites. */
const factsOf = (invitation: Invitation, now: number) => [
  { label: '单位', value: invitation.unit.name },
  { label: '职务', value: roleLabels[invitation.role] },
  { label: '任期', value: termText(invitation, now) },
  { label: '称呼', value: invitation.name },
  ...(invitation.invitedBy === null ? [] : [{ label: '谁请的', value: invitation.invitedBy }]),
]

interface CardProps {
  readonly invitation: Invitation
  readonly onDone: () => void
}

/** 是我 / 不是我, with the last digits of one's telephone. */
function AnswerCard({ invitation, onDone }: CardProps) {
  const [tail, setTail] = useState('')
  const accepting = useCommand('people.acceptInvitation')
  const declining = useCommand('people.declineInvitation')
  const { id, expiresAt } = invitation
  const now = serverNow()

  const accept = async (): Promise<void> => {
    const outcome = await accepting.run({ invitationId: id, phoneTail: tail.trim() })
    if (outcome.ok) onDone()
  }
  const decline = async (): Promise<void> => {
    const outcome = await declining.run({ invitationId: id })
    if (outcome.ok) toast('记下了，这个邀请作废了')
    onDone()
  }

  const trouble = accepting.error ?? declining.error
  return (
    <Card title="请您来办事">
      <View className="people-form">
        <Facts facts={factsOf(invitation, now)} />
        <FormRow
          label={`您手机号的最后${phoneTailLength}位`}
          hint="请您的人用它认人，别人看不到"
          {...(trouble && { error: trouble.message })}
        >
          <View data-test="phone-tail-typed">
            <TextBox value={tail} onChange={setTail} isSingleLine kind="phone" placeholder="只写数字" />
          </View>
        </FormRow>
        <ButtonPair>
          <View data-test="not-me">
            <BigButton
              label="不是我"
              tone="secondary"
              isBusy={declining.isBusy}
              isDisabled={accepting.isBusy}
              onPress={() => void decline()}
            />
          </View>
          <View data-test="it-is-me">
            <BigButton
              label="是我"
              isBusy={accepting.isBusy}
              isDisabled={declining.isBusy}
              onPress={() => void accept()}
            />
          </View>
        </ButtonPair>
        <View className="people-row__hint">{expiryText(expiresAt, now)}</View>
      </View>
    </Card>
  )
}

/** Where one works from now on. */
function SeatedCard({ invitation: { unit, role, fromAt } }: { readonly invitation: Invitation }) {
  const isToCome = fromAt !== null && fromAt > serverNow()
  const open = keepsUnits(role)
    ? { label: '去设置', onPress: () => openPage('settings', { unitId: unit.id }) }
    : hasQueue(role)
      ? { label: '去工作台', onPress: () => openPage('queue', { unitId: unit.id }) }
      : { label: '回“我的”', onPress: () => openPage('mine') }
  return (
    <View className="people-form" data-test="seated">
      <Notice tone="done" icon="circle-check" title={`您是${unit.name}${roleLabels[role]}了`}>
        {isToCome ? '到了上任那天，工作台就打开。' : '职务生效了。以后从“我的”进来。'}
      </Notice>
      {!isToCome && <BigButton icon="briefcase" {...open} />}
    </View>
  )
}

const endings: Readonly<
  Partial<Record<Invitation['status'], { readonly title: string; readonly hint: string }>>
> = {
  refused: { title: '这个邀请没有通过', hint: '要是弄错了，请他们再发一个。' },
  expired: { title: '这个邀请过期了', hint: '请发邀请的人换一个新的，再扫一次。' },
  withdrawn: { title: '这个邀请收回了', hint: '要是还请您，请他们再发一个。' },
}

/** One invitation of one's own, as far as it has come; or the one that waits for the 就是他 of the other first admin. */
function InvitationPart({
  invitation,
  onDone,
  onLook,
  isLooking,
}: CardProps & { readonly onLook: () => void; readonly isLooking: boolean }) {
  const { unit, role, name, status, isForYou, actions, phoneTail, takesTwoPersons } = invitation
  if (!isForYou)
    return (
      <View className="invitation invitation--waiting" data-test="sister">
        <View className="invitation__who">
          {name} · {unit.name}
          {roleLabels[role]}
        </View>
        <ConfirmButtons invitation={invitation} onDone={onDone} />
      </View>
    )
  if (actions.includes('accept')) return <AnswerCard invitation={invitation} onDone={onDone} />
  if (status === 'confirmed') return <SeatedCard invitation={invitation} />
  const ending = endings[status]
  if (ending)
    return (
      <View data-test="invitation-over">
        <Notice tone="plain" icon="info" title={`${unit.name}${roleLabels[role]}：${ending.title}`}>
          {ending.hint}
        </Notice>
      </View>
    )
  return (
    <Card title="等对方认人">
      <View className="people-form" data-test="waiting-for-them">
        <Facts facts={[...factsOf(invitation, serverNow()), { label: '手机尾号', value: phoneTail ?? '' }]} />
        <Notice tone="waiting" icon="clock" title="您说了“是我”">
          对方看到您的手机尾号，点了“就是他”，职务就生效。可以先离开，会在消息里告诉您。
        </Notice>
        {takesTwoPersons && (
          <Notice tone="plain" icon="users">
            {twoPersonsText(role)}
          </Notice>
        )}
        <View data-test="look-again">
          <BigButton
            label="看看好了没有"
            icon="refresh-cw"
            tone="secondary"
            isBusy={isLooking}
            onPress={onLook}
          />
        </View>
      </View>
    </Card>
  )
}

interface InvitedScreenProps {
  /** What was scanned, or the code that an address carries. */
  readonly scanned?: string | undefined
}

/** Somebody is invited to work in a unit: what for, that it is them, and what has come of it. */
export function InvitedScreen({ scanned = '' }: InvitedScreenProps) {
  // A browser without a name is nobody who could have a seat.
  if (isVisitor())
    return (
      <PageFrame title={title}>
        <EmptyState
          icon="user-plus"
          title="请在微信里打开"
          hint={`打开微信小程序“红脸办”，点“我的”，点“有邀请码”，${scanned === '' ? '扫一扫邀请条' : `输 ${saidCode(codeIn('invited', scanned))}`}。`}
        />
      </PageFrame>
    )
  return <OwnInvitations scanned={scanned} />
}

function OwnInvitations({ scanned }: { readonly scanned: string }) {
  const { query, reload, retry } = useQuery('people.mine', {})
  const me = useQuery('me.get', {})
  const { reload: reloadMe } = me
  const seeing = useCommand('people.seeInvitation')
  const [isOneMore, setOneMore] = useState(false)
  const [isLooking, setLooking] = useState(false)
  const { run } = seeing

  const look = useCallback(async (): Promise<void> => {
    setLooking(true)
    await Promise.all([reload(), reloadMe()])
    setLooking(false)
  }, [reload, reloadMe])

  const see = useCallback(
    async (text: string): Promise<void> => {
      const outcome = await run({ code: codeIn('invited', text) })
      if (outcome.ok) await reload()
    },
    [run, reload],
  )

  useTakenOnce(scanned, see)

  const rows = query.state === 'ready' ? query.value.rows : []
  const seats = me.query.state === 'ready' ? me.query.value.memberships : []
  const [latest] = rows.filter(({ isForYou }) => isForYou)
  const isShown = (one: Invitation): boolean => {
    if (one.status === 'seen') return true
    if (one !== latest) return false
    // Whose seat is over reads nothing of it any more.
    const hasSeat = seats.some(({ unitId, role }) => unitId === one.unit.id && role === one.role)
    return one.status !== 'confirmed' || hasSeat || (one.fromAt ?? 0) > serverNow()
  }
  const shown = rows.filter(isShown)
  const hasOpen = shown.some(({ status }) => status === 'seen')
  const isSeated = shown.some(({ status }) => status === 'confirmed')
  const isEntering = !hasOpen && (!isSeated || isOneMore || seeing.error !== undefined)

  return (
    <PageFrame title={title}>
      {seeing.error && (
        <Alert className="people-trouble" name="invitation-trouble">
          <Notice tone="alert" icon="circle-alert" title={seeing.error.message}>
            问一问发邀请的人；过期了、被别人扫了，都请他再发一个。
          </Notice>
        </Alert>
      )}
      {query.state === 'loading' && <Skeleton />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={retry} />}
      {shown.map((one) => (
        <InvitationPart
          key={one.id}
          invitation={one}
          onDone={() => void look()}
          onLook={() => void look()}
          isLooking={isLooking}
        />
      ))}
      {isEntering && (
        <Card title="有人请您来办事？">
          <CodeEntry
            scanLabel="扫邀请条上的码"
            label={`扫不了，就输 ${spokenCodeLength} 位邀请码`}
            placeholder="邀请条上的字母和数字"
            trouble={undefined}
            isBusy={seeing.isBusy}
            onCode={(text) => void see(text)}
          />
        </Card>
      )}
      {!isEntering && !hasOpen && <LinkText label="还有邀请码" onPress={() => setOneMore(true)} />}
    </PageFrame>
  )
}
