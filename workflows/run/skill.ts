import type { Context } from '../decision.ts'
import type { Person } from '../directory.ts'
import type { Param } from '../phrase.ts'
import { type Skill, skillCodes, skillNames } from '../protocol/skills.ts'

/** True if the person was trained in that and it has not run out by then (epoch ms). */
export function hasSkill({ skills = [] }: Pick<Person, 'skills'>, skill: string, now: number): boolean {
  return skills.some(one => one.code === skill && (one.until === null || one.until > now))
}

/** Everyone of the roster who was trained in that. */
export function skilled(skill: string, { directory, now }: Pick<Context, 'directory' | 'now'>): readonly Person[] {
  return [...directory.people.values()].filter(person => person.vetted && hasSkill(person, skill, now))
}

/** What a skill is called, or its code if nothing is known of it. */
export function skillText(skill: string): Param {
  return isSkill(skill) ? skillNames[skill] : skill
}

function isSkill(code: string): code is Skill {
  return (skillCodes as readonly string[]).includes(code)
}
