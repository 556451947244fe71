import { countyName } from '../county.ts'
import type { Language } from '../directory.ts'
import type { CountyMark, Drawing } from '../drawing.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { say } from '../text/say.ts'

const longest = 300
const mostCounties = 4
const mostRegions = 5
const silentMs = 48 * 3_600_000

/**
 * What a drawing shows in words, at most 300 characters: the counties first, then the days, then the regions; a
 * sentence that does not fit any more is left out. `named` are counties by code, as `countyOf` writes them.
 */
export function altText(drawing: Drawing, named: ReadonlyMap<string, string>, language: Language): string {
  const reader = { language, zone: 'UTC', now: 0, person: () => null }
  const title = drawing.title[language] ?? drawing.title.en ?? ''
  const sentences = [
    ...(drawing.exercise ? [phrase('picture.exercise')] : []),
    ...mapSentences(drawing, named),
    ...trendSentences(drawing),
    ...claimSentences(drawing),
    ...silentSentences(drawing),
  ].map(each => say(each, reader))
  return sentences.reduce(
    (said, each) => (said.length + 1 + each.length <= longest ? `${said} ${each}` : said),
    `${[...title].slice(0, 120).join('')}.`,
  )
}

function mapSentences({ map }: Drawing, named: ReadonlyMap<string, string>): Phrase[] {
  if (!map) return []
  const marks = map.counties.filter(mark => mark.count > 0 || mark.few)
  if (marks.length === 0) return [phrase('picture.alt-calm')]
  const parts = marks
    .toSorted((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1))
    .slice(0, mostCounties)
    .map(mark => countySaid(mark, named.get(mark.code) ?? mark.code))
  const more = marks.length - parts.length
  return [more > 0 ? phrase('picture.alt-map-more', { parts, count: more }) : phrase('picture.alt-map', { parts })]
}

function countySaid({ count, few, worst }: CountyMark, name: string): Param {
  const [, own = name] = /^(.*), [A-Z]{2}$/.exec(name) ?? []
  const params = { county: countyName(own), count: few ? '<3' : count }
  return worst === null ? phrase('picture.alt-county', params) : phrase('picture.alt-worst', { ...params, worst })
}

function trendSentences({ trend }: Drawing): Phrase[] {
  const last = trend?.days.at(-1)
  if (!last) return []
  const count = last.few ? '<3' : last.counts.reduce((sum, each) => sum + each, 0)
  if (last.mean === null) return [phrase('picture.alt-day', { reports: count })]
  return [phrase('picture.alt-trend', { reports: count, mean: last.mean })]
}

function claimSentences({ claims }: Drawing): Phrase[] {
  const known = (claims?.regions ?? []).filter(region => region.median !== null)
  const parts = known
    .toSorted((one, other) => (other.median ?? 0) - (one.median ?? 0))
    .slice(0, mostRegions)
    .map(({ name, median, over }) => {
      const time = { minutes: median ?? 0 }
      return phrase(over ? 'picture.alt-claim-over' : 'picture.alt-claim', { name, time })
    })
  return parts.length > 0 ? [phrase('picture.alt-claims', { parts })] : []
}

function silentSentences({ coverage }: Drawing): Phrase[] {
  const silent = (coverage?.regions ?? []).filter(region => region.age === null || region.age >= silentMs)
  return silent.length > 0
    ? [phrase('picture.alt-silent', { regions: silent.slice(0, mostRegions).map(each => each.name) })]
    : []
}
