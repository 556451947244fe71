import type { InLanguages } from '../taxonomy.ts'

/** What people are trained in, as a step may ask for it. */
export const skillCodes = [
  'presence',
  'accompaniment',
  'de-escalation',
  'interposition',
  'joint-monitoring',
  'safety-lead',
  'threat-handling',
  'verification',
  'nonviolent-action',
  'dialogue',
  'interview',
  'language',
  'first-aid',
] as const
/** The code of a skill. */
export type Skill = (typeof skillCodes)[number]

/** What each skill is called. */
export const skillNames: Readonly<Record<Skill, InLanguages>> = {
  presence: { en: 'Protective presence', es: 'Presencia protectora' },
  accompaniment: { en: 'Accompaniment', es: 'Acompañamiento' },
  'de-escalation': { en: 'De-escalation', es: 'Desescalada' },
  interposition: { en: 'Interposition (with yearly refresh)', es: 'Interposición (con repaso anual)' },
  'joint-monitoring': { en: 'Joint monitoring', es: 'Observación conjunta' },
  'safety-lead': { en: 'Leading a safety team', es: 'Dirección de un equipo de seguridad' },
  'threat-handling': { en: 'Handling serious threats', es: 'Manejo de amenazas graves' },
  verification: { en: 'Rumors and verification', es: 'Rumores y verificación' },
  'nonviolent-action': { en: 'Strategic nonviolent action', es: 'Acción noviolenta estratégica' },
  dialogue: { en: 'Leading difficult talks', es: 'Conducción de diálogos difíciles' },
  interview: { en: 'Talking with people after harm', es: 'Entrevista a personas afectadas' },
  language: { en: 'The language that is spoken there', es: 'El idioma que se habla allí' },
  'first-aid': { en: 'First aid', es: 'Primeros auxilios' },
}
