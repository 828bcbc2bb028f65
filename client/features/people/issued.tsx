import { View } from '@tarojs/components'
import { spokenCodeLength } from '../../../cloudfunctions/ground/text/spoken-code'
import { Alert } from '../../components/alert'
import { BigButton } from '../../components/big-button'
import { QrCode } from '../../components/qr-code'
import { Notice } from '../../components/rows'
import { copyText } from '../../services/clipboard'
import { codeAddress } from '../../services/code-address'
import { printPage } from '../../services/print'
import { serverNow } from '../../services/server-time'
import { siteAddress } from '../../services/site'
import { roleLabels } from '../../words/roles'
import { termText } from '../../words/term'
import { expiryText, type Invitation, personText, type Seat, twoPersonsText } from './words'
import './invite-slip.css'

/** An invitation with its code, which is answered once. */
export interface Slip {
  readonly invitation: Pick<
    Invitation,
    'id' | 'unit' | 'role' | 'name' | 'fromAt' | 'untilAt' | 'expiresAt' | 'takesTwoPersons'
  >
  readonly code: string
  /** Who has such a seat already. */
  readonly holders: readonly Seat[]
}

/** What came of one sending. */
export interface Issued {
  readonly slips: readonly Slip[]
  /** Who was not invited, and why. */
  readonly refused: readonly { readonly who: string; readonly why: string }[]
}

const linkOf = (code: string): string | undefined => {
  const site = siteAddress()
  return site && codeAddress('invited', site, code.replace(' ', ''))
}

const messageOf = ({ invitation: { unit, role, name }, code }: Slip): string =>
  [
    `${name}：请您担任${unit.name}${roleLabels[role]}。`,
    `打开微信小程序“红脸办”，点“我的”，点“有邀请码”，输 ${code}。`,
    linkOf(code),
  ]
    .filter(Boolean)
    .join('\n')

function SlipCard({ slip }: { readonly slip: Slip }) {
  const { invitation, code, holders } = slip
  const { unit, role, name, expiresAt, takesTwoPersons } = invitation
  const now = serverNow()
  const isDated = invitation.fromAt !== null || invitation.untilAt !== null
  return (
    <View className="invite-slip" data-test="slip">
      <View className="invite-slip__whom">
        {unit.name} {roleLabels[role]}
      </View>
      <View>
        {name}
        {isDated && ` · ${termText(invitation, now)}`}
      </View>
      <QrCode text={linkOf(code) ?? code.replace(' ', '')} label={`请${name}扫的二维码`} />
      <View>{linkOf(code) ? '用微信扫一扫' : '打开小程序“红脸办”，点“我的”，点“有邀请码”，扫一扫'}</View>
      <View className="invite-slip__code" data-test="invitation-code">
        {code}
      </View>
      <View className="invite-slip__how">
        扫不了，就打开小程序“红脸办”，点“我的”，点“有邀请码”，输上面这 {spokenCodeLength} 位。
        {expiryText(expiresAt, now)}
        ，只能用一次。
      </View>
      <View className="invite-slip__more off-paper">
        {holders.length > 0 && (
          <Notice tone="waiting" icon="users" title="这个职务现在有人">
            {holders.map((seat) => `${personText(seat)}，${termText(seat, now)}`).join('；')}
          </Notice>
        )}
        {takesTwoPersons && (
          <Notice tone="plain" icon="users">
            {twoPersonsText(role)}
          </Notice>
        )}
        <BigButton label="复制口令" icon="copy" tone="secondary" onPress={() => copyText(messageOf(slip))} />
      </View>
    </View>
  )
}

interface IssuedPanelProps {
  readonly issued: Issued
  readonly onClose: () => void
}

/** The codes, once: to be scanned from here, copied, or printed as slips. */
export function IssuedPanel({ issued: { slips, refused }, onClose }: IssuedPanelProps) {
  const print = printPage && (
    <View className="off-paper" data-test="print-slips">
      <BigButton
        label={slips.length > 1 ? `打印${slips.length}张邀请条` : '打印'}
        icon="printer"
        tone="secondary"
        onPress={printPage}
      />
    </View>
  )
  return (
    <View className="issued" data-test="issued">
      {slips.length > 0 && (
        <Alert className="off-paper" name="codes-once">
          <Notice tone="waiting" icon="info" title="口令只在这里显示，离开就看不到了">
            让对方扫，或者抄给他。丢了不要紧：收回这个邀请，再发一个。
          </Notice>
        </Alert>
      )}
      {refused.length > 0 && (
        <Alert className="off-paper" name="not-invited">
          <Notice tone="alert" icon="circle-alert" title="这些没有发出去">
            {refused.map(({ who, why }) => (
              <View key={who}>
                {who}：{why}
              </View>
            ))}
          </Notice>
        </Alert>
      )}
      {slips.length > 1 && print}
      <View className="invite-slips">
        {slips.map((slip) => (
          <SlipCard key={slip.invitation.id} slip={slip} />
        ))}
      </View>
      {slips.length === 1 && print}
      <View className="off-paper" data-test="close-issued">
        <BigButton label="发好了，收起来" tone="quiet" onPress={onClose} />
      </View>
    </View>
  )
}
