import { View } from '@tarojs/components'
import { Alert } from '../../components/alert'
import { BigButton, ButtonPair } from '../../components/big-button'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import type { Invitation } from './words'
import './people.css'

interface ConfirmButtonsProps {
  readonly invitation: Invitation
  readonly onDone: () => void
}

/** 就是他 / 不是, with the last digits of the telephone to compare; nothing where it is somebody else's to say. */
export function ConfirmButtons({
  invitation: { id, actions, phoneTail, name },
  onDone,
}: ConfirmButtonsProps) {
  const confirming = useCommand('people.confirmInvitation')
  const refusing = useCommand('people.refuseInvitation')
  const trouble = confirming.error ?? refusing.error
  if (!actions.includes('confirm')) return null

  const confirm = async (): Promise<void> => {
    const outcome = await confirming.run({ invitationId: id })
    if (outcome.ok) toast('职务生效了')
    onDone()
  }
  const refuse = async (): Promise<void> => {
    const outcome = await refusing.run({ invitationId: id })
    if (outcome.ok) toast('没有给他，那个口令作废了')
    onDone()
  }

  return (
    <>
      <View>
        <View>这是{name}的手机尾号吗？不知道就打电话问他本人。</View>
        <View className="invitation__tail" data-test="phone-tail">
          {phoneTail}
        </View>
      </View>
      {trouble && (
        <Alert className="people-trouble" name="confirm-trouble">
          {trouble.message}
        </Alert>
      )}
      <ButtonPair>
        <View data-test="not-them">
          <BigButton
            label="不是"
            tone="secondary"
            isBusy={refusing.isBusy}
            isDisabled={confirming.isBusy}
            onPress={() => void refuse()}
          />
        </View>
        <View data-test="it-is-them">
          <BigButton
            label="就是他"
            isBusy={confirming.isBusy}
            isDisabled={refusing.isBusy}
            onPress={() => void confirm()}
          />
        </View>
      </ButtonPair>
    </>
  )
}
