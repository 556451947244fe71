import { type Phrase, phrase } from '../phrase.ts'
import type { Rumour } from '../rumour.ts'
import type { Line } from '../view.ts'
import { isOutside, item, marked, type SitrepContext, section } from './context.ts'

const mostRumours = 3

/**
 * The rumors that spread most: described by a coordinator, never quoted; how far, how they stand, what was answered.
 * The public is told only of those that were answered with words to many: anything else would spread them.
 */
export function rumourLines(context: SitrepContext): readonly Line[] {
  const told = context.material.rumours.filter(one => mayTell(one, context))
  return section(phrase('sitrep.rumours'), [
    ...told.slice(0, mostRumours).map(one => rumourLine(one, context)),
    told.length > mostRumours ? item('sitrep.rumours-more', { count: told.length - mostRumours }) : null,
  ])
}

function mayTell({ state, about, incidents }: Rumour, { edition }: SitrepContext): boolean {
  if (edition === 'public') return state === 'answered' && about !== null && incidents.length >= 3
  return edition !== 'partner' || about !== null
}

function rumourLine(rumour: Rumour, context: SitrepContext): Line {
  const { id, about, state, incidents, counties, firstAt } = rumour
  const count = incidents.length
  const line = item(isOutside(context) ? 'sitrep.rumour-outside' : 'sitrep.rumour', {
    id,
    about: about === null ? phrase('sitrep.rumour-undescribed') : { words: about },
    state: phrase(`sitrep.rumour-${state}`),
    reports: isOutside(context) && count < 3 ? '<3' : phrase('sitrep.reports', { count }),
    counties: phrase('sitrep.counties', { count: counties.length }),
    trend: trendOf(rumour.reach),
  })
  return marked(line, firstAt > (context.material.former?.told.to ?? 0), context)
}

function trendOf(reach: readonly number[]): Phrase {
  const sum = (days: readonly number[]) => days.reduce((all, count) => all + count, 0)
  const [late, before] = [sum(reach.slice(-3)), sum(reach.slice(-6, -3))]
  if (late === 0) return phrase('sitrep.reach-quiet')
  if (late === before) return phrase('sitrep.reach-steady')
  return phrase(late > before ? 'sitrep.reach-rising' : 'sitrep.reach-falling')
}
