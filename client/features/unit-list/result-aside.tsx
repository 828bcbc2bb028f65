import { View } from '@tarojs/components'
import { unitKinds } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { ListVerdict } from '../../../cloudfunctions/contexts/unit-list/rules/judge-list'
import { Card } from '../../components/card'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { Notice } from '../../components/rows'
import { usePages } from '../../services/use-pages'
import type { JobView } from '../../words/job'
import { kindIcons, kindLabels } from '../../words/unit'
import { countOf, verdictWords } from '../../words/unit-list'
import { treeOf } from './tree-of'
import './result-aside.css'

/** So many units show what it will look like; the list has them all. */
const mostInTree = 12

interface ResultAsideProps {
  readonly job: JobView
  readonly unitName: string
  /** It has been entered. */
  readonly isEntered: boolean
  /** A number opens the rows that it is of. */
  readonly onShow: (verdict: ListVerdict) => void
}

/** What a list would come to: how many of each kind, and how they lie below one another. */
export function ResultAside({ job, unitName, isEntered, onShow }: ResultAsideProps) {
  const { pages } = usePages('unitList.rows', { jobId: job.id, verdict: 'added', limit: 50 })
  const { result } = job
  const kinds = unitKinds.flatMap((kind) => {
    const count = result?.[`added:${kind}`] ?? 0
    return count > 0 ? [{ kind, count }] : []
  })
  const bad = countOf(result, 'bad')
  const formulas = result?.formulas ?? 0
  const added = countOf(result, 'added')
  const tree = treeOf(pages.rows).slice(0, mostInTree)
  return (
    <>
      <Card title="试算结果">
        <View className="result-aside__hint">
          {isEntered ? '已经写进去了。' : '还没有写进去，点了导入才写。'}
        </View>
        {kinds.length > 0 && (
          <View className="result-aside__figures">
            {kinds.map(({ kind, count }) => (
              <Pressable
                key={kind}
                className="result-aside__figure"
                name={`figure-${kind}`}
                onPress={() => onShow('added')}
              >
                <View className="result-aside__count">{count}</View>
                <View className="result-aside__kind">{kindLabels[kind]}</View>
              </Pressable>
            ))}
          </View>
        )}
      </Card>
      {bad > 0 && !isEntered && (
        <Notice tone="waiting" icon="triangle-alert" title={`${bad}行要改`}>
          没改的不会导入，其余照常。同一份名单再导入一次，也只算一次。
        </Notice>
      )}
      {formulas > 0 && (
        <Notice tone="plain" icon="info">
          {`表里有${formulas}个公式，只看算好的结果，不会去算。`}
        </Notice>
      )}
      {tree.length > 0 && (
        <Card title={isEntered ? '导入后是这样' : '导入后会是这样'}>
          <View className="result-aside__unit">
            <Icon name="landmark" size={1.1} />
            <View>{unitName}</View>
          </View>
          {tree.map(({ key, name, kind, depth }) => (
            <View key={key} className={`result-aside__unit result-aside__unit--${Math.min(depth, 3)}`}>
              <Icon name={kind ? kindIcons[kind] : verdictWords.added.icon} size={1.1} />
              <View className="result-aside__name">{name}</View>
              <View className="result-aside__new">新</View>
            </View>
          ))}
          {added > tree.length && (
            <View className="result-aside__hint">{`还有${added - tree.length}个`}</View>
          )}
        </Card>
      )}
    </>
  )
}
