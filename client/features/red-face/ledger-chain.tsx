import { View } from '@tarojs/components'
import { Icon, type IconName } from '../../components/icon'
import { dateText, instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import type { LedgerRowView } from './words'
import './ledger-chain.css'

const kinds: Readonly<Record<LedgerRowView['kind'], { readonly label: string; readonly icon: IconName }>> = {
  opened: { label: '登记，告知支部', icon: 'pencil' },
  published: { label: '公开上榜', icon: 'flag' },
  frozen: { label: '支部申诉，暂停', icon: 'circle-pause' },
  unfrozen: { label: '申诉结束，恢复', icon: 'scale' },
  cleared: { label: '销号', icon: 'badge-check' },
}

/** Enough of a fingerprint to compare two by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 8)

interface LedgerChainProps {
  /** Latest first. */
  readonly rows: readonly LedgerRowView[]
  /** Each row is a way into its matter. */
  readonly isLinked?: boolean
}

/** Lines of the ledger, each bound to the one before it by its fingerprint. */
export function LedgerChain({ rows, isLinked = false }: LedgerChainProps) {
  const now = serverNow()
  return (
    <View className="ledger-chain">
      {rows.map((row, index) => {
        const older = rows[index + 1]
        const { label, icon } = kinds[row.kind]
        const isHidden = row.reportId === ''
        const isBoundToNext = older !== undefined && older.seq === row.seq - 1
        const opens = isLinked && !isHidden
        return (
          <View
            key={row.id}
            className={`ledger-chain__row ledger-chain__row--${row.kind} ${isHidden ? 'ledger-chain__row--hidden' : ''}`}
            role={opens ? 'button' : undefined}
            data-test="ledger-row"
            onClick={opens ? () => openPage('detail', { reportId: row.reportId }) : undefined}
          >
            <View className="ledger-chain__sign">
              <Icon name={isHidden ? 'hourglass' : icon} size={1.1} />
            </View>
            <View className="ledger-chain__words">
              <View className="ledger-chain__head">
                <View className="ledger-chain__kind">{label}</View>
                <View className="ledger-chain__no">第{row.seq}笔</View>
              </View>
              <View className="ledger-chain__when">
                {isHidden ? dateText(row.at, now) : instantText(row.at, now)}
              </View>
              <View className="ledger-chain__unit">{row.unitName}</View>
              {row.text && <View className="ledger-chain__text">{row.text}</View>}
              <View className="ledger-chain__prints">
                <View className="ledger-chain__print">
                  <View className="ledger-chain__print-name">这一笔</View>
                  <View className="ledger-chain__hash">{shortHash(row.hash)}</View>
                </View>
                <View className="ledger-chain__print">
                  <View className="ledger-chain__print-name">上一笔</View>
                  <View className="ledger-chain__hash">{shortHash(row.previousHash) || '这是头一笔'}</View>
                  {isBoundToNext && older.hash === row.previousHash && (
                    <View className="ledger-chain__bound">
                      <Icon name="link" size={1} />
                      <View>接得上</View>
                    </View>
                  )}
                  {isBoundToNext && older.hash !== row.previousHash && (
                    <View className="ledger-chain__broken">
                      <Icon name="triangle-alert" size={1} />
                      <View>接不上</View>
                    </View>
                  )}
                </View>
              </View>
            </View>
          </View>
        )
      })}
    </View>
  )
}
