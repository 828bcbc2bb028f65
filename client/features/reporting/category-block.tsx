import { View } from '@tarojs/components'
import type { CategoryId } from '../../../cloudfunctions/domain/category/category'
import { EmergencyCalls } from '../../components/emergency-calls'
import { ErrorState } from '../../components/empty-state'
import { FormRow } from '../../components/form-row'
import { Icon } from '../../components/icon'
import { OneOf } from '../../components/one-of'
import { Pressable } from '../../components/pressable'
import { Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import type { CategoryView } from './words'
import './category-block.css'

interface CategoryBlockProps {
  /** Undefined while they are on the way. */
  readonly categories: readonly CategoryView[] | undefined
  readonly failure: string | undefined
  readonly chosen: CategoryView | undefined
  readonly error: string | undefined
  readonly onChoose: (categoryId: CategoryId | null) => void
  readonly onRetry: () => void
}

/** What kind of matter it is; once chosen the others step aside. */
export function CategoryBlock(props: CategoryBlockProps) {
  const { categories, failure, chosen, error, onChoose, onRetry } = props
  return (
    <FormRow label="是什么事" error={error}>
      {!categories && !failure && <Skeleton count={1} />}
      {failure && <ErrorState message={failure} onRetry={onRetry} />}
      {chosen ? (
        <View>
          <View className="category-block__chosen">
            <View className="category-block__words">
              <View className="category-block__name">
                <Icon name="check" size={1.1} />
                <View>{chosen.name}</View>
              </View>
              <View className="category-block__hint">{chosen.hint}</View>
            </View>
            <Pressable
              className="category-block__change"
              name="category-change"
              onPress={() => onChoose(null)}
            >
              换一个
            </Pressable>
          </View>
          <EmergencyCalls title="有人身危险，先打电话，再上报" numbers={chosen.emergencyCalls} />
          {chosen.isAboutBranch && (
            <View className="category-block__note">
              <Notice tone="plain" icon="shield-check" title="这件事保密">
                直接到被反映单位的上一级，被反映的单位看不到，也不会出现在公开的页面上。
              </Notice>
            </View>
          )}
        </View>
      ) : (
        <OneOf className="category-block__grid" kind="group" label="是什么事">
          {categories?.map((category) => (
            <Pressable
              key={category.id}
              className={`category-block__chip ${category.id === 'danger' ? 'category-block__chip--danger' : ''}`}
              name={`category-${category.id}`}
              onPress={() => onChoose(category.id)}
            >
              <View className="category-block__name">{category.name}</View>
              <View className="category-block__hint">{category.hint}</View>
            </Pressable>
          ))}
        </OneOf>
      )}
    </FormRow>
  )
}
