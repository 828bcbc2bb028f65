import { View } from '@tarojs/components'
import { StatusTag } from '../../components/status-tag'
import { TextAction } from '../../components/text-action'
import { serverNow } from '../../services/server-time'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { roleLabels } from '../../words/roles'
import { termText } from '../../words/term'
import { ConfirmButtons } from './confirm-buttons'
import { expiryText, type Invitation, invitationSign, twoPersonsText } from './words'
import './people.css'

interface InvitationCardProps {
  readonly invitation: Invitation
  readonly onDone: () => void
  readonly onHistory: () => void
}

/** One open invitation, to whoever keeps the unit's people. */
export function InvitationCard({ invitation, onDone, onHistory }: InvitationCardProps) {
  const withdrawing = useCommand('people.withdrawInvitation')
  const { id, role, name, actions, acceptedAt, expiresAt, invitedBy, takesTwoPersons } = invitation
  const now = serverNow()
  const isWaiting = acceptedAt !== null

  const withdraw = async (): Promise<void> => {
    const outcome = await withdrawing.run({ invitationId: id })
    toast(outcome.ok ? '收回了，那个口令作废了' : outcome.error.message)
    onDone()
  }

  return (
    <View className={`invitation ${isWaiting ? 'invitation--waiting' : ''}`} data-test="invitation">
      <View className="invitation__head">
        <View className="invitation__who">
          {name} · {roleLabels[role]}
        </View>
        <StatusTag {...invitationSign(invitation)} />
      </View>
      <View className="invitation__hint">
        {invitedBy && `${invitedBy}请的，`}
        {termText(invitation, now)}。{expiryText(expiresAt, now)}
      </View>
      {takesTwoPersons && isWaiting && !actions.includes('confirm') && (
        <View className="invitation__hint" data-test="two-persons">
          {twoPersonsText(role)}
        </View>
      )}
      <ConfirmButtons invitation={invitation} onDone={onDone} />
      <View className="invitation__head">
        {actions.includes('withdraw') && <TextAction label="收回邀请" onPress={() => void withdraw()} />}
        <TextAction label="看经过" onPress={onHistory} />
      </View>
    </View>
  )
}
