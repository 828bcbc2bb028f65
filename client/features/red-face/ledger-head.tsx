import { View } from '@tarojs/components'
import { fingerprintText } from '../../../cloudfunctions/contexts/red-face/rules/fingerprint'
import { Card } from '../../components/card'
import { Pressable } from '../../components/pressable'
import { dateText } from '../../components/time-text'
import { copyText } from '../../services/clipboard'
import { serverNow } from '../../services/server-time'
import { headCopyText, type LedgerView, ledgerDateText } from './words'
import './ledger-head.css'

interface LedgerHeadProps {
  readonly name: string
  readonly head: LedgerView['anchors'][number]
}

/** F6: the head published last, to be copied and kept by anybody, so that it leaves the database. */
export function LedgerHead({ name, head }: LedgerHeadProps) {
  const now = serverNow()
  const day = ledgerDateText(head.on, now)
  const copy = () => copyText(headCopyText(name, head))
  return (
    <Card
      title={day === dateText(now, now) ? '今日链首' : '最近公布的链首'}
      aside={`${day} · 第${head.seq}笔`}
    >
      <View className="ledger-head__print" data-test="ledger-head">
        <View className="ledger-head__hash">{fingerprintText(head.hash)}</View>
        <Pressable className="ledger-head__copy" label="复制链首" name="copy-head" onPress={copy}>
          复制
        </Pressable>
      </View>
      <View className="ledger-head__words">
        每天公布一次。抄下来或发给别人保存：以后这一笔和它以前的任何一笔被改动，这串字就再也对不上。
      </View>
      <View className="ledger-head__words">
        核对的办法：在下面找到第{head.seq}笔，比“这一笔”的指纹；或用本项目公开的核对程序，把整条链从头算一遍。
      </View>
    </Card>
  )
}
