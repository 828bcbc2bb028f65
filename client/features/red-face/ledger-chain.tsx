import { View } from '@tarojs/components'
import { fingerprintText } from '../../../cloudfunctions/contexts/red-face/rules/fingerprint'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { ledgerWords } from '../../words/ledger'
import { type LedgerRowView, ledgerDateText } from './words'
import './ledger-chain.css'

/** Enough of a fingerprint to compare two by eye. */
const shortHash = (hash: string): string => fingerprintText(hash, 2)

interface LedgerChainProps {
  /** Latest first. */
  readonly rows: readonly LedgerRowView[]
  /** Each row is a way into its matter. */
  readonly isLinked?: boolean
}

/** Rows of the ledger, each bound to the one before it by its fingerprint. */
export function LedgerChain({ rows, isLinked = false }: LedgerChainProps) {
  const now = serverNow()
  return (
    <View className="ledger-chain">
      {rows.map((row, index) => {
        const older = rows[index + 1]
        const { facts } = row
        const { label, icon } = ledgerWords[facts?.kind ?? 'withheld']
        const isBoundToNext = older !== undefined && older.seq === row.seq - 1
        const opens = isLinked && facts !== null && facts.seal === undefined
        return (
          <Pressable
            key={row.id}
            className={`ledger-chain__row ledger-chain__row--${facts?.kind ?? 'hidden'}`}
            name="ledger-row"
            onPress={opens ? () => openPage('detail', { reportId: facts.reportId }) : undefined}
          >
            <View className="ledger-chain__sign">
              <Icon name={icon} size={1.1} />
            </View>
            <View className="ledger-chain__words">
              <View className="ledger-chain__head">
                <View className="ledger-chain__kind">{label}</View>
                <View className="ledger-chain__no">第{row.seq}笔</View>
              </View>
              <View className="ledger-chain__when">
                {facts ? instantText(facts.at, now) : ledgerDateText(row.on, now)}
              </View>
              {facts ? (
                <>
                  <View className="ledger-chain__unit">{facts.unitName}</View>
                  {facts.text && <View className="ledger-chain__text">{facts.text}</View>}
                </>
              ) : (
                <View className="ledger-chain__unit">还没公开，或在公开前已了结。公开以后才看得到内容。</View>
              )}
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
          </Pressable>
        )
      })}
    </View>
  )
}
