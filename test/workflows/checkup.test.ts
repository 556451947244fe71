import { describe, expect, it } from 'vitest'
import { blankChart, type Chart, checkUp, type News, newsView } from '../../workflows/checkup.ts'
import { type Finding, judge } from '../../workflows/finding.ts'
import { phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import { hour, hub, minute, noon } from './wellbeing.ts'

const ill = (code: string, more: Partial<Finding> = {}): Finding => ({
  code,
  grave: false,
  text: phrase('health.summaries', { count: 1, time: { time: noon } }),
  matter: phrase('health.matter-disk'),
  afterMs: 0,
  ...more,
})

/** Looks once a minute, and gives in which minutes something was told, and what. */
function watch(found: (at: number) => readonly Finding[], minutes: number, every = 1) {
  let chart: Chart = blankChart
  const told: (readonly [number, News])[] = []
  for (let at = 0; at <= minutes; at += every) {
    // As a restart leaves it.
    const result = checkUp(JSON.parse(JSON.stringify(chart)), found(at), noon + at * minute)
    chart = result.chart
    if (result.news) told.push([at, result.news])
  }
  return { told, chart }
}
const brief = (told: readonly (readonly [number, News])[]) =>
  told.map(([at, { wrong, still, well }]) => `${at}: ${wrong.length} ${still.length} ${well.length}`)

describe('what is wrong', () => {
  it('is told once, and nothing more while it stays so', () => {
    expect(brief(watch(() => [ill('disk')], 20 * 60).told)).toEqual(['0: 1 0 0'])
  })

  it('is brought to mind once a day, all that stands in one message', () => {
    const found = (at: number) => [ill('disk'), ...(at >= 5 * 60 ? [ill('backup')] : [])]
    expect(brief(watch(found, 50 * 60).told)).toEqual(['0: 1 0 0', '300: 1 0 0', '1440: 0 2 0', '2880: 0 2 0'])
  })

  it('is told when it is well again, once', () => {
    const found = (at: number) => (at < 60 ? [ill('disk')] : [])
    const { told, chart } = watch(found, 300)
    expect(brief(told)).toEqual(['0: 1 0 0', '65: 0 0 1'])
    expect(chart.ills).toEqual({})
  })

  it('is told later where a moment of it means nothing, and not at all if it passes', () => {
    const late = ill('late', { afterMs: 2 * minute })
    expect(brief(watch(() => [late], 30).told)).toEqual(['2: 1 0 0'])
    const { told, chart } = watch(at => (at < 2 ? [late] : []), 30)
    expect([told, chart.ills]).toEqual([[], {}])
  })

  it('that comes and goes is told once, as long as it does', () => {
    const flickering = (at: number) => (at % 3 === 0 ? [ill('late:S5', { grave: true })] : [])
    expect(brief(watch(flickering, 120).told)).toEqual(['0: 1 0 0'])
  })

  it('is gathered: what follows within ten minutes comes in one message', () => {
    const found = (at: number) => ['a', 'b', 'c'].filter((_, index) => at >= index * 3).map(code => ill(code))
    expect(brief(watch(found, 60).told)).toEqual(['0: 1 0 0', '10: 2 0 0'])
  })

  it('is told at once if it is grave, whatever was told before', () => {
    const found = (at: number) => [ill('a'), ...(at >= 3 ? [ill('b', { grave: true })] : [])]
    expect(brief(watch(found, 60).told)).toEqual(['0: 1 0 0', '3: 1 0 0'])
  })

  it('is told again when it becomes grave, and not each time that it does', () => {
    const found = (at: number) => [ill('disk', { grave: at >= 30 && at % 2 === 0 })]
    expect(brief(watch(found, 120).told)).toEqual(['0: 1 0 0', '30: 1 0 0'])
  })

  it('that others tell is not told here, nor that it is well again; it is only brought to mind', () => {
    const down = ill('tool:slack', { grave: true, afterMs: 6 * minute, elsewhere: true })
    expect(brief(watch(at => (at < 60 ? [down] : []), 120).told)).toEqual([])
    expect(brief(watch(() => [down], 25 * 60).told)).toEqual(['1446: 0 1 0'])
  })

  it('survives a clock that was set back', () => {
    const { chart } = checkUp(blankChart, [ill('a')], noon)
    expect(checkUp(chart, [ill('a'), ill('b')], noon - 24 * hour).news?.wrong).toHaveLength(1)
  })
})

describe('the message', () => {
  const reader = { zone: 'UTC', now: noon, person: () => null }
  const text = (news: News, language: 'en' | 'es') => {
    const { title, lines } = newsView(news)
    return [title, ...lines.flatMap(line => ('text' in line ? [line.text] : []))].map(
      one => one && say(one, { ...reader, language }),
    )
  }

  it('says what is wrong, what still is, what is well again, and where to look', () => {
    const [found] = judge(hub({ disks: [{ folder: 'files', freeBytes: 300 * 1024 ** 2 }] }))
    if (!found) throw new Error('nothing was found')
    const news = { wrong: [found.text], still: [found.text], well: [phrase('health.matter-backup')] }
    expect(text(news, 'en')).toEqual([
      'Something is wrong with the hub',
      'The disk has 300 MB left. Free space today.',
      'Still so:',
      'The disk has 300 MB left. Free space today.',
      'Well again: backups.',
      'How it stands now: /hub status',
    ])
    expect(text(news, 'es')[1]).toBe('Al disco le quedan 300 MB. Libere espacio hoy.')
    expect(text({ wrong: [], still: [], well: news.well }, 'es')).toEqual([
      'El hub vuelve a estar bien',
      'Vuelve a estar bien: las copias de seguridad.',
      'Cómo está ahora: /hub estado',
    ])
  })
})
