import { RuleError } from '../../errors.ts'
import type { Actor } from '../../permission.ts'
import { phrase } from '../../phrase.ts'
import type { Read } from '../../ports.ts'
import { mayLook, regionsFor } from '../screen/rights.ts'
import { filterOf, type Table, type TableWish } from './table.ts'

/**
 * The table that somebody wants, `size` rows to a page: its writer and approvers see all of it, others what is of their
 * regions. @throws RuleError where they may not, or nothing was sent yet
 */
export async function readTableFor(wish: TableWish, size: number, looking: Looking): Promise<Table> {
  const { read, actor } = looking
  const broadcast = await read.broadcasts.find(wish.id)
  if (!broadcast || !(await mayLook(broadcast, looking))) throw new RuleError(phrase('approval.unknown'))
  if (broadcast.startedAt === null) throw new RuleError(phrase('answer.not-yet', { id: broadcast.id }))
  const regions = regionsFor(broadcast, looking)
  const region = wish.region ?? (regions.own ? (regions.list[0] ?? '') : null)
  if (regions.own && !regions.list.includes(region ?? '')) {
    throw new RuleError(phrase('answer.not-your-region', { id: broadcast.id }))
  }
  const asked = { ...wish, region }
  const limit = asked.page * size + 1
  const [page, tally] = await Promise.all([
    read.broadcasts.recipients(wish.id, { ...filterOf(asked), limit }),
    read.broadcasts.tally(wish.id),
  ])
  const skipped = (asked.page - 1) * size
  return {
    ...{ broadcast, wish: asked, tally, rows: page.items.slice(skipped, skipped + size) },
    ...{ more: page.items.length > skipped + size, regions: regions.list, whole: !regions.own },
    language: actor.language,
  }
}

type Looking = { readonly read: Pick<Read, 'broadcasts' | 'incidents' | 'directory'>; readonly actor: Actor }
